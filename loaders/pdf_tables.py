"""Tables of a PDF page: ruled cells as grids, with the merged ones recognised from the rules they do not have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import inf

import msgspec

from loaders.characters import struck
from loaders.grid import Grid, GridCell
from loaders.pdf_cells import SAME_EDGE, clusters, joined, tables_of, tables_of_joined
from loaders.pdf_lines import line_texts, lines_of
from loaders.pdf_numbers import share_out
from loaders.pdf_page import SLANTED, Box, Char, Edge, PdfPage, rule_of
from ogi.report import Source

_STILL = 0.3
"""Points a rule may be moved without any character changing its cell."""
_DOUBLE = 7.0
"""Points that the smallest line of print needs: rules closer than that are one double rule, and no row ends between them."""
_SHORTEST_RULE = 6.0
"""Points below which a horizontal stroke is the cap of a vertical rule, not a rule."""
_BROKEN_NUMBER = re.compile(r"[+\-＋－]?\d+(?:\n[\d.．]+)+")
_PADDING = 10.8
"""Points between the borders of a cell that text does not use: the margins of a Word table, left and right together."""
_FRAME_SHARE = 0.05
"""A box smaller than this share of the page is not looked at for being a frame."""
_MIDDLE = 0.2
"""Share of the font size around the middle of a character through which a stroke crosses it out; lines under it run lower."""
_STROKE_SLACK = 0.15
"""Share of the font size by which a stroke may be short of either side of a character it crosses out."""
_CUT_COLUMNS = 3
"""So many vertical rules must end together before their end is taken for a page cut."""


def closing_rules(rules: Sequence[Edge]) -> list[Edge]:
    """Horizontal rules that close tables cut by the page end.

    Chromium and some WPS exports draw no border at the cut: the vertical rules just end there, and the last row would be
    lost, or the merged cells that go on overleaf. Where at least three vertical rules end at one height, a closing rule is
    set between each two neighbours that no horizontal rule joins there and that no vertical rule between them passes.

    Args:
        rules: the joined rules of the page.
    """
    vertical = [e for e in rules if e["orientation"] == "v" and e["bottom"] - e["top"] > SAME_EDGE]
    horizontal = [e for e in rules if e["orientation"] == "h" and e["x1"] - e["x0"] > _SHORTEST_RULE]
    found = []
    for end in ("top", "bottom"):
        for heights in clusters([e[end] for e in vertical], 1):
            height = sum(heights) / len(heights)
            places = sorted({round(e["x0"], 1) for e in vertical if heights[0] <= e[end] <= heights[-1]})
            if len(places) < _CUT_COLUMNS:
                continue
            near = [e for e in horizontal if abs(e["top"] - height) <= _DOUBLE]
            passing = [e["x0"] for e in vertical if e["top"] < height - SAME_EDGE and e["bottom"] > height + SAME_EDGE]
            for left, right in pairwise(places):
                middle = (left + right) / 2
                joined_there = any(e["x0"] <= middle <= e["x1"] for e in near)
                if not joined_there and not any(left <= x <= right for x in passing):
                    found.append(rule_of(left, height, right, height))
    return found


class Table(msgspec.Struct):
    """The cells of one ruled table."""

    cells: list[Box]

    @property
    def bbox(self) -> Box:
        """The box around all cells."""
        x0, top, x1, bottom = zip(*self.cells, strict=True)
        return (min(x0), min(top), max(x1), max(bottom))


def find_tables(page: PdfPage) -> list[Table]:
    """Ruled tables of a page from top to bottom; frames around text and underlined headings are not tables."""
    if not page.edges:
        return []
    rules = _without_doubles(joined(page.edges), page.chars)
    closing = closing_rules(rules)
    found = tables_of([*rules, *closing]) if closing else tables_of_joined(rules)
    frames = _frames([cell for cells in found for cell in cells], page)
    tables = [cells for table in found if _is_table(cells := [cell for cell in table if cell not in frames])]
    if len(tables) > 1 and _have_moved(page.edges):
        edges = [*page.edges, *closing]
        tables = [own for cells in tables for own in _by_its_own_rules(cells, edges)]
    return sorted(map(Table, tables), key=lambda table: (table.bbox[1], table.bbox[0]))


def _without_doubles(rules: list[Edge], chars: Sequence[Char]) -> list[Edge]:
    """Double and triple rules made one: rules closer than any line of text is high, with no character between them."""
    upright, level = _double_places(rules, chars, "v"), _double_places(rules, chars, "h")
    if not upright and not level:
        return rules
    return joined([_moved(rule, upright, level) for rule in rules])


def _double_places(rules: list[Edge], chars: Sequence[Char], orientation: str) -> dict[float, float]:
    """Where rules stand that only double the one before them, and where that one stands."""
    side, start, end = ("x0", "top", "bottom") if orientation == "v" else ("top", "x0", "x1")
    lines: dict[float, list[Edge]] = {}
    for rule in rules:
        if rule["orientation"] == orientation:
            lines.setdefault(rule[side], []).append(rule)
    places: dict[float, float] = {}
    for before, after in pairwise(sorted(lines)):
        beside = after - before <= _DOUBLE and any(
            one[start] < other[end] and other[start] < one[end] for one in lines[before] for other in lines[after]
        )
        if beside and not any(before < _middle(char, orientation) < after for char in chars):
            places[after] = places.get(before, before)
    return places


def _middle(char: Char, orientation: str) -> float:
    return (char.x0 + char.x1) / 2 if orientation == "v" else (char.top + char.bottom) / 2


def _moved(rule: Edge, upright: dict[float, float], level: dict[float, float]) -> Edge:
    """The rule at the place of the one it doubles; where it ended at a double rule, it ends at the one that is left."""
    is_upright = rule["orientation"] == "v"
    own, across = (upright, level) if is_upright else (level, upright)
    side, start, end = ("x0", "top", "bottom") if is_upright else ("top", "x0", "x1")
    place: float = own[rule[side]] if rule[side] in own else rule[side]
    first: float = rule[start]
    last: float = rule[end]
    for double, kept in across.items():
        if abs(first - double) <= _DOUBLE:
            first = min(first, kept)
        if abs(last - kept) <= _DOUBLE:
            last = max(last, kept)
    return rule_of(place, first, place, last) if is_upright else rule_of(first, place, last, place)


def _have_moved(edges: Sequence[Edge]) -> bool:
    """Whether rules of the page nearly line up, so that joining them moved some."""
    for orientation, side in (("v", "x0"), ("h", "top")):
        places = sorted({e[side] for e in edges if e["orientation"] == orientation})
        if any(_STILL < after - before <= SAME_EDGE for before, after in pairwise(places)):
            return True
    return False


def _by_its_own_rules(cells: list[Box], edges: list[Edge]) -> list[list[Box]]:
    """The table found anew among the rules in its own box.

    All rules of a page that nearly line up are moved onto one line; a column of one table would then stand aside of its
    rule because another table has one nearby, and digits fall into the neighbouring cell.
    """
    x0, top, x1, bottom = Table(cells).bbox
    near = [
        e
        for e in edges
        if e["x1"] >= x0 - SAME_EDGE
        and e["x0"] <= x1 + SAME_EDGE
        and e["bottom"] >= top - SAME_EDGE
        and e["top"] <= bottom + SAME_EDGE
    ]
    found = [own for own in tables_of(near) if _is_table(own)]
    return found if sum(map(len, found)) >= len(cells) else [cells]


def _frames(cells: list[Box], page: PdfPage) -> set[Box]:
    """Boxes around other cells: the frame of a web page, closed at the page cut together with the table in it."""
    large = page.width * page.height * _FRAME_SHARE
    return {
        outer
        for outer in cells
        if (outer[2] - outer[0]) * (outer[3] - outer[1]) > large and any(_holds(outer, cell) for cell in cells if cell != outer)
    }


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + SAME_EDGE
        and outer[1] <= inner[1] + SAME_EDGE
        and outer[2] >= inner[2] - SAME_EDGE
        and outer[3] >= inner[3] - SAME_EDGE
    )


def _is_table(cells: list[Box]) -> bool:
    """At least two cells beside each other, and either a second row or a third cell.

    A single row may be all a page break left of a table. Cells that only stand one above the other are shaded lines of prose.
    """
    tops = [round(cell[1]) for cell in cells]
    return len(set(tops)) < len(tops) > 2


def grid_of(table: Table, chars: Sequence[Char], page: PdfPage) -> tuple[Grid, set[int]]:
    """The table as a grid, and the ids of the characters that stand in it."""
    columns = _numbered([x for cell in table.cells for x in (cell[0], cell[2])])
    rows = _numbered([y for cell in table.cells for y in (cell[1], cell[3])])
    used: set[int] = set()
    cells = []
    _, top, _, bottom = table.bbox
    near = [char for char in chars if top <= (char.top + char.bottom) / 2 < bottom and char.way != SLANTED]
    strokes = sorted((e["top"], e["x0"], e["x1"]) for e in page.edges if e["orientation"] == "h" and top < e["top"] < bottom)
    for box, inside in zip(table.cells, share_out(table.cells, near), strict=True):
        used.update(map(id, inside))
        inside = _with_strokes(inside, box, strokes)  # noqa: PLW2901
        row, column = rows[box[1]], columns[box[0]]
        cells.append(
            GridCell(
                text=cell_text(inside, box),
                row=row,
                column=column,
                rowspan=max(rows[box[3]] - row, 1),
                colspan=max(columns[box[2]] - column, 1),
                source=Source(page=page.number, bbox=page.on_paper(box)),
            )
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells=tuple(cells), page=page.number), used


def _with_strokes(chars: list[Char], box: Box, strokes: list[tuple[float, float, float]]) -> list[Char]:
    """The characters of a cell; those a stroke of the cell's own runs through are struck out.

    A stroke that reaches a side of the cell is a rule, be it drawn through letters: so some producers place their labels.
    """
    x0, top, x1, bottom = box
    first, last = bisect_left(strokes, (top + SAME_EDGE,)), bisect_left(strokes, (bottom - SAME_EDGE,))
    inner = [stroke for stroke in strokes[first:last] if x0 + SAME_EDGE < stroke[1] and stroke[2] < x1 - SAME_EDGE]
    return [_with_stroke(char, inner) for char in chars] if inner else chars


def _with_stroke(char: Char, strokes: list[tuple[float, float, float]]) -> Char:
    """A stroke runs through the whole letter; shorter ones are its own, where a program draws the letters beside writing them."""
    y, slack = (char.top + char.bottom) / 2, _STROKE_SLACK * char.size
    first, last = char.x0 + slack, char.x1 - slack
    through = any(abs(height - y) <= _MIDDLE * char.size and start <= first and end >= last for height, start, end in strokes)
    return msgspec.structs.replace(char, text=struck(char.text)) if through else char


def _numbered(edges: list[float]) -> dict[float, int]:
    """The number of the grid line on which each edge of a cell lies."""
    numbers: dict[float, int] = {}
    number, line = -1, -inf
    for edge in sorted(set(edges)):
        if edge - line > SAME_EDGE:
            number, line = number + 1, edge
        numbers[edge] = number
    return numbers


def cell_text(chars: list[Char], box: Box) -> str:
    """Text of a cell, line by line; a number broken only because the cell is too narrow for it is one line."""
    if not chars:
        return ""
    text = "\n".join(line_texts(chars))
    return text.replace("\n", "") if _BROKEN_NUMBER.fullmatch(text) and _had_to_break(chars, box) else text


def _had_to_break(chars: list[Char], box: Box) -> bool:
    """Whether at every line end the next digit would not have fitted between the borders of the cell."""
    lines = lines_of([char for char in chars if char.text.strip()])
    room = box[2] - box[0] - _PADDING
    widths = [sum(char.x1 - char.x0 for char in line) for line in lines]
    return all(width + line[0].x1 - line[0].x0 > room for width, line in zip(widths, lines[1:], strict=False))
