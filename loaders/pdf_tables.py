"""Tables of a PDF page: ruled cells as grids, with the merged ones recognised from the rules they do not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pdfplumber.table import Table, TableFinder, TableSettings, merge_edges
from pdfplumber.utils.clustering import cluster_objects

from loaders.grid import Grid, GridCell
from loaders.pdf_lines import lines_of, text_lines
from loaders.pdf_numbers import share_out
from loaders.pdf_page import SLANTED, Box, Char, Edge, PdfPage
from ogi.report import Source

_SAME_EDGE = 3.0
"""Points within which two rules are one: pdfplumber snaps at the same distance."""
_SHORTEST_RULE = 6.0
"""Points below which a horizontal stroke is the cap of a vertical rule, not a rule."""
_BROKEN_NUMBER = re.compile(r"[+\-＋－]?\d+(?:\n[\d.．]+)+")
_PADDING = 10.8
"""Points between the borders of a cell that text does not use: the margins of a Word table, left and right together."""
_FRAME_SHARE = 0.05
"""A box smaller than this share of the page is not looked at for being a frame."""
_CUT_COLUMNS = 3
"""So many vertical rules must end together before their end is taken for a page cut."""


def closing_rules(edges: list[Edge]) -> list[Edge]:
    """Horizontal rules that close tables cut by the page end.

    Chromium and some WPS exports draw no border at the cut: the vertical rules just end there, and the last row would be
    lost, or the merged cells that go on overleaf. Where at least three vertical rules end at one height, a closing rule is
    set between each two neighbours that no horizontal rule joins there and that no vertical rule between them passes.
    """
    merged = merge_edges(edges, *(_SAME_EDGE,) * 4)
    vertical = [e for e in merged if e["orientation"] == "v" and e["bottom"] - e["top"] > _SAME_EDGE]
    horizontal = [e for e in merged if e["orientation"] == "h" and e["x1"] - e["x0"] > _SHORTEST_RULE]
    found = []
    for end in ("top", "bottom"):
        for group in cluster_objects(vertical, end, 1):
            height = sum(e[end] for e in group) / len(group)
            places = sorted({round(e["x0"], 1) for e in group})
            if len(places) < _CUT_COLUMNS:
                continue
            near = [e for e in horizontal if abs(e["top"] - height) <= _SAME_EDGE]
            passing = [e["x0"] for e in vertical if e["top"] < height - _SAME_EDGE and e["bottom"] > height + _SAME_EDGE]
            for left, right in pairwise(places):
                middle = (left + right) / 2
                joined = any(e["x0"] <= middle <= e["x1"] for e in near)
                if not joined and not any(left <= x <= right for x in passing):
                    found.append(_rule(left, right, height))
    return found


def _rule(left: float, right: float, height: float) -> Edge:
    return {
        "object_type": "line",
        "orientation": "h",
        "x0": left,
        "x1": right,
        "top": height,
        "bottom": height,
        "width": right - left,
        "height": 0,
    }


def find_tables(page: PdfPage) -> list[Table]:
    """Ruled tables of a page from top to bottom; frames around text and underlined headings are not tables."""
    closing = closing_rules(page.edges)
    found = TableFinder(_as_page(page), TableSettings(explicit_horizontal_lines=[*closing])).tables
    frames = _frames([cell for table in found for cell in table.cells], page)
    tables = [Table(_as_page(page), [cell for cell in table.cells if cell not in frames]) for table in found]
    tables = [table for table in tables if _is_table(table)]
    if len(tables) > 1:
        tables = [own for table in tables for own in _by_its_own_rules(page, table, [*page.edges, *closing])]
    return sorted(tables, key=lambda table: (table.bbox[1], table.bbox[0]))


def _as_page(page: PdfPage) -> Any:
    """The page for pdfplumber's finder, which asks it for its edges and its box only; a test holds it to that."""
    return page


