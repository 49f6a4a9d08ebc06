"""What is drawn on a page as PDFium holds it: rules, areas and pictures, and the order in which all was painted."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, compress, islice, repeat
from operator import eq

import msgspec

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import UPRIGHT, Box, Char, Edge, box_edges, on_base_line, outline_edges

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

_REPLACEMENT = b"ActualText"
"""What the file names the text to read instead of the glyphs."""


class Drawn(msgspec.Struct):
    """What a page shows beside its characters, in points from the top left of the paper."""

    to_paper: Matrix
    """Turns coordinates of the page in the file into points from the top left of the paper."""
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
    """Return what is drawn on the page at this address, which has ``count`` objects."""
    walk = _Walk(to_paper)
    walk.objects(pdfium.page_object, page, count, to_paper)
    return walk.drawn


def inkless_blanks(texts: Iterable[int], drawn: Drawn) -> list[Char]:
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
        _, _, tall, up, x, y = times((a, b, c, d, e, f), drawn.frames.get(handle, drawn.to_paper))
        size *= math.hypot(tall, up)
        blanks.append(Char(" ", *on_base_line((x, y, x, y), x, y, size, UPRIGHT), size))
    return blanks


def drop_replacement_texts(texts: Collection[int]) -> None:
    """Make text objects give the characters of their glyphs: what is printed, not what the file says to read instead."""
    counts = list(map(pdfium.mark_count, texts))
    owners = list(compress(texts, counts))
    first = list(map(pdfium.mark_at, owners, repeat(0)))
    # Text objects share their marks: most of a page have one of a few, and each is asked once before any is taken away.
    replaces = {mark for mark in set(first) if pdfium.mark_value(mark, _REPLACEMENT)}
    for handle, mark, count in zip(owners, first, filter(None, counts), strict=True):
        for place in range(count - 1, 0, -1):
            other = pdfium.mark_at(handle, place)
            if pdfium.mark_value(other, _REPLACEMENT):
                pdfium.remove_mark(handle, other)
        if mark in replaces:
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
    """One pass over all objects of a page, those in forms included; what is asked of all of a kind is asked at once."""

    def __init__(self, to_paper: Matrix) -> None:
        self.drawn = Drawn(to_paper)
        self._order = 0

    def objects(self, get: Callable[[int, int], int], parent: int, count: int, matrix: Matrix, depth: int = 0) -> None:
        handles = list(map(get, repeat(parent), range(count)))
        kinds = list(map(pdfium.object_type, handles))
        start = 0
        for place in [*(i for i, kind in enumerate(kinds) if kind == _FORM), count]:
            self._of_one_level(handles[start:place], kinds[start:place], matrix, is_form=depth > 0)
            if place < count and depth < _DEEPEST:
                form = handles[place]
                own = times(_matrices([form])[0], matrix)
                self.objects(pdfium.form_object, form, pdfium.form_count(form), own, depth + 1)
            start = place + 1

    def _of_one_level(self, handles: list[int], kinds: list[int], matrix: Matrix, *, is_form: bool) -> None:
        orders = range(self._order, self._order + len(handles))
        self._order += len(handles)
        texts = dict(compress(zip(handles, orders, strict=True), map(eq, kinds, repeat(_TEXT))))
        self.drawn.texts.update(texts)
        if is_form:
            self.drawn.frames.update(dict.fromkeys(texts, matrix))
        if len(texts) == len(handles):
            return
        others = [(handle, kind, order) for handle, kind, order in zip(handles, kinds, orders, strict=True) if kind != _TEXT]
        self._paths([(handle, order) for handle, kind, order in others if kind == _PATH], matrix)
        for handle, kind, order in others:
            if kind == _IMAGE:
                self.drawn.pictures.append((order, _bounds(handle, matrix)))

    def _paths(self, paths: list[tuple[int, int]], matrix: Matrix) -> None:
        handles = [handle for handle, _ in paths]
        modes = pdfium.collect(pdfium.path_mode, (handles,), len(handles), "I", 1, 1)
        fills, strokes = modes[0::2], modes[1::2]
        seen_fills = _are_seen(pdfium.fill_color, handles, fills)
        seen_strokes = _are_seen(pdfium.stroke_color, handles, strokes)
        matrices = _matrices(handles)
        moves = {own: times(own, matrix) for own in set(matrices)}
        for i, (points, own) in enumerate(zip(_points(handles), matrices, strict=True)):
            seen = seen_fills[i] or seen_strokes[i]
            if not fills[i] and not seen:
                continue
            if fills[i] and (box := _upright_box(points, moves[own])):
                if seen:
                    self.drawn.edges += box_edges(box)
                self.drawn.areas.append((paths[i][1], box))
                continue
            for outline, straight in _outlines(points, moves[own], closed=bool(fills[i])):
                self.drawn.curves += straight != [outline]
                if seen:
                    for part in straight:
                        self.drawn.edges += outline_edges(part)
                if fills[i]:
                    self.drawn.areas.append((paths[i][1], around(outline)))


def _matrices(handles: list[int]) -> list[Matrix]:
    six = iter(pdfium.collect(pdfium.object_matrix, (handles,), len(handles), "f", 6))
    return list(zip(six, six, six, six, six, six, strict=True))


def _bounds(handle: int, matrix: Matrix) -> Box:
    left, bottom, right, top = pdfium.collect(pdfium.object_bounds, ([handle],), 1, "f", 1, 1, 1, 1)
    a, b, c, d, e, f = matrix
    return around([(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)])


def _are_seen(color: Callable[..., int], handles: list[int], used: list[int]) -> list[bool]:
    """Whether the colour of each shape can be told from paper, where it is ``used`` at all."""
    asked = list(compress(handles, used))
    four = iter(pdfium.collect(color, (asked,), len(asked), "I", 1, 1, 1, 1))
    colors = zip(four, four, four, four, strict=True)
    seen = iter([not any(color) or (color[3] >= _FAINT and min(color[:3]) < _WHITE) for color in colors])  # 0000: a pattern
    return [bool(use) and next(seen) for use in used]


def _points(handles: list[int]) -> Iterator[list[tuple[int, int, float, float]]]:
    """The pieces of each shape: kind, whether it closes the outline, and the point it ends at in coordinates of its own."""
    lengths = [min(length, _MOST_SEGMENTS) for length in map(pdfium.path_length, handles)]
    owners = [handle for handle, length in zip(handles, lengths, strict=True) for _ in range(length)]
    pieces = list(map(pdfium.path_segment, owners, chain.from_iterable(map(range, lengths))))
    places = iter(pdfium.collect(pdfium.segment_point, (pieces,), len(pieces), "f", 1, 1))
    all_points = zip(map(pdfium.segment_type, pieces), map(pdfium.segment_closes, pieces), places, places, strict=True)
    for length in lengths:
        yield list(islice(all_points, length))


def _upright_box(points: list[tuple[int, int, float, float]], matrix: Matrix) -> Box | None:
    """The box that one outline draws, as nearly all of them do; ``None`` for any other shape, which :func:`_outlines` tells."""
    if len(points) != 5 or matrix[1] or matrix[2]:
        return None
    (k, g, ax, ay), (l, h, bx, by), (m, i, cx, cy), (n, j, dx, dy), (o, _, ex, ey) = points
    if k != _MOVE or l or m or n or o or g or h or i or j or ax != ex or ay != ey:
        return None
    if not ((ax == bx and cx == dx and ay == dy and by == cy) or (ay == by and cy == dy and ax == dx and bx == cx)):
        return None
    a, _, _, d, e, f = matrix
    x0, x1, y0, y1 = a * ax + e, a * cx + e, d * ay + f, d * cy + f
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _outlines(
    points: list[tuple[int, int, float, float]], matrix: Matrix, *, closed: bool
) -> Iterator[tuple[list[Point], list[list[Point]]]]:
    """Each outline of a shape with its straight parts, which are all of it where no side is bent.

    Closed ones end with their first point; a filled shape is closed whether it says so or not.
    """
    a, b, c, d, e, f = matrix
    outline: list[Point] = []
    straight: list[list[Point]] = [[]]
    for kind, closes, px, py in points:
        point = (a * px + c * py + e, b * px + d * py + f)
        if kind == _MOVE:
            if len(outline) > 1:
                yield _ended(outline, straight, closed=closed)
            outline, straight = [], [[]]
        elif kind == _BEZIER:
            straight.append([])
        outline.append(point)
        straight[-1].append(point)
        if closes and point != outline[0]:
            outline.append(outline[0])
            straight[-1].append(outline[0])
    if len(outline) > 1:
        yield _ended(outline, straight, closed=closed)


def _ended(outline: list[Point], straight: list[list[Point]], *, closed: bool) -> tuple[list[Point], list[list[Point]]]:
    if closed and outline[-1] != outline[0]:
        outline.append(outline[0])
        straight[-1].append(outline[0])
    return outline, [part for part in straight if len(part) > 1]
