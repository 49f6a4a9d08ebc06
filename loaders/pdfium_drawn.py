"""What is drawn on a page as PDFium holds it: rules, areas and pictures, and the order in which all was painted."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import repeat

import msgspec

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import UPRIGHT, Box, Char, Edge, on_base_line, outline_edges

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f as PDF has them: x' = ax + cy + e, y' = bx + dy + f."""
Point = tuple[float, float]

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_BEZIER, _MOVE = 1, 2
_DEEPEST = 12
"""Forms in forms up to here; deeper ones are a trick."""
_MOST_SEGMENTS = 4000
"""A shape of more pieces is a drawing, not a border."""
_WHITE = 0xF8
"""From this brightness of all three colours on, a fill cannot be told from paper."""
_FAINT = 16
"""Opacity out of 255 below which nothing is seen."""


class Drawn(msgspec.Struct):
    """What a page shows beside its characters, in points from the top left of the paper."""

    edges: list[Edge] = []
    pictures: list[tuple[int, Box]] = []
    """Each with its place in the order of painting."""
    areas: list[tuple[int, Box]] = []
    """Filled shapes, white ones too, with their place in the order of painting."""
    texts: dict[int, int] = {}
    """The place of each text object in the order of painting."""
    frames: dict[int, Matrix] = {}
    """Of text objects in forms, what turns the coordinates of the form into points from the top left of the paper."""
    curves: int = 0


def drawn_on(page: int, count: int, to_paper: Matrix) -> Drawn:
    """Return what is drawn on the page at this address, which has ``count`` objects; ``to_paper`` turns its coordinates."""
    walk = _Walk()
    walk.objects(pdfium.page_object, page, count, to_paper)
    return walk.drawn


def inkless_blanks(texts: Iterable[int], drawn: Drawn, to_paper: Matrix) -> list[Char]:
    """The blanks among text objects of which PDFium gives no character: those without any ink, as Type 3 fonts have them."""
    six = (ctypes.c_float * 6)()
    place = ctypes.addressof(six)
    blanks = []
    for handle in texts:
        pdfium.object_bounds(handle, place, place + 4, place + 8, place + 12)
        if six[0] != six[2]:
            continue
        pdfium.text_size(handle, place)
        size = six[0]
        pdfium.object_matrix(handle, place)
        a, b, c, d, e, f = six
        _, _, tall, up, x, y = times((a, b, c, d, e, f), drawn.frames.get(handle, to_paper))
        size *= math.hypot(tall, up)
        blanks.append(Char(" ", *on_base_line((x, y, x, y), x, y, size, UPRIGHT), size))
    return blanks


def drop_replacement_texts(texts: Collection[int]) -> None:
    """Make text objects give the characters of their glyphs: what is printed, not what the file says to read instead."""
    for handle, count in zip(texts, map(pdfium.mark_count, texts), strict=True):
        for place in range(count - 1, -1, -1):
            mark = pdfium.mark_at(handle, place)
            if pdfium.mark_value(mark, b"ActualText"):
                pdfium.remove_mark(handle, mark)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def around(points: list[Point]) -> Box:
    """The smallest box that holds all points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


class _Walk:
    """One pass over all objects of a page, those in forms included."""

    def __init__(self) -> None:
        self.drawn = Drawn()
        self._order = 0
        self._six = (ctypes.c_float * 6)()
        self._ints = (ctypes.c_uint * 4)()

    def objects(self, get: Callable[[int, int], int], parent: int, count: int, matrix: Matrix, depth: int = 0) -> None:
        handles = list(map(get, repeat(parent), range(count)))
        order, texts = self._order, self.drawn.texts
        for handle, kind in zip(handles, map(pdfium.object_type, handles), strict=True):
            order += 1
            if kind == _TEXT:
                texts[handle] = order
                if depth:
                    self.drawn.frames[handle] = matrix
                continue
            self._order = order
            if kind == _PATH:
                self._path(handle, matrix)
            elif kind == _IMAGE:
                self.drawn.pictures.append((order, self._bounds(handle, matrix)))
            elif kind == _FORM and depth < _DEEPEST:
                own = times(self._matrix_of(handle), matrix)
                self.objects(pdfium.form_object, handle, pdfium.form_count(handle), own, depth + 1)
                order = self._order
        self._order = order

    def _matrix_of(self, handle: int) -> Matrix:
        pdfium.object_matrix(handle, ctypes.addressof(self._six))
        a, b, c, d, e, f = self._six
        return (a, b, c, d, e, f)

    def _bounds(self, handle: int, matrix: Matrix) -> Box:
        start = ctypes.addressof(self._six)
        pdfium.object_bounds(handle, start, start + 4, start + 8, start + 12)
        left, bottom, right, top = self._six[:4]
        a, b, c, d, e, f = matrix
        return around([(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)])

    def _path(self, handle: int, matrix: Matrix) -> None:
        mode = ctypes.addressof(self._ints)
        pdfium.path_mode(handle, mode, mode + 4)
        fills, strokes = self._ints[:2]
        seen = bool(fills) and self._is_seen(pdfium.fill_color, handle)
        seen = seen or (bool(strokes) and self._is_seen(pdfium.stroke_color, handle))
        if not fills and not seen:
            return
        for outline, straight in self._outlines(handle, times(self._matrix_of(handle), matrix), closed=bool(fills)):
            self.drawn.curves += straight != [outline]
            if seen:
                for points in straight:
                    self.drawn.edges += outline_edges(points)
            if fills:
                self.drawn.areas.append((self._order, around(outline)))

    def _is_seen(self, color: Callable[..., int], handle: int) -> bool:
        start = ctypes.addressof(self._ints)
        if not color(handle, start, start + 4, start + 8, start + 12):
            return True  # a pattern
        red, green, blue, opacity = self._ints
        return opacity >= _FAINT and min(red, green, blue) < _WHITE

    def _outlines(self, handle: int, matrix: Matrix, *, closed: bool) -> Iterator[tuple[list[Point], list[list[Point]]]]:
        """Each outline of a shape with its straight parts, which are all of it where no side is bent.

        Closed ones end with their first point; a filled shape is closed whether it says so or not.
        """
        a, b, c, d, e, f = matrix
        place, point = ctypes.addressof(self._six), self._six
        outline: list[Point] = []
        straight: list[list[Point]] = [[]]
        for index in range(min(pdfium.path_length(handle), _MOST_SEGMENTS)):
            segment = pdfium.path_segment(handle, index)
            kind = pdfium.segment_type(segment)
            pdfium.segment_point(segment, place, place + 4)
            x, y = point[0], point[1]
            x, y = a * x + c * y + e, b * x + d * y + f
            if kind == _MOVE:
                yield from self._ended(outline, straight, closed=closed)
                outline, straight = [], [[]]
            elif kind == _BEZIER:
                straight.append([])
            outline.append((x, y))
            straight[-1].append((x, y))
            if pdfium.segment_closes(segment) and outline[-1] != outline[0]:
                outline.append(outline[0])
                straight[-1].append(outline[0])
        yield from self._ended(outline, straight, closed=closed)

    def _ended(
        self, outline: list[Point], straight: list[list[Point]], *, closed: bool
    ) -> Iterator[tuple[list[Point], list[list[Point]]]]:
        if len(outline) < 2:
            return
        if closed and outline[-1] != outline[0]:
            outline.append(outline[0])
            straight[-1].append(outline[0])
        parts = [part for part in straight if len(part) > 1]
        yield outline, parts