def _by_its_own_rules(page: PdfPage, table: Table, edges: list[Edge]) -> list[Table]:
    """The table found anew among the rules in its own box.

    pdfplumber moves all rules of a page that nearly line up onto one line; a column of one table would then stand
    aside of its rule because another table has one nearby, and digits fall into the neighbouring cell.
    """
    x0, top, x1, bottom = table.bbox
    near = [
        e
        for e in edges
        if e["x1"] >= x0 - _SAME_EDGE
        and e["x0"] <= x1 + _SAME_EDGE
        and e["bottom"] >= top - _SAME_EDGE
        and e["top"] <= bottom + _SAME_EDGE
    ]
    settings = TableSettings(
        vertical_strategy="explicit",
        horizontal_strategy="explicit",
        explicit_vertical_lines=[e for e in near if e["orientation"] == "v"],
        explicit_horizontal_lines=[e for e in near if e["orientation"] == "h"],
    )
    found = [own for own in TableFinder(_as_page(page), settings).tables if _is_table(own)]
    return found if sum(len(own.cells) for own in found) >= len(table.cells) else [table]


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
        outer[0] <= inner[0] + _SAME_EDGE
        and outer[1] <= inner[1] + _SAME_EDGE
        and outer[2] >= inner[2] - _SAME_EDGE
        and outer[3] >= inner[3] - _SAME_EDGE
    )


def _is_table(table: Table) -> bool:
    """At least two cells beside each other, and either a second row or a third cell.

    A single row may be all a page break left of a table. Cells that only stand one above the other are shaded lines of prose.
    """
    tops = [round(cell[1]) for cell in table.cells]
    return len(set(tops)) < len(tops) > 2


def grid_of(table: Table, chars: Sequence[Char], page: PdfPage) -> tuple[Grid, set[int]]:
    """The table as a grid, and the ids of the characters that stand in it."""
    columns = _lines_of([x for cell in table.cells for x in (cell[0], cell[2])])
    rows = _lines_of([y for cell in table.cells for y in (cell[1], cell[3])])
    used: set[int] = set()
    cells = []
    _, top, _, bottom = table.bbox
    near = [char for char in chars if top <= (char.top + char.bottom) / 2 < bottom and char.way != SLANTED]
    for box, inside in zip(table.cells, share_out(table.cells, near), strict=True):
        used.update(id(char) for char in inside)
        row, column = _index(rows, box[1]), _index(columns, box[0])
        cells.append(
            GridCell(
                text=cell_text(inside, box),
                row=row,
                column=column,
                rowspan=max(_index(rows, box[3]) - row, 1),
                colspan=max(_index(columns, box[2]) - column, 1),
                source=Source(page=page.number, bbox=page.on_paper(box)),
            )
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells=tuple(cells), page=page.number), used


def _lines_of(edges: list[float]) -> list[float]:
    """The grid lines on which the edges of all cells lie."""
    lines: list[float] = []
    for edge in sorted(edges):
        if not lines or edge - lines[-1] > _SAME_EDGE:
            lines.append(edge)
    return lines


def _index(lines: Sequence[float], edge: float) -> int:
    return min(range(len(lines)), key=lambda i: abs(lines[i] - edge))


def cell_text(chars: list[Char], box: Box) -> str:
    """Text of a cell, line by line; a number broken only because the cell is too narrow for it is one line."""
    if not chars:
        return ""
    text = "\n".join(text for text, _ in text_lines(chars))
    return text.replace("\n", "") if _BROKEN_NUMBER.fullmatch(text) and _had_to_break(chars, box) else text


def _had_to_break(chars: list[Char], box: Box) -> bool:
    """Whether at every line end the next digit would not have fitted between the borders of the cell."""
    lines = lines_of([char for char in chars if char.text.strip()])
    room = box[2] - box[0] - _PADDING
    widths = [sum(char.x1 - char.x0 for char in line) for line in lines]
    return all(width + line[0].x1 - line[0].x0 > room for width, line in zip(widths, lines[1:], strict=False))
