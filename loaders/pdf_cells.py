"""Cells from ruled lines, found as pdfplumber's ``TableFinder`` finds them.

Rules that nearly line up are moved onto one line and joined; where they cross, the crossings that are the corners of a cell are
sought, and cells that share corners are a table. The result is pdfplumber's with its default settings (a test compares both on
every sample page); it takes a tenth of the time, loads no library, and a hostile page costs no more than a bounded one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import itemgetter

from loaders.pdf_page import Box, Edge, rule_of

SAME_EDGE = 3.0
"""Points within which two rules are one, a gap in a rule is none, and rules meet: pdfplumber's default for all three."""
_MOST_CROSSINGS = 20_000
"""A page of the form has a few hundred; a drawing with more is no table."""

Point = tuple[float, float]


def clusters(values: Sequence[float], tolerance: float) -> list[list[float]]:
    """The values in order, put together where each is at most ``tolerance`` larger than the one before."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= tolerance:
            found[-1].append(value)
        else:
            found.append([value])
    return found


def joined(edges: Sequence[Edge]) -> list[Edge]:
    """Rules that nearly line up moved onto one line, their average, and those of a line that touch or overlap made one."""
    rules: list[Edge] = []
    for orientation, side, start, end in (("h", "top", "x0", "x1"), ("v", "x0", "top", "bottom")):
        drawn = [edge for edge in edges if edge["orientation"] == orientation]
        line_of: dict[float, float] = {}
        for near in clusters([edge[side] for edge in drawn], SAME_EDGE):
            line_of.update(dict.fromkeys(near, sum(near) / len(near)))
        pieces: dict[float, list[tuple[float, float]]] = {}
        for edge in drawn:
            pieces.setdefault(line_of[edge[side]], []).append((edge[start], edge[end]))
        for line in sorted(pieces):
            for first, last in _without_gaps(sorted(pieces[line])):
                rules.append(rule_of(first, line, last, line) if orientation == "h" else rule_of(line, first, line, last))
    return rules


def _without_gaps(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    whole: list[tuple[float, float]] = []
    for first, last in pieces:
        if whole and first <= whole[-1][1] + SAME_EDGE:
            whole[-1] = (whole[-1][0], max(whole[-1][1], last))
        else:
            whole.append((first, last))
    return whole


def tables_of(edges: Sequence[Edge]) -> list[list[Box]]:
    """The cells of each table that the rules make, as pdfplumber's ``TableFinder`` finds them with its default settings.

    Cells belong to one table where they share a corner; a cell that shares none is no table. Tables are sorted from top to
    bottom, their cells from left to right, then from top to bottom.
    """
    return tables_of_joined(joined(edges))


def tables_of_joined(rules: Sequence[Edge]) -> list[list[Box]]:
    """As :func:`tables_of`, for rules that are joined already."""
    across = [e for e in rules if e["orientation"] == "h" and e["width"] >= SAME_EDGE]
    down = [e for e in rules if e["orientation"] == "v" and e["height"] >= SAME_EDGE]
    return _grouped(_cells(_crossings(down, across)))


Crossings = dict[float, dict[float, tuple[int, int]]]
"""By x, then by y: the upright and the level rules that meet there, each a bit of its number."""


def _crossings(down: list[Edge], across: list[Edge]) -> Crossings:
    """Where rules cross or meet."""
    level = sorted((e["top"], e["x0"] - SAME_EDGE, e["x1"] + SAME_EDGE, 1 << i) for i, e in enumerate(across))
    found: Crossings = {}
    number = 0
    for i, edge in enumerate(sorted(down, key=itemgetter("x0", "top"))):
        x, top, bottom, bit = edge["x0"], edge["top"] - SAME_EDGE, edge["bottom"] + SAME_EDGE, 1 << i
        column = found.setdefault(x, {})
        for y, x0, x1, other in level:
            if y > bottom:
                break
            if y >= top and x0 <= x <= x1:
                upright, flat = column.get(y, (0, 0))
                column[y] = (upright | bit, flat | other)
        number += len(column)
        if number > _MOST_CROSSINGS:
            return {}
    return found


def _cells(crossings: Crossings) -> list[Box]:
    """The smallest box from each crossing to the right and downwards whose sides are rules without a gap."""
    xs = sorted(crossings)
    columns = {x: sorted(crossings[x].items()) for x in xs}
    cells = []
    for place, x in enumerate(xs):
        column = columns[x]
        for i, (y, (upright, flat)) in enumerate(column):
            right = _along(crossings, xs, place + 1, y, flat)
            if not right:
                continue
            for j in range(i + 1, len(column)):
                under, (under_upright, under_flat) = column[j]
                if not upright & under_upright:
                    break
                corner = _corner(crossings, right, under, under_flat)
                if corner is not None:
                    cells.append((x, y, corner, under))
                    break
    return cells


def _along(crossings: Crossings, xs: list[float], start: int, y: float, flat: int) -> list[tuple[float, int]]:
    """The crossings that one level rule joins with the one left of them: where they are, and their upright rules."""
    found = []
    for x in islice(xs, start, None):
        at = crossings[x].get(y)
        if at is not None:
            if not at[1] & flat:
                break
            found.append((x, at[0]))
    return found


def _corner(crossings: Crossings, right: list[tuple[float, int]], under: float, under_flat: int) -> float | None:
    """Where the first crossing to the right is joined downwards with one that is joined with the one below."""
    for x, upright in right:
        at = crossings[x].get(under)
        if at is not None and at[0] & upright and at[1] & under_flat:
            return x
    return None


def _grouped(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share corners, put together."""
    at_corner: dict[Point, list[int]] = {}
    for number, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            at_corner.setdefault(corner, []).append(number)
    table_of: dict[int, int] = {}
    tables: list[list[Box]] = []
    for first in range(len(cells)):
        if first in table_of:
            continue
        waiting, held = [first], []
        table_of[first] = len(tables)
        while waiting:
            held.append(cell := cells[waiting.pop()])
            x0, top, x1, bottom = cell
            for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
                for other in at_corner.pop(corner, ()):
                    if other not in table_of:
                        table_of[other] = len(tables)
                        waiting.append(other)
        tables.append(sorted(held))
    return sorted((table for table in tables if len(table) > 1), key=lambda table: min((cell[1], cell[0]) for cell in table))
