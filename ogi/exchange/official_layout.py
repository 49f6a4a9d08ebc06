"""The tables of the official form as boxes in a grid, from the dictionary alone: labels, headings, places of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ogi.form import Form, Line, Table, load_form

Kind = Literal["title", "head", "side", "number"]
_CONTENT, _UNIT = "信息内容", "单位"
"""Heads printed on the form that are no row or column of it."""


@dataclass(frozen=True)
class Box:
    """One box of a table, its place counted from 0; ``key`` names the cell a number belongs to."""

    row: int
    column: int
    text: str = ""
    height: int = 1
    width: int = 1
    kind: Kind = "side"
    key: str | None = None


def boxes_of(table: Table) -> list[Box]:
    """Return the boxes of a table as the form prints them, in Chinese (the form is a Chinese one)."""
    form = load_form()
    draw: dict[str, Callable[[Table, Form], Iterator[Box]]] = {"blocks_in_one_row": _blocks, "one_value_per_row": _list}
    return list(draw.get(table.layout, _grid)(table, form))


def size_of(boxes: Sequence[Box]) -> tuple[int, int]:
    """Return how many rows and columns boxes cover."""
    return max(box.row + box.height for box in boxes), max(box.column + box.width for box in boxes)


def _grid(table: Table, form: Form) -> Iterator[Box]:
    """Rows down the side under their headings, columns along the top."""
    depth = max(len(_path(row, form)) for row in table.rows) + 1
    heads = list(_column_heads(table, form, depth))
    yield from heads
    top = size_of(heads)[0]
    for index, row in enumerate(table.rows):
        path = _path(row, form)
        for level, group in enumerate(path):
            if index == 0 or _path(table.rows[index - 1], form)[: level + 1] != path[: level + 1]:
                height = _run(table.rows[index:], path[: level + 1], form)
                stop = "" if form.groups[group].ordinal.endswith("）") else "、"
                text = f"{form.groups[group].ordinal}{stop}{form.groups[group].zh}"
                yield Box(top + index, level, text, height=height)
        yield Box(top + index, len(path), _row_label(row, path, form), width=depth - len(path))
        for number, column in enumerate(table.columns):
            yield Box(top + index, depth + number, kind="number", key=table.cell_key(row.key, column.key))


def _path(row: Line, form: Form) -> tuple[str, ...]:
    """The headings a row stands under: the numbered block of the form, then its group."""
    outer = [g.key for g in form.groups.values() if g.ordinal and row.ordinal.startswith(g.ordinal) and row.ordinal != g.ordinal]
    return (*outer, *([row.group] if row.group else ()))


def _run(rows: Sequence[Line], path: tuple[str, ...], form: Form) -> int:
    """Over how many of the next rows a heading goes on."""
    count = 0
    for row in rows:
        if _path(row, form)[: len(path)] != path:
            break
        count += 1
    return count


def _row_label(row: Line, path: tuple[str, ...], form: Form) -> str:
    ordinal = row.ordinal
    for group in path:
        ordinal = ordinal.removeprefix(form.groups[group].ordinal)
    stop = "" if not ordinal or ordinal.endswith("）") else "." if ordinal.isdigit() else "、"
    return f"{ordinal}{stop}{row.zh}"


def _column_heads(table: Table, form: Form, depth: int) -> Iterator[Box]:
    """A title and one row of heads; or three rows, where some columns stand under a heading."""
    if not any(column.group for column in table.columns):
        yield Box(0, 0, table.zh, width=depth + len(table.columns), kind="title")
        yield Box(1, 0, _CONTENT, width=depth, kind="head")
        for number, column in enumerate(table.columns):
            yield Box(1, depth + number, column.zh, kind="head")
        return
    yield Box(0, 0, table.note_zh or _CONTENT, height=3, width=depth, kind="head")
    yield Box(0, depth, form.groups["applicants"].zh, width=len(table.columns), kind="head")
    place = depth
    for group, members in groupby(table.columns, key=lambda column: column.group):
        inside = list(members)
        if group:
            yield Box(1, place, form.groups[group].zh, width=len(inside), kind="head")
        for column in inside:
            yield Box(2 if group else 1, place, column.zh, height=1 if group else 2, kind="head")
            place += 1


def _blocks(table: Table, form: Form) -> Iterator[Box]:
    """All blocks side by side above one row of numbers, as the table of disputes is printed."""
    width = len(table.columns)
    for number, row in enumerate(table.rows):
        left = number * width
        if row.group is None:
            yield Box(0, left, row.zh, height=2, width=width, kind="head")
        else:
            if number == 0 or table.rows[number - 1].group != row.group:
                members = sum(other.group == row.group for other in table.rows)
                yield Box(0, left, form.groups[row.group].zh, width=width * members, kind="head")
            yield Box(1, left, row.zh, width=width, kind="head")
        for place, column in enumerate(table.columns):
            yield Box(2, left + place, column.zh, kind="head")
            yield Box(3, left + place, kind="number", key=table.cell_key(row.key, column.key))


def _list(table: Table, form: Form) -> Iterator[Box]:
    """One label, unit and number in a row; the forms before 2019."""
    column = table.columns[0]
    edition = next(edition for edition in form.editions.values() if table in edition.tables)
    headings = {section.ordinal: section for section in edition.sections}
    for place, text in enumerate(("统计指标", _UNIT, column.zh)):
        yield Box(0, place, text, kind="head")
    line, block = 1, ""
    for row in table.rows:
        if row.ordinal[:1] != block:
            block = row.ordinal[:1]
            if row.ordinal != block and block in headings:
                yield Box(line, 0, f"{block}、{headings[block].zh}", width=3, kind="title")
                line += 1
        yield Box(line, 0, _list_label(row))
        yield Box(line, 1, form.units[row.unit].zh if row.unit else "")
        yield Box(line, 2, kind="number", key=table.cell_key(row.key, column.key))
        line += 1


def _list_label(row: Line) -> str:
    """The label behind the last part of its ordinal: 三（二）1 is printed as 1."""
    if row.ordinal.endswith("其中"):
        return f"其中：{row.zh}"
    rest = row.ordinal[1:]
    if not rest:
        return f"{row.ordinal}、{row.zh}"
    last = rest.rpartition("）")[2]
    return f"{last}.{row.zh}" if last else f"{rest}{row.zh}"
