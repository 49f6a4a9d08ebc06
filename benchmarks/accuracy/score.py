"""A reading against the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal

from benchmarks.accuracy.truth import Case
from ogi.form import load_form
from ogi.report import Report

Verdict = Literal["exact", "wrong_unmarked", "wrong_marked", "missed", "called_blank", "invented", "blank", "unclaimed"]
VERDICTS: tuple[Verdict, ...] = (
    "exact", "wrong_unmarked", "wrong_marked", "missed", "called_blank", "invented", "blank", "unclaimed",
)  # fmt: skip
"""``exact``: the printed number. ``wrong_unmarked``: another number (or unit), and nothing asks a person to look.
``wrong_marked``: another number, marked. ``missed``: a number is printed and none is handed on. ``called_blank``: missed, and the
cell is said to be empty without a mark. ``invented``: a number where none is printed. ``blank``: none printed, none read.
``unclaimed``: a number of which the truth says nothing."""
GRAVE: tuple[Verdict, ...] = ("wrong_unmarked", "called_blank", "invented")
"""What must not happen even once."""
IDENTITY = ("organ", "report_year", "scope", "level", "kind", "region")
_EMPTY = frozenset({"blank", "dash", "not_applicable"})


@dataclass(frozen=True, kw_only=True)
class CellScore:
    """What became of one cell."""

    key: str
    section: str
    verdict: Verdict
    expected: str = ""
    found: str = ""
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldScore:
    """What became of one field of the identity; ``missed`` where nothing was read."""

    field: str
    verdict: Literal["right", "wrong", "missed"]
    expected: str
    found: str


def score_cells(case: Case, report: Report | None) -> list[CellScore]:
    """Compare all cells; ``None`` stands for a document that was refused."""
    readings = report.cells if report else {}
    keys = dict.fromkeys([*case.cells, *readings])
    return [*(score for key in keys if (score := _score(case, report, key))), *_local(case, report)]


def _score(case: Case, report: Report | None, key: str) -> CellScore | None:
    """The score of one cell; ``None`` where nothing is claimed and nothing was read."""
    reading = report.cells.get(key) if report else None
    section, is_known = section_of(key), key in case.cells
    expected, found = case.cells.get(key), reading.value if reading else None
    is_marked = bool(reading and reading.is_marked)
    if not (is_known or (section in case.silent and not {key, section} & case.unclaimed)):
        verdict: Verdict | None = "unclaimed" if found is not None else None
    elif expected is None:
        verdict = "invented" if found is not None else "blank" if is_known else None
    elif found is None:
        verdict = "called_blank" if reading and reading.state in _EMPTY and not is_marked else "missed"
    elif found == expected and (case.units is None or reading is None or (reading.unit or "") == case.units.get(key, "")):
        verdict = "exact"
    else:
        verdict = "wrong_marked" if is_marked else "wrong_unmarked"
    if verdict is None:
        return None
    wanted = "" if expected is None else f"{expected}{(case.units or {}).get(key, '')}"
    got = f"{found}{reading.unit or ''}" if reading and found is not None else reading.state if reading else "nothing"
    return CellScore(key=key, section=section, verdict=verdict, expected=wanted, found=got, is_marked=is_marked)


def _local(case: Case, report: Report | None) -> Iterator[CellScore]:
    """Rows outside the form are right where a local row shows the same figures in the same order."""
    rows = [_numbers(row.values) for row in report.local_rows] if report else []
    for name, values in case.local.items():
        is_there = any(row[: len(values)] == list(values) for row in rows)
        for number, value in enumerate(values, 1):
            yield CellScore(
                key=f"{name}.{number}", section="other", verdict="exact" if is_there else "missed", expected=str(value),
                found=str(value) if is_there else "nothing",
            )  # fmt: skip


def _numbers(texts: tuple[str, ...]) -> list[Decimal | None]:
    found: list[Decimal | None] = []
    for text in texts:
        try:
            found.append(Decimal(text))
        except InvalidOperation:
            found.append(None)
    return found


def score_identity(case: Case, report: Report | None) -> list[FieldScore]:
    """Compare what the truth knows of organ, year, scope, level, kind and region."""
    return [_field(name, case.identity[name], report) for name in IDENTITY if name in case.identity]


def _field(name: str, expected: Any, report: Report | None) -> FieldScore:
    found = None
    if report is not None:
        of_report = {"report_year": report.report_year, "scope": report.scope, "organ": report.organ.name}
        found = of_report[name] if name in of_report else getattr(report.organ, name)
    verdict = "right" if found == expected else "missed" if found in (None, "unknown") else "wrong"
    return FieldScore(field=name, verdict=verdict, expected=str(expected), found=str(found))


@cache
def _sections() -> dict[str, str]:
    return {cell.key: table.section for edition in load_form().editions.values() for table in edition for cell in table.cells}


def section_of(key: str) -> str:
    """Return the section of the form a cell stands in: ``s2``, ``s3``, ``s4`` or ``other``."""
    section = _sections().get(key, "other")
    return section if section in ("s2", "s3", "s4") else "other"
