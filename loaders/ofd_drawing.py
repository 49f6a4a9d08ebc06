"""What a page of OFD shows: its objects one upon the other, with their characters, rules and pictures in points of the page.

Objects stand in layers, blocks and composites (GB/T 33190-2016, clauses 8 to 13). What has no ink, or stands outside its
boundary, is not on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.errors import CannotReadError
from loaders.ofd_ink import Ink, Parameters, colour_of, ink_of, is_hidden, is_opaque
from loaders.ofd_paths import edges_of, subpaths
from loaders.ofd_place import place
from loaders.ofd_space import EVERYWHERE, POINTS, BadNumberError, Box, Matrix, box_in, common, grown, moved, written_box
from loaders.ofd_text import chars_of
from loaders.pdf_page import SLANTED, Char, Edge, line_edge
from loaders.xml import child, tag_of

MOST_OBJECTS = 400_000
"""Objects and characters drawn in one document, however often its composites repeat them. A long report has 50 000."""
DEEPEST = 100
"""Blocks and composites inside each other."""
_SLACK = 1.0 * POINTS
"""Boundaries of rules are drawn around their middle, often with no height at all; viewers let so much show."""
_LETTER_SLACK = 0.3 * POINTS
_BLOCKS = frozenset({"Layer", "PageBlock", "Content"})
_THIN, _RULE_LENGTH = 2.0, 6.0
_SMALLEST_AREA = 3.0
"""Points up to which a filled box is a rule and covers nothing."""
_BOX_POINTS = 5
"""Points of a rectangle that returns to its start."""


class Resources(Parameters, Protocol):
    """Where a document keeps what its objects refer to."""

    def unit(self, name: str) -> etree._Element | None:
        """The content of a composite; ``None`` where it is not in the file."""
        ...


@dataclass(frozen=True)
class Ground:
    """A picture or a filled box on a page, and how many characters were drawn before it and may lie under it."""

    box: Box
    after: int
    is_opaque: bool
    is_dark: bool = True
    resource: str = ""
    """Id of a picture."""


@dataclass
class Drawing:
    """What was drawn on one page, in the order of drawing."""

    chars: list[Char] = field(default_factory=list)
    white: list[int] = field(default_factory=list)
    """Numbers of the characters that are white."""
    edges: list[Edge] = field(default_factory=list)
    pictures: list[Ground] = field(default_factory=list)
    areas: list[Ground] = field(default_factory=list)
    curves: int = 0
    unseen: int = 0
    """Characters without ink, or outside the area their object may show in; they are in no list."""
    slanted: int = 0
    """Characters of text that lies aslant, left out: a watermark would end up in the cells it crosses."""
    missing: int = 0
    """Composites that are not in the file."""


@dataclass(frozen=True)
class _State:
    """What an object takes over from what it stands in."""

    matrix: Matrix
    clip: Box
    parameters: str | None
    within: tuple[str, ...]
    depth: int


class Painter:
    """Draws the pages of one document; counts what it draws, because composites can repeat each other without end."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._left = MOST_OBJECTS
        self._drawing = Drawing()

    def paint(self, objects: Iterable[etree._Element], drawing: Drawing, x: float = 0.0, y: float = 0.0) -> None:
        """Draw layers or objects in their order, with their origin at a place given in millimetres.

        Raises:
            CannotReadError: ``damaged`` (an object has no usable place), ``too_nested``, ``too_large_unpacked``.
        """
        self._drawing = drawing
        start = moved((POINTS, 0.0, 0.0, POINTS, 0.0, 0.0), x, y)
        try:
            self._inside(objects, _State(start, EVERYWHERE, None, (), 0))
        except BadNumberError as error:
            raise CannotReadError("damaged", reason=f"{error} is no place on a page") from error

    def _inside(self, objects: Iterable[etree._Element], state: _State) -> None:
        if state.depth > DEEPEST:
            raise CannotReadError("too_nested")
        for inner in objects:
            self._spend(1)
            tag = tag_of(inner)
            if tag == "TextObject":
                self._text(inner, state)
            elif tag == "PathObject":
                self._path(inner, state)
            elif tag in _BLOCKS:
                own = inner.get("DrawParam") or state.parameters
                self._inside(inner, _State(state.matrix, state.clip, own, state.within, state.depth + 1))
            elif tag == "ImageObject":
                self._picture(inner, state)
            elif tag == "CompositeObject":
                self._composite(inner, state)

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise CannotReadError("too_large_unpacked")

    def _text(self, element: etree._Element, state: _State) -> None:
        drawing = self._drawing
        ink = self._ink_of_text(element, state)
        matrix, clip, height = place(element, state.matrix, state.clip)
        left, top, right, bottom = grown(clip, _LETTER_SLACK)
        shown = ink != "clear" and not is_hidden(element)
        for run in chars_of(element, matrix, height):
            self._spend(len(run))
            for char in run:
                if not shown or char.x0 >= right or char.x1 <= left or char.top >= bottom or char.bottom <= top:
                    drawing.unseen += not char.text.isspace()
                elif char.way == SLANTED:
                    drawing.slanted += not char.text.isspace()
                else:
                    if ink == "white":
                        drawing.white.append(len(drawing.chars))
                    drawing.chars.append(char)

    def _ink_of_text(self, element: etree._Element, state: _State) -> Ink:
        if element.get("Stroke") == "true":
            return ink_of(colour_of(element, "StrokeColor", state.parameters, self._resources)) or "dark"
        if element.get("Fill") == "false":
            return "clear"
        return ink_of(colour_of(element, "FillColor", state.parameters, self._resources)) or "dark"

    def _path(self, element: etree._Element, state: _State) -> None:
        data = child(element, "AbbreviatedData")
        if data is None or not data.text or is_hidden(element):
            return
        drawing = self._drawing
        stroke = colour_of(element, "StrokeColor", state.parameters, self._resources)
        fill = colour_of(element, "FillColor", state.parameters, self._resources)
        stroked = element.get("Stroke") != "false" and ink_of(stroke) in {None, "dark"}
        filled = ink_of(fill) or "none" if element.get("Fill") == "true" else "clear"
        if not stroked and filled == "clear":
            return
        matrix, clip, _ = place(element, state.matrix, state.clip)
        clip = grown(clip, _SLACK)
        parts, curves = subpaths(data.text)
        self._spend(sum(map(len, parts)) + curves)
        drawing.curves += curves
        for points in parts:
            edges = edges_of(points, matrix, clip, curved=curves > 0)
            is_box = len(points) == _BOX_POINTS and len(edges) == _BOX_POINTS - 1
            if stroked or (filled != "white" and (len(edges) == 1 or (is_box and filled == "dark"))):
                drawing.edges += edges
            if is_box and filled in {"dark", "white"}:
                self._area(edges, is_opaque(element, fill), filled == "dark")

    def _area(self, edges: list[Edge], opaque: bool, dark: bool) -> None:
        x0, top = min(edge["x0"] for edge in edges), min(edge["top"] for edge in edges)
        x1, bottom = max(edge["x1"] for edge in edges), max(edge["bottom"] for edge in edges)
        if min(x1 - x0, bottom - top) > _SMALLEST_AREA:
            self._drawing.areas.append(Ground((x0, top, x1, bottom), len(self._drawing.chars), opaque, dark))

    def _picture(self, element: etree._Element, state: _State) -> None:
        if is_hidden(element):
            return
        matrix, clip, _ = place(element, state.matrix, state.clip)
        fills = written_box(element.get("Boundary")) if not element.get("CTM") else None  # without a matrix: its boundary
        box = common(clip, box_in(state.matrix, fills) if fills else box_in(matrix, (0.0, 0.0, 1.0, 1.0)))
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) < 0:
            return
        if min(width, height) <= _THIN:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            edge = line_edge(box[0], y, box[2], y) if width > height else line_edge(x, box[1], x, box[3])
            self._drawing.edges += [edge] if edge and max(width, height) > _RULE_LENGTH else []
            return
        name = element.get("ResourceID") or ""
        self._drawing.pictures.append(Ground(box, len(self._drawing.chars), is_opaque(element), resource=name))

    def _composite(self, element: etree._Element, state: _State) -> None:
        name = element.get("ResourceID") or ""
        if is_hidden(element) or name in state.within:  # a unit inside itself shows nothing more
            return
        unit = self._resources.unit(name)
        if unit is None:
            self._drawing.missing += 1
            return
        matrix, clip, _ = place(element, state.matrix, state.clip)
        parameters = element.get("DrawParam") or state.parameters
        self._inside(unit, _State(matrix, clip, parameters, (*state.within, name), state.depth + 1))
