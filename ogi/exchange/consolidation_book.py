"""The consolidated tables as a workbook: the official layout, coverage of each cell, comparison, every organ's figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ogi.consolidation import Comparison, Consolidated, coverage_sentence, suspect_sentence
from ogi.consolidation.against import BROKEN
from ogi.consolidation.parts import Part
from ogi.exchange.book import Book, put
from ogi.exchange.official_sheet import FILLS, Mark, Shown, draw_form
from ogi.form import load_form
from ogi.labels import Labels, Lang

_GAPS = (
    "blank", "dash", "not_applicable", "text", "unreadable", "missing_page", "not_asked", "missing_report", "other_scope",
    "not_comparable", "not_whole", "no_unit",
)  # fmt: skip


def consolidation_book(consolidated: Consolidated, comparison: Comparison | None = None, lang: Lang = "zh") -> bytes:
    """Return the workbook. A sum with gaps is coloured and its note says who is missing; it is nowhere called a total.

    The form itself is Chinese; ``lang`` is the language of everything said about it.
    """
    labels = Labels(lang)
    book = Book(labels)
    _add_form(book, consolidated, comparison, labels)
    _add_coverage(book, consolidated, labels)
    if comparison is not None:
        _add_comparison(book, consolidated, comparison, labels)
    _add_organs(book, consolidated, labels)
    return book.finished()


def _add_form(book: Book, consolidated: Consolidated, comparison: Comparison | None, labels: Labels) -> None:
    form = load_form()
    editions = {edition: form.editions[edition] for edition in consolidated.editions.values()}
    sections = list({section.key: section for edition in editions.values() for section in edition.sections}.values())
    broken = {cell.key for cell in comparison.broken} if comparison else set()

    def shown(key: str) -> Shown:
        found = consolidated.cells[key]
        note = "" if found.is_complete and not found.cautious else coverage_sentence(found, consolidated, labels)
        mark: Mark = "nothing" if found.value is None else "" if found.is_complete else "gap"
        if comparison is not None and key in broken:
            note = labels("exchange.book.differs", own=comparison.cells[key].own, sum=found.value) + note
            mark = "differs"
        return Shown(found.value, mark, note)

    draw_form(
        book.new_sheet(labels("exchange.book.sheet_sum")),
        labels("exchange.book.sum_title", head=consolidated.head, year=consolidated.report_year),
        sections,
        consolidated.tables,
        shown,
        remarks=tuple(_remarks(consolidated, comparison, labels)),
    )


def _remarks(consolidated: Consolidated, comparison: Comparison | None, labels: Labels) -> Iterable[str]:
    count = len(consolidated.members)
    yield labels("exchange.book.handed_in", given=consolidated.handed_in, expected=count)
    if consolidated.missing:
        yield labels("exchange.book.not_handed_in", names="、".join(member.name for member in consolidated.missing))
    if consolidated.left_out:
        yield labels("exchange.book.left_out", names="、".join(map(consolidated.name, consolidated.left_out)))
    gaps = sum(not cell.is_complete for cell in consolidated.cells.values())
    if gaps:
        yield labels("exchange.book.gaps", count=gaps)
    yield labels(f"exchange.book.values_{consolidated.values}")
    for suspect in comparison.suspects[:10] if comparison else ():
        yield suspect_sentence(suspect, consolidated, labels)


def _add_coverage(book: Book, consolidated: Consolidated, labels: Labels) -> None:
    sheet = book.new_sheet(labels("exchange.book.sheet_coverage"))
    fields = ("cell", "key", "sum", "given", "expected", "is_complete")
    _head(sheet, [*(labels(f"exchange.book.{name}") for name in fields), *(labels(f"exchange.gap.{gap}") for gap in _GAPS), ""])
    for key, found in consolidated.cells.items():
        numbers = [len(found.gaps.get(gap, ())) or None for gap in _GAPS]  # type: ignore[arg-type]
        is_complete = labels("exchange.book.yes" if found.is_complete else "exchange.book.no")
        row: list[Any] = [consolidated.layout[key].label(labels.lang), key, found.value, found.given, found.expected, is_complete]
        said = "" if found.is_complete else coverage_sentence(found, consolidated, labels)
        _row(sheet, [*row, *numbers, said], "" if found.is_complete else "gap", 3)


def _add_comparison(book: Book, consolidated: Consolidated, comparison: Comparison, labels: Labels) -> None:
    sheet = book.new_sheet(labels("exchange.book.sheet_comparison"))
    _head(sheet, [labels(f"exchange.book.{n}") for n in ("cell", "key", "sum", "own", "difference", "outcome", "suspects")])
    for key, cell in comparison.cells.items():
        who = " ".join(suspect_sentence(suspect, consolidated, labels) for suspect in comparison.suspects_of(key)[:5])
        row = [consolidated.layout[key].label(labels.lang), key, cell.summed.value, cell.own, cell.difference]
        mark: Mark = "differs" if cell.status in BROKEN else "" if cell.status == "equal" else "gap"
        _row(sheet, [*row, labels(f"exchange.comparison.{cell.status}"), who], mark, 6)


def _add_organs(book: Book, consolidated: Consolidated, labels: Labels) -> None:
    sheet = book.new_sheet(labels("exchange.book.sheet_organs"))
    _head(sheet, [labels("exchange.book.cell"), labels("exchange.book.key"), *(member.name for member in consolidated.members)])
    for key, parts in consolidated.parts.items():
        if key in consolidated.layout:
            _row(sheet, [consolidated.layout[key].label(labels.lang), key, *(_said(part, labels) for part in parts)])
    sheet.freeze_panes = "C2"


def _said(part: Part, labels: Labels) -> Any:
    return part.value if part.gap is None else labels(f"exchange.gap.{part.gap}")


def _head(sheet: Worksheet, names: list[str]) -> None:
    sheet.append([put(sheet, name) for name in names])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 36


def _row(sheet: Worksheet, values: list[Any], mark: Mark = "", marked: int = 0) -> None:
    sheet.append([put(sheet, value) for value in values])
    if mark:
        sheet.cell(sheet.max_row, marked).fill = FILLS[mark]
