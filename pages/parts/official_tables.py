"""The tables of a report in the layout of the official form, as HTML: printed texts, states and findings marked.

Only texts escaped here go into the page. A blank cell stays blank; what is not a number is marked with its state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby
from typing import NamedTuple

from ogi.form import Cell, Edition, Form, Line, Table, load_form
from ogi.labels import Labels
from ogi.report import Reading, Report

_LINE = "border:1px solid rgba(128,128,128,.45);padding:3px 6px;"
_HEAD = _LINE + "font-weight:600;background:rgba(128,128,128,.12);text-align:center;"
_LABEL = _LINE + "font-weight:400;text-align:left;min-width:7em;"
NUMBER_STYLE = _LINE + "text-align:right;font-variant-numeric:tabular-nums;"
SHADES = {
    "error": "background:rgba(213,94,0,.35);outline:2px solid #D55E00;outline-offset:-2px;",
    "warning": "background:rgba(230,159,0,.35);",
    "hint": "background:rgba(86,180,233,.25);",
    "doubt": "outline:2px dashed currentColor;outline-offset:-3px;",
    "state": "background:rgba(128,128,128,.25);font-style:italic;",
}
_LONGEST_WORDS = 12
_MARKS = {
    (False, False): "",
    (True, False): ' data-mark="doubt"',
    (False, True): ' data-mark="finding"',
    (True, True): ' data-mark="both"',
}
"""By whether a cell is doubtful and whether a finding is about it: the sign that the preview puts before its text."""
_LAST_ORDINAL = re.compile(r"（[^）]+）$|\d+$|[一二三四五六七八九]$")
Marks = Mapping[str, tuple[str, str]]
"""For a cell key, the severity of what was found there and the sentences of the findings."""


class Edit(NamedTuple):
    """What a person set in a cell: what is shown of it, and the sentence that tells of it."""

    kind: str
    """``misread`` and ``keyed`` stand in place of what was read, ``amended`` beside what is printed."""
    text: str
    tip: str


Edits = Mapping[str, Edit]
Draw = Callable[[Cell], str]
"""Gives the HTML of one cell, with its ``td``."""


def tables_of(report: Report) -> list[tuple[Table, Edition]]:
    """The tables found in a report, each in its own edition, in the order of the form."""
    form = load_form()
    found = [
        (table, form.editions[reading.edition])
        for table_id, reading in report.tables.items()
        if reading.edition in form.editions and (table := form.editions[reading.edition].table(table_id)) is not None
    ]
    return sorted(found, key=lambda pair: (pair[0].section, pair[1].tables.index(pair[0])))


def missing_tables(report: Report) -> list[Table]:
    """The tables that were looked for and not found, as the newest edition that has them knows them."""
    form = load_form()
    found = (
        next((table for edition in form.editions.values() if (table := edition.table(name))), None)
        for name, reading in report.tables.items()
        if reading.status == "missing"
    )
    return [table for table in found if table is not None]


def table_html(table: Table, report: Report, marks: Marks, labels: Labels, edits: Edits | None = None) -> str:
    """Return one table of ``report`` as HTML, with what people set in place of or beside what was read."""
    return layout_html(table, lambda cell: _number(cell, report, marks, labels, (edits or {}).get(cell.key)), labels)


def layout_html(table: Table, number: Draw, labels: Labels) -> str:
    """Return a table of the form as HTML, each cell as ``number`` draws it."""
    draw = {"blocks_in_one_row": _blocks, "one_value_per_row": _list}.get(table.layout, _grid)
    body = draw(table, load_form(), number, labels)
    name = escape(table.label(labels.lang))
    look = "border-collapse:collapse;font-size:.85rem;width:100%"
    return f'<div style="overflow-x:auto"><table style="{look}" aria-label="{name}">{body}</table></div>'


def _number(cell: Cell, report: Report, marks: Marks, labels: Labels, edit: Edit | None) -> str:
    reading = report.cells.get(cell.key)
    severity, sentences = marks.get(cell.key, ("", ""))
    text = escape(_short(reading)) if reading else ""
    title = [cell.label(labels.lang), *_state(reading, labels)]
    if reading and _short(reading) != reading.raw.strip():
        title.append(reading.raw.strip())
    if reading and reading.source and reading.source.page:
        title.append(labels("preview.source_page", page=reading.source.page))
    shade = SHADES.get(severity, "")
    if not shade and reading and reading.state not in ("reported", "keyed", "blank"):
        shade, text = SHADES["state"], text or escape(labels(f"state.{reading.state}"))
    is_doubtful = bool(reading and reading.is_marked and edit is None)
    if is_doubtful:
        shade += SHADES["doubt"]
        title.append(labels("preview.doubtful"))
    attributes = _MARKS[is_doubtful, bool(severity)]
    if edit is not None:
        text = f"{text} → {escape(edit.text)}" if edit.kind == "amended" else escape(edit.text)
        title.append(edit.tip)
        attributes += f' data-edit="{escape(edit.kind)}"'
    tip = escape("\n".join([*title, sentences]).strip())
    place = f' data-key="{escape(cell.key)}"' if reading or edit else ""
    return f'<td style="{NUMBER_STYLE}{shade}"{place}{attributes} title="{tip}">{text}</td>'


def _short(reading: Reading) -> str:
    """What is printed; a row that could not be split shows its beginning in every cell, the rest is in the tip."""
    raw = reading.raw.strip()
    return raw if reading.value is not None or len(raw) <= _LONGEST_WORDS else f"{raw[:_LONGEST_WORDS].rstrip()}…"


def _state(reading: Reading | None, labels: Labels) -> list[str]:
    state = reading.state if reading else "not_asked"
    return [] if state == "reported" else [labels(f"state.{state}")]


def _head(text: str, *, colspan: int = 1, rowspan: int = 1) -> str:
    scope = "colgroup" if colspan > 1 else "col"
    return f'<th scope="{scope}" style="{_HEAD}" colspan="{colspan}" rowspan="{rowspan}">{escape(text)}</th>'


def _side(text: str, *, colspan: int = 1, rowspan: int = 1) -> str:
    scope = "rowgroup" if rowspan > 1 else "row"
    return f'<th scope="{scope}" style="{_LABEL}" colspan="{colspan}" rowspan="{rowspan}">{escape(text)}</th>'


def _grid(table: Table, form: Form, number: Draw, labels: Labels) -> str:
    """Rows down the side, columns along the top, headings of groups spanning their members."""
    lang = labels.lang
    depth = max(len(_path(row, form)) for row in table.rows) + 1
    rows = [_column_heads(table.columns, form, depth, table.label(lang), labels)]
    above: list[str | None] = [None] * depth
    for index, row in enumerate(table.rows):
        path = _path(row, form)
        cells = []
        for level, group in enumerate(path):
            if above[level] != group:
                span = sum(1 for _ in _run(table.rows[index:], level, group, form))
                title = f"{form.groups[group].ordinal}{'、' if level == 0 and depth > 2 else ''}{form.groups[group].label(lang)}"
                cells.append(_side(title, rowspan=span))
                above[level:] = [group, *[None] * (depth - level - 1)]
        above[len(path) :] = [None] * (depth - len(path))
        cells.append(_side(_row_label(row, path, form, lang), colspan=depth - len(path)))
        cells += [number(Cell(table.cell_key(row.key, column.key), table, row, column)) for column in table.columns]
        rows.append("".join(cells))
    return "".join(f"<tr>{row}</tr>" for row in rows if row)


def _run(rows: tuple[Line, ...], level: int, group: str, form: Form):
    for row in rows:
        path = _path(row, form)
        if len(path) <= level or path[level] != group:
            return
        yield row


def _path(row: Line, form: Form) -> tuple[str, ...]:
    """The headings a row stands under: the numbered block of the form, then its group."""
    outer = [g.key for g in form.groups.values() if g.ordinal and row.ordinal.startswith(g.ordinal) and row.ordinal != g.ordinal]
    return (*outer, *([row.group] if row.group else ()))


def _row_label(row: Line, path: tuple[str, ...], form: Form, lang: str) -> str:
    ordinal = row.ordinal
    for group in path:
        ordinal = ordinal.removeprefix(form.groups[group].ordinal)
    stop = "" if not ordinal or ordinal.endswith("）") else ". " if ordinal.isdigit() else "、"
    return f"{ordinal}{stop}{row.label(lang)}"


def _column_heads(columns: tuple[Line, ...], form: Form, depth: int, corner: str, labels: Labels) -> str:
    """One row of heads, or two where some columns stand under a heading."""
    lang = labels.lang
    if not any(column.group for column in columns):
        heads = "".join(_head(column.label(lang)) for column in columns)
        return _head(corner if depth > 2 else labels("preview.content"), colspan=depth) + heads
    first, second = [_head(labels("preview.content"), colspan=depth, rowspan=2)], []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        if group:
            first.append(_head(form.groups[group].label(lang), colspan=len(inside)))
            second += [_head(column.label(lang)) for column in inside]
        else:
            first += [_head(column.label(lang), rowspan=2) for column in inside]
    return "".join(first) + "</tr><tr>" + "".join(second)


def _list(table: Table, form: Form, number: Draw, labels: Labels) -> str:
    """One label, unit and value in a row, block by block under the headings of the blocks."""
    lang, column = labels.lang, table.columns[0]
    edition = next(edition for edition in form.editions.values() if table in edition.tables)
    headings = {section.ordinal: section for section in edition.sections}
    rows = [_head(labels("preview.content")) + _head(labels("preview.unit")) + _head(column.label(lang))]
    block = ""
    for row in table.rows:
        opens = row.ordinal[:1] != block
        block = row.ordinal[:1]
        if opens and row.ordinal != block and block in headings:
            rows.append(_head(f"{block}、{headings[block].label(lang)}", colspan=3))
        cell = Cell(table.cell_key(row.key, column.key), table, row, column)
        unit = f'<td style="{_LABEL}">{escape(labels.unit(row.unit))}</td>'
        rows.append(_side(_list_label(row, opens, lang)) + unit + number(cell))
    return "".join(f"<tr>{row}</tr>" for row in rows)


def _list_label(row: Line, opens: bool, lang: str) -> str:
    """The label behind the last part of its ordinal: 三（二）1 is printed as 1."""
    if row.ordinal.endswith("其中"):
        return f"其中：{row.label(lang)}" if lang == "zh" else row.label(lang)
    last = _LAST_ORDINAL.search(row.ordinal[0 if opens else 1 :])
    stop = "" if last is None or last[0].endswith("）") else ". " if last[0].isdigit() else "、"
    return f"{last[0] if last else ''}{stop}{row.label(lang)}"


def _blocks(table: Table, form: Form, number: Draw, labels: Labels) -> str:
    """All blocks side by side in one row of numbers, as the table of disputes is printed."""
    lang, width = labels.lang, len(table.columns)
    grouped = [(group, list(members)) for group, members in groupby(table.rows, key=lambda row: row.group)]
    top = [
        _head(form.groups[group].label(lang), colspan=width * len(members))
        if group
        else _head(members[0].label(lang), colspan=width, rowspan=2)
        for group, members in grouped
    ]
    middle = [_head(row.label(lang), colspan=width) for group, members in grouped if group for row in members]
    heads = [_head(column.label(lang)) for _ in table.rows for column in table.columns]
    numbers = [number(Cell(table.cell_key(r.key, c.key), table, r, c)) for r in table.rows for c in table.columns]
    return "".join(f"<tr>{''.join(row)}</tr>" for row in (top, middle, heads, numbers))
