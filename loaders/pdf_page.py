"""A page of a PDF as every route hands it on: characters, rules and pictures, in points from the top left of the paper.

pdfplumber's :class:`~pdfplumber.table.TableFinder` takes such a page for one of its own: it asks for ``edges`` and ``bbox`` only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

import msgspec

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left."""
Edge = dict[str, Any]
"""A horizontal or vertical rule in the form pdfplumber's finder takes."""

UPRIGHT, SLANTED = 0, 4
UNKNOWN = "\ufffd"
"""Stands for a character of which the file does not say what it is."""
DESCENT = 0.12
"""Share of the font size below the base line, the same for every font: fonts declare different ones, so that the digits of a
title would stand points above or below its Chinese characters."""
_THIN = 3.0
"""Points up to which a drawn box is a rule and not an area; pdfplumber snaps rules at the same distance."""
_DOT = "dot"
_FEWEST_DOTS = 4
"""So many dots in a row make a rule."""
_STRAIGHT = 0.2
"""Points a rule may deviate over its length: rounding of the program that wrote it."""
_LEVEL = 0.05
"""Tangent of the angle up to which text counts as level."""
_TWICE = 1.0
"""Points within which one character printed twice is bold."""


class RouteFailedError(Exception):
    """A way of reading gives nothing, or something that cannot be trusted; the file or page is to be read in another way."""


