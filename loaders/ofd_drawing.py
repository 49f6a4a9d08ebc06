"""What a page of OFD shows: its objects one upon the other, with their characters, rules and pictures in points of the page.

Objects stand in layers, blocks and composites, each with a boundary, a matrix and areas it is cut to (GB/T 33190-2016,
clauses 8 to 13). What is invisible, outside its boundary or white is not on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.errors import CannotReadError
from loaders.ofd_paths import edges_of, subpaths
from loaders.ofd_space import (
    EVERYWHERE,
    POINTS,
    BadNumberError,
    Box,
    Matrix,
    box_in,
    common,
    grown,
    inside,
    matrix_of,
    moved,
    numbers,
    written_box,
)
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
_WHITE = 250
_THIN, _RULE_LENGTH = 2.0, 6.0
_SHADED_BOX = 5
"""Points of a rectangle that returns to its start."""


class Resources(Protocol):
    """Where a document keeps what its objects refer to."""

    def unit(self, name: str) -> etree._Element | None:
        """The content of a composite; ``None`` where it is not in the file."""
        ...

    def parameters(self, name: str) -> etree._Element | None:
        """A set of drawing parameters."""
        ...


@dataclass(frozen=True)
class Picture:
    """A picture on a page: its place, its resource, and how many characters were drawn before it and may be under it."""

    box: Box
    resource: str
    after: int


@dataclass
class Drawing:
    """What was drawn on one page, in the order of drawing."""

    chars: list[Char] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    curves: int = 0
    cut_off: int = 0
    """Characters outside the area their object may be drawn in: no viewer shows them."""
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
        if _is_hidden(element) or _is_without_ink(element):
            return
        matrix, clip, boundary = _placed(element, state)
        clip = grown(_cut(element, matrix, clip, state), _LETTER_SLACK)
        for run in chars_of(element, matrix, boundary[3] - boundary[1] if boundary else 0.0):
            self._spend(len(run))
            for char in run:
                if not _shows(char, clip):
                    self._drawing.cut_off += not char.text.isspace()
                elif char.way == SLANTED:
                    self._drawing.slanted += not char.text.isspace()
                else:
                    self._drawing.chars.append(char)

    def _path(self, element: etree._Element, state: _State) -> None:
        data = child(element, "AbbreviatedData")
        if data is None or not data.text or _is_hidden(element):
            return
        stroked = element.get("Stroke") != "false" and self._colour(element, "StrokeColor", state) is not False
        filled = self._colour(element, "FillColor", state) if element.get("Fill") == "true" else False
        if not stroked and filled is False:
            return
        matrix, clip, _ = _placed(element, state)
        clip = grown(_cut(element, matrix, clip, state), _SLACK)
        parts, curves = subpaths(data.text)
        self._spend(sum(map(len, parts)) + curves)
        self._drawing.curves += curves
        for points in parts:
            edges = list(edges_of(points, matrix, clip, curved=curves > 0))
            if stroked or len(edges) == 1 or (filled and len(points) == _SHADED_BOX and len(edges) == _SHADED_BOX - 1):
                self._drawing.edges += edges

    def _colour(self, element: etree._Element, kind: str, state: _State) -> bool | None:
        """Whether a colour leaves ink: ``False`` for white and transparent, ``None`` where none is stated."""
        colour = child(element, kind)
        name = element.get("DrawParam") or state.parameters
        for _ in range(8):  # parameters may be based on others
            parameters = self._resources.parameters(name) if colour is None and name else None
            if parameters is None:
                break
            colour, name = child(parameters, kind), parameters.get("Relative")
        return None if colour is None else not _is_white(colour)

    def _picture(self, element: etree._Element, state: _State) -> None:
        if _is_hidden(element):
            return
        matrix, clip, boundary = _placed(element, state)
        fills = boundary if not element.get("CTM") else None  # without a matrix it fills its boundary
        box = box_in(state.matrix, fills) if fills else box_in(matrix, (0.0, 0.0, 1.0, 1.0))
        box = common(box, _cut(element, matrix, clip, state))
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) < 0:
            return
        if min(width, height) <= _THIN:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            edge = line_edge(box[0], y, box[2], y) if width > height else line_edge(x, box[1], x, box[3])
            self._drawing.edges += [edge] if edge and max(width, height) > _RULE_LENGTH else []
            return
        self._drawing.pictures.append(Picture(box, element.get("ResourceID") or "", len(self._drawing.chars)))

    def _composite(self, element: etree._Element, state: _State) -> None:
        name = element.get("ResourceID") or ""
        if _is_hidden(element) or name in state.within:  # a unit inside itself shows nothing more
            return
        unit = self._resources.unit(name)
        if unit is None:
            self._drawing.missing += 1
            return
        matrix, clip, _ = _placed(element, state)
        clip = _cut(element, matrix, clip, state)
        parameters = element.get("DrawParam") or state.parameters
        self._inside(unit, _State(matrix, clip, parameters, (*state.within, name), state.depth + 1))


def _shows(char: Char, clip: Box) -> bool:
    """Whether an area shows any of a character; some writers draw boundaries close around the ink of a bracket or a dot."""
    return char.x0 < clip[2] and char.x1 > clip[0] and char.top < clip[3] and char.bottom > clip[1]


def _placed(element: etree._Element, state: _State) -> tuple[Matrix, Box, Box | None]:
    """The matrix of an object, the area it shows in, and its boundary in the space it stands in."""
    boundary = written_box(element.get("Boundary"))
    own = matrix_of(element.get("CTM"))
    if boundary is None:
        return (inside(state.matrix, own) if own else state.matrix), state.clip, None
    matrix = _origin(element, state)
    clip = common(state.clip, box_in(state.matrix, boundary))
    return (inside(matrix, own) if own else matrix), clip, boundary


def _origin(element: etree._Element, state: _State) -> Matrix:
    """The space of an object before its own matrix: it begins at the corner of the boundary that is written first."""
    x, y = numbers(element.get("Boundary") or "0 0", 2)[:2]
    return moved(state.matrix, x, y)


def _cut(element: etree._Element, matrix: Matrix, clip: Box, state: _State) -> Box:
    """The area an object shows in after its ``Clips``: the boxes around them, so that rather too much shows than too little."""
    clips = child(element, "Clips")
    if clips is None:
        return clip
    base = _origin(element, state) if clips.get("TransFlag") == "false" else matrix
    for one in clips:
        boxes = [_area(part, base) for part in one if tag_of(part) == "Area"]
        if boxes:
            x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
            clip = common(clip, (min(x0s), min(tops), max(x1s), max(bottoms)))
    return clip


def _area(element: etree._Element, base: Matrix) -> Box:
    path = child(element, "Path")
    boundary = written_box(path.get("Boundary")) if path is not None else None
    if boundary is None:
        return EVERYWHERE
    own = matrix_of(element.get("CTM"))
    return box_in(inside(base, own) if own else base, boundary)


def _is_hidden(element: etree._Element) -> bool:
    return (element.get("Visible") or "").lower() in {"false", "0"} or element.get("Alpha") == "0"


def _is_without_ink(element: etree._Element) -> bool:
    """Text that is neither filled nor outlined, or transparent: the layer recognition leaves behind a scanned page."""
    if element.get("Stroke") == "true":
        return False
    colour = child(element, "FillColor")
    return element.get("Fill") == "false" or (colour is not None and colour.get("Alpha") == "0")


def _is_white(colour: etree._Element) -> bool:
    """Whether a colour cannot be seen on paper; patterns and shadings can."""
    if colour.get("Alpha") == "0":
        return True
    try:
        values = [int(part[1:], 16) if part.startswith("#") else float(part) for part in (colour.get("Value") or "").split()]
    except ValueError:
        return False
    if len(values) == 4:  # cyan, magenta, yellow, black
        return max(values) <= 255 - _WHITE
    return bool(values) and min(values) >= _WHITE
