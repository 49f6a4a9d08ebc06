"""An item of a fix list as a line of a table: table, row and column apart, what is printed there, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ogi.checks.finding import Finding
from ogi.checks.fix_list import FixItem, FixList
from ogi.checks.fix_words import fix_words
from ogi.checks.repair import Repair
from ogi.checks.repair_words import changes_in_words
from ogi.checks.todo import Todo, todo_of
from ogi.checks.wording import key_name, line_name
from ogi.form import Cell, Form, Severity
from ogi.labels import Labels
from ogi.report import Report

_FEW = 3
"""So many cells, rows or columns are named; more are counted."""
_MOST_REPAIRS = 3


class FixLine(NamedTuple):
    """One line; every text is in the language asked for."""

    number: int
    severity: Severity
    todo: Todo
    table: str
    """The tables; of a passage of the prose its section; else that it is the document as a whole."""
    row: str
    column: str
    printed: str
    """What stands in the cells, as printed."""
    wrong: tuple[str, ...]
    do: tuple[str, ...]
    where: str
    """Pages, and the other reports it was compared with."""
    item: FixItem
    quotes: tuple[str, ...] = ()
    """The sentence of the prose it is about, as it is to be shown under what is wrong."""


def fix_lines(found: FixList, report: Report, labels: Labels, form: Form) -> tuple[FixLine, ...]:
    """Return the lines of a list, numbered in its order."""
    return tuple(_line(number, item, report, labels, form) for number, item in enumerate(found.items, 1))


def _line(number: int, item: FixItem, report: Report, labels: Labels, form: Form) -> FixLine:
    words = fix_words(item, report, labels, form)
    todo = todo_of(item.findings[0], form)
    keys = _keys(item, report, todo)
    cells = [cell for key in keys if (cell := form.cell(key, _edition(report, key, form))) is not None]
    return FixLine(
        number=number,
        severity=item.severity,
        todo=todo,
        table=_listed((cell.table.label(labels.lang) for cell in cells), labels)
        or _section(item.findings[0], labels, form)
        or labels("fix_line.document"),
        row=_listed((_row(cell, labels, form) for cell in cells), labels),
        column=_listed((_column(cell, labels, form) for cell in cells), labels),
        printed=_printed(keys, report, labels),
        wrong=words.sentences,
        do=tuple(_ways(item.repairs, todo, labels, form)),
        where=words.where,
        item=item,
        quotes=tuple(labels("fix_line.quote", text=text) for text in words.quotes[:1]),
    )


def _keys(item: FixItem, report: Report, todo: Todo) -> tuple[str, ...]:
    """The cells to name: those of the only repair, the empty ones to be filled in, those all findings share, else all."""
    if len(item.repairs) == 1:
        return tuple(change.key for change in item.repairs[0].changes)
    first, *others = (finding.cells for finding in item.findings)
    shared = tuple(key for key in first if all(key in cells for cells in others))
    empty = tuple(key for key in shared if key in report.cells and report.cells[key].value is None) if todo == "fill" else ()
    return empty or shared or tuple(dict.fromkeys(key for finding in item.findings for key in finding.cells))


def _edition(report: Report, key: str, form: Form) -> str | None:
    """The edition of the table a cell of the report stands in."""
    cells = ((edition, form.cell(key, edition)) for edition in form.editions_of(key))
    return next((one for one, cell in cells if cell is not None and report.edition_of(cell.table.id) == one), None)


def _row(cell: Cell, labels: Labels, form: Form) -> str:
    return line_name(cell.row.key, cell.key, labels, form)


def _column(cell: Cell, labels: Labels, form: Form) -> str:
    return "" if cell.table.layout == "one_value_per_row" else line_name(cell.column.key, cell.key, labels, form)


def _listed(names: Iterable[str], labels: Labels) -> str:
    different = tuple(name for name in dict.fromkeys(names) if name)
    shown = labels("fix.separator").join(different[:_FEW])
    return shown if len(different) <= _FEW else labels("fix_line.more", list=shown, count=len(different))


def _section(finding: Finding, labels: Labels, form: Form) -> str:
    section = finding.stated.section if finding.stated else None
    return key_name(section, labels, form) if section else ""


def _printed(keys: tuple[str, ...], report: Report, labels: Labels) -> str:
    """What is printed in the cells where they are few; once where they are all blank."""
    if len(keys) > _FEW:
        return ""
    readings = [report.cells[key] for key in keys if key in report.cells]
    shown = ["".join(one.raw.split()) or labels("repair.blank") for one in readings]
    return labels("fix.separator").join(shown if any(one.raw.split() for one in readings) else shown[:1])


def _ways(repairs: tuple[Repair, ...], todo: Todo, labels: Labels, form: Form) -> Iterator[str]:
    if len(repairs) == 1:
        yield labels("fix_line.change", changes=changes_in_words(repairs[0], labels, form))
        return
    yield labels(f"todo.{todo}.do")
    for repair in repairs[:_MOST_REPAIRS]:
        yield labels("fix_line.maybe", changes=changes_in_words(repair, labels, form))
    if len(repairs) > _MOST_REPAIRS:
        yield labels("fix.more_repairs", count=len(repairs) - _MOST_REPAIRS)