class Char(msgspec.Struct, gc=False):
    """One printed character."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    way: int = UPRIGHT
    """Quarter turns clockwise in which it stands on the page; :data:`SLANTED` for any other angle."""


class PdfPage(msgspec.Struct, kw_only=True):
    """What is printed on a page, turned so that most of its text runs from left to right."""

    number: int
    """From 1."""
    width: float
    height: float
    chars: list[Char]
    """Characters that can be seen, from left to right, bold ones once; some may stand beside the paper."""
    edges: list[Edge]
    pictures: list[Box] = []
    curves: int = 0
    """Drawn shapes with bent sides: letters that are drawn have one each."""
    turned: int = 0
    """Quarter turns clockwise from this page to the paper as a viewer shows it."""
    codes: tuple[str, ...] = ()
    """What is to be told of the page: codes of notices such as ``hidden_text`` or ``fields_left_out``."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is on the page."""
        return not (self.chars or self.edges or self.pictures or self.curves or self.codes)

    @property
    def bbox(self) -> Box:
        """The whole page."""
        return (0, 0, self.width, self.height)

    def on_paper(self, box: Box) -> Box:
        """A box of this page in points from the top left of the paper as a viewer shows it, to the hundredth."""
        x0, top, x1, bottom = turn(box, self.turned, self.width, self.height) if self.turned else box
        return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def turn(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box on a page of ``width`` by ``height`` after the page was turned clockwise."""
    x0, top, x1, bottom = box
    if quarters == 1:
        return (height - bottom, x0, height - top, x1)
    if quarters == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if quarters == 3:
        return (top, width - x1, bottom, width - x0)
    return box


def turned_to_read(page: PdfPage) -> PdfPage:
    """The page turned as a person would turn the paper who wants to read it: by the direction most of its text has."""
    if {char.way for char in page.chars} <= {UPRIGHT}:
        return page
    ways = Counter(char.way for char in page.chars if char.way != SLANTED)
    way = max(ways, key=lambda way: (ways[way], -way)) if ways else UPRIGHT
    if way == UPRIGHT:
        return page
    back, width, height = 4 - way, page.width, page.height
    chars = [
        Char(char.text, *turn((char.x0, char.top, char.x1, char.bottom), back, width, height), char.size, _turned_way(char, back))
        for char in page.chars
    ]
    edges = [line_edge(*turn((e["x0"], e["top"], e["x1"], e["bottom"]), back, width, height)) for e in page.edges]
    return PdfPage(
        number=page.number,
        width=page.height if way % 2 else page.width,
        height=page.width if way % 2 else page.height,
        chars=once(chars),
        edges=[edge for edge in edges if edge],
        pictures=[turn(box, back, width, height) for box in page.pictures],
        curves=page.curves,
        turned=way,
        codes=page.codes,
    )


def _turned_way(char: Char, quarters: int) -> int:
    return SLANTED if char.way == SLANTED else (char.way + quarters) % 4


def on_base_line(box: Box, x: float, y: float, size: float, way: int) -> Box:
    """The box of a character with the same height above and below its base line in every font.

    ``x`` and ``y`` are where its base line begins.
    """
    x0, top, x1, bottom = box
    below = DESCENT * size
    if way == UPRIGHT:
        return (x0, y + below - size, x1, y + below)
    if way == 1:
        return (x - below, top, x - below + size, bottom)
    if way == 2:
        return (x0, y - below, x1, y - below + size)
    if way == 3:
        return (x + below - size, top, x + below, bottom)
    return box


def way_of(right: float, down: float) -> int:
    """The quarter turns clockwise of text that runs this far to the right and this far down the paper."""
    if abs(down) <= _LEVEL * abs(right):
        return 0 if right > 0 else 2
    if abs(right) <= _LEVEL * abs(down):
        return 1 if down > 0 else 3
    return SLANTED


def once(chars: Iterable[Char]) -> list[Char]:
    """The characters from left to right, each once: bold made by printing twice is one character."""
    kept: list[Char] = []
    last: dict[str, list[Char]] = {}
    for char in sorted(chars, key=_left):
        near = last.get(char.text)
        if near is None or char.x0 - near[-1].x0 > _TWICE:
            last[char.text] = [char]
        elif any(_same(char, other) for other in near):
            continue
        else:
            near.append(char)
        kept.append(char)
    return kept


def _left(char: Char) -> float:
    return char.x0


def _same(char: Char, other: Char) -> bool:
    return (
        abs(char.x0 - other.x0) <= _TWICE
        and abs(char.bottom - other.bottom) <= _TWICE
        and abs(char.size - other.size) < _TWICE
        and char.way == other.way
    )


def box_edges(box: Box) -> list[Edge]:
    """The rules a drawn box makes: its sides, or one rule where it is as thin as a rule.

    One that is thin both ways makes a dot, see :func:`with_dotted_rules`.
    """
    x0, top, x1, bottom = box
    flat, narrow = bottom - top <= _THIN, x1 - x0 <= _THIN
    if flat and narrow:
        return [{"orientation": _DOT, "x0": x0, "top": top, "x1": x1, "bottom": bottom}]
    if flat:
        sides = [(x0, (top + bottom) / 2, x1, (top + bottom) / 2)]
    elif narrow:
        sides = [((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)]
    else:
        sides = [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
    return [rule_of(*side) for side in sides]


def with_dotted_rules(edges: list[Edge]) -> list[Edge]:
    """The edges of a page, with rules in place of rows of dots; other dots, as at the corners of cells, are dropped.

    Left as they are, the dots of an upright rule would draw all level rules of the page together, a few points at a time.
    """
    dots = [edge for edge in edges if edge["orientation"] == _DOT]
    if not dots:
        return edges
    rules = [edge for edge in edges if edge["orientation"] != _DOT]
    for near, far, along_near, along_far in (("x0", "x1", "top", "bottom"), ("top", "bottom", "x0", "x1")):
        lines: dict[int, list[Edge]] = {}
        for dot in dots:
            lines.setdefault(round(dot[near] + dot[far]), []).append(dot)
        for line in lines.values():
            line.sort(key=itemgetter(along_near))
            row = line[:1]
            for before, dot in pairwise(line):
                if dot[along_near] - before[along_far] > _THIN:
                    rules += _rule_of_dots(row, upright=near == "x0")
                    row = []
                row.append(dot)
            rules += _rule_of_dots(row, upright=near == "x0")
    return rules


def _rule_of_dots(row: list[Edge], *, upright: bool) -> list[Edge]:
    if len(row) < _FEWEST_DOTS:
        return []
    x0, top, x1, bottom = row[0]["x0"], row[0]["top"], row[-1]["x1"], row[-1]["bottom"]
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    edge = line_edge(x, top, x, bottom) if upright else line_edge(x0, y, x1, y)
    return [edge] if edge else []


def line_edge(x0: float, top: float, x1: float, bottom: float) -> Edge | None:
    """A drawn line as a rule; ``None`` where it is slanted or a point."""
    if x0 > x1:
        x0, x1 = x1, x0
    if top > bottom:
        top, bottom = bottom, top
    width, height = x1 - x0, bottom - top
    return rule_of(x0, top, x1, bottom) if max(width, height) > 0 and min(width, height) <= _STRAIGHT else None


def rule_of(x0: float, top: float, x1: float, bottom: float) -> Edge:
    """The rule between two points, the upper left one first."""
    width, height = x1 - x0, bottom - top
    return {
        "object_type": "line",
        "orientation": "h" if width > height else "v",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": width,
        "height": height,
    }


def outline_edges(points: Sequence[tuple[float, float]]) -> list[Edge]:
    """The rules a drawn outline makes: a box its sides, any other shape those of its sides that run straight up or across.

    ``points`` of a closed outline end with the first one.
    """
    if len(points) == 5 and points[0] == points[-1] and _is_box(points):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return box_edges((min(xs), min(ys), max(xs), max(ys)))
    return [edge for (x0, y0), (x1, y1) in pairwise(points) if (edge := line_edge(x0, y0, x1, y1))]


def _is_box(points: Sequence[tuple[float, float]]) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[:4]
    first = max(abs(ax - bx), abs(cx - dx), abs(by - cy), abs(ay - dy))
    second = max(abs(ay - by), abs(cy - dy), abs(bx - cx), abs(ax - dx))
    return min(first, second) <= _STRAIGHT
