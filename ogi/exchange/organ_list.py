"""Lists of organs that must report: read from a table with what is wrong row by row, and what is still missing as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from ogi.exchange.table_file import Columns, Row
from ogi.labels import Labels
from ogi.organs import describe_organ, id_of
from ogi.report import OrganName

COLUMNS: Columns = {
    "name": ("机关", "机关名称", "单位", "单位名称", "行政机关", "名称", "organ", "agency"),
    "first_year": ("首个年度", "起始年度", "首年", "first year", "from"),
    "last_year": ("最后年度", "截止年度", "末年", "last year", "until"),
    "contact": ("联系人", "联系方式", "联系电话", "电话", "contact"),
}
NEEDED = ("name",)
_LONGEST_NAME = 255
_YEARS = range(1990, 2100)


class ExpectedOrgan(msgspec.Struct, frozen=True, kw_only=True):
    """One organ of a list."""

    organ_id: str
    name: str
    first_year: int | None = None
    """The first report year it must report on; ``None``: from the beginning."""
    last_year: int | None = None
    """The last one; ``None``: without end."""
    contact: str = ""

    def is_due(self, year: int) -> bool:
        """Whether it must report on a year."""
        return (self.first_year or 0) <= year <= (self.last_year or 9999)


class RowProblem(NamedTuple):
    """A row that cannot be used: the message ``exchange.list.problem.<code>``."""

    line: int
    code: str
    params: dict[str, str]


class OrganList(NamedTuple):
    """A list as it was read. As long as there are problems nothing should be stored."""

    organs: tuple[ExpectedOrgan, ...]
    problems: tuple[RowProblem, ...]
    described: dict[str, OrganName]
    """By id, what the names tell."""


class _Wrong(Exception):  # noqa: N818  it is not raised out of this module
    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def organ_list(rows: Sequence[Row]) -> OrganList:
    """Return the organs of a table (:func:`ogi.exchange.table_file.read_rows` with :data:`COLUMNS`)."""
    organs: dict[str, ExpectedOrgan] = {}
    lines: dict[str, int] = {}
    described: dict[str, OrganName] = {}
    problems: list[RowProblem] = []
    for row in rows:
        try:
            organ, name = _organ(row)
            if organ.organ_id in organs:
                raise _Wrong("twice", line=str(lines[organ.organ_id]), name=organs[organ.organ_id].name)
        except _Wrong as wrong:
            problems.append(RowProblem(row.line, wrong.code, wrong.params))
            continue
        organs[organ.organ_id], lines[organ.organ_id], described[organ.organ_id] = organ, row.line, name
    return OrganList(tuple(organs.values()), tuple(problems), described)


def _organ(row: Row) -> tuple[ExpectedOrgan, OrganName]:
    text = row.fields.get("name", "")
    if not text:
        raise _Wrong("no_name")
    if len(text) > _LONGEST_NAME:
        raise _Wrong("name_too_long", most=str(_LONGEST_NAME))
    name = describe_organ(text)
    organ_id = id_of(name)
    if name.candidates:
        raise _Wrong("ambiguous", name=text, candidates="、".join(name.candidates[:5]))
    if organ_id is None:
        raise _Wrong("no_name")
    first, last = (_year(row.fields.get(field, "")) for field in ("first_year", "last_year"))
    if first is not None and last is not None and first > last:
        raise _Wrong("years_turned", first=str(first), last=str(last))
    organ = ExpectedOrgan(
        organ_id=organ_id, name=name.name or text, first_year=first, last_year=last, contact=row.fields.get("contact", "")
    )
    return organ, name


def _year(text: str) -> int | None:
    plain = re.sub(r"年度?$", "", text.strip())
    if not plain:
        return None
    if not re.fullmatch(r"\d{4}", plain, re.ASCII) or int(plain) not in _YEARS:
        raise _Wrong("year", text=text)
    return int(plain)


def problem_sentence(problem: RowProblem, labels: Labels) -> str:
    """Return what is wrong with a row, with its line."""
    said = labels(f"exchange.list.problem.{problem.code}", **problem.params)
    return labels("exchange.corrections.line", line=problem.line, said=said)


def plain_book(
    labels: Labels, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()
) -> bytes:
    """Return a workbook with one table."""
    from openpyxl.styles import Font  # noqa: PLC0415 - slow to import, and reading lists does without
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from ogi.exchange.book import Book, put  # noqa: PLC0415

    book = Book(labels)
    sheet = book.new_sheet(title)
    sheet.append([put(sheet, head) for head in heads])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([put(sheet, value) for value in row])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    return book.finished()
