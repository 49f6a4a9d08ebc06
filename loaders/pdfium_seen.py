"""Which characters of a page a person can see: text may be drawn without ink, in white, under a picture, or cut away.

What cannot be told from the file is tried: the page is drawn with the characters in question and without them, and where both
pictures are alike, nobody can see them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import sub

import pypdfium2

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import Box, Char
from loaders.pdf_streams import Streams
from loaders.pdfium_drawn import Drawn, Matrix, around

_INKLESS = {3, 7}
"""Ways of drawing text without fill and outline; 3 is what recognition programs lay over a scan."""
_PALE = 0xB0
"""From this brightness of all three colours on, text is looked at before it is believed."""
_FAINT = 0x60
"""Opacity out of 255 below which it is looked at."""
_SMALLEST_COVER = 3.0
"""Points up to which a box is a rule and covers nothing."""
_SCALE = 1.5
"""Pixels a point when a page is drawn."""
_LONGEST = 3000
"""Pixels of the longer side of such a picture at most."""
_CONTRAST = 24
"""Steps out of 255 a pixel must change for a person to see it."""
_LIGHT = bytes(range(0x98, 0x100))
"""Shades of grey that are no ink."""
_INK_SHARE = 0.0005
"""Share of dark pixels from which on a picture shows something; one line of text on a page has four times that."""
_MARGIN = 0.1
"""Share of the width of a character left out at each side, where its neighbours may reach."""
_WITHIN = 1.0
"""Points a character may stand out of what it is clipped to."""


def unseen(page: pypdfium2.PdfPage, chars: list[Char], owners: list[int], drawn: Drawn, streams: Streams) -> set[int]:
    """Return the ids of the characters nobody can see.

    Args:
        page: the page, still open; text in question is switched off in it.
        chars: its characters in points from the top left of the paper, not turned.
        owners: the text object of each.
        drawn: what else is on the page.
        streams: what the file may hold at all.
    """
    objects = list(dict.fromkeys(owners))
    inkless = _inkless(objects) if streams.hides_text else set()
    pale = set(objects) if streams.has_layers else _pale(objects)
    clips = _clips(objects, drawn.to_paper)
    hidden: set[int] = set()
    doubtful: list[tuple[Char, int]] = []
    if inkless or pale or clips:
        for char, owner in zip(chars, owners, strict=True):
            if owner in inkless or (owner in clips and not _inside(char, clips[owner])):
                hidden.add(id(char))
            elif owner in pale and not char.text.isspace():
                doubtful.append((char, owner))
    doubtful += _covered(chars, owners, drawn)
    if doubtful:
        hidden |= _invisible(page, doubtful)
    return hidden


def _inkless(objects: list[int]) -> set[int]:
    return {text for text, mode in zip(objects, map(pdfium.text_mode, objects), strict=True) if mode in _INKLESS}


def _pale(objects: list[int]) -> set[int]:
    """Text objects of pale or transparent fill."""
    values = pdfium.collect(pdfium.fill_color, (objects,), len(objects), "I", 1, 1, 1, 1)
    red, green, blue, opacity = (values[i::4] for i in range(4))
    if not objects or (min(max(red), max(green), max(blue)) < _PALE and min(opacity) >= _FAINT):
        return set()
    return {
        text
        for text, *color, alpha in zip(objects, red, green, blue, opacity, strict=True)
        if min(color) >= _PALE or alpha < _FAINT
    }


def _clips(objects: list[int], to_paper: Matrix) -> dict[int, Box]:
    """What each clipped text object is cut to."""
    paths = list(map(pdfium.clip_path, objects))
    counts = list(map(pdfium.clip_count, paths))
    if max(counts, default=0) <= 0:
        return {}
    known: dict[tuple[int, ...], Box] = {}
    clips = {}
    for text, path, count in zip(objects, paths, counts, strict=True):
        if count > 0:
            key = tuple(pdfium.clip_segment(path, i, 0) or 0 for i in range(count))
            if key not in known:
                known[key] = _common([_clip_box(path, i, to_paper) for i in range(count)])
            clips[text] = known[key]
    return clips


def _clip_box(path: int, index: int, to_paper: Matrix) -> Box:
    a, b, c, d, e, f = to_paper
    length = pdfium.clip_length(path, index)
    pieces = [pdfium.clip_segment(path, index, i) for i in range(length)]
    places = pdfium.collect(pdfium.segment_point, (pieces,), length, "f", 1, 1)
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(places[0::2], places[1::2], strict=True)]
    return around(points) if points else (0, 0, 0, 0)


def _common(boxes: Iterable[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (max(x0), max(top), min(x1), min(bottom))


def _inside(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] - _WITHIN <= x <= box[2] + _WITHIN and box[1] - _WITHIN <= y <= box[3] + _WITHIN


def _covered(chars: list[Char], owners: list[int], drawn: Drawn) -> list[tuple[Char, int]]:
    """Characters over which an area or a picture was painted later."""
    covers = [
        (order, box)
        for order, box in (*drawn.areas, *drawn.pictures)
        if box[2] - box[0] > _SMALLEST_COVER and box[3] - box[1] > _SMALLEST_COVER
    ]
    first = next(iter(drawn.texts.values()), 0)
    covers = [(order, box) for order, box in covers if order > first]
    if not covers:
        return []
    by_foot = sorted(zip(chars, owners, strict=True), key=lambda item: item[0].bottom)
    feet = [char.bottom for char, _ in by_foot]
    tallest = max((char.size for char in chars), default=0)
    found = {}
    for order, (x0, top, x1, bottom) in covers:
        for char, owner in by_foot[bisect_left(feet, top) : bisect_left(feet, bottom + tallest)]:
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            if x0 <= x <= x1 and top <= y <= bottom and drawn.texts.get(owner, order) < order and not char.text.isspace():
                found[id(char)] = (char, owner)
    return list(found.values())


def _invisible(page: pypdfium2.PdfPage, doubtful: list[tuple[Char, int]]) -> set[int]:
    """The ids of the characters that make no difference to the picture of the page."""
    with_text = _Picture(page)
    for owner in {owner for _, owner in doubtful}:
        pdfium.set_active(owner, 0)
    without = _Picture(page)
    width, height = page.get_size()
    return {
        id(char)
        for char, _ in doubtful
        if char.x0 >= 0 and char.x1 <= width and char.top >= 0 and char.bottom <= height  # else it cannot be looked at
        if not with_text.differs(without, char)
    }


def inked(page: pypdfium2.PdfPage, pictures: list[Box], texts: Iterable[int]) -> list[Box]:
    """Return the pictures on which anything dark is seen: not the pale ground or mark some programs lay under a page.

    Text is switched off in the page.
    """
    if not pictures:
        return []
    for text in texts:
        pdfium.set_active(text, 0)
    picture = _Picture(page)
    return [box for box in pictures if picture.dark_share(box) > _INK_SHARE]


class _Picture:
    """A page drawn in shades of grey."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        longest = max(page.get_size())
        self._scale = min(_SCALE, _LONGEST / longest)
        bitmap = page.render(scale=self._scale, grayscale=True, draw_annots=False)  # type: ignore[arg-type]
        self._bytes = bytes(bitmap.buffer)
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        bitmap.close()

    def dark_share(self, box: Box) -> float:
        """The share of dark pixels in a box."""
        scale = self._scale
        left, right = max(int(box[0] * scale), 0), min(int(box[2] * scale) + 1, self._width)
        top, bottom = max(int(box[1] * scale), 0), min(int(box[3] * scale) + 1, self._height)
        pixels = b"".join(self._bytes[row * self._stride + left : row * self._stride + right] for row in range(top, bottom))
        return len(pixels.translate(None, _LIGHT)) / max(len(pixels), 1)

    def differs(self, other: _Picture, char: Char) -> bool:
        """Whether a person would see a difference where the character stands."""
        scale, margin = self._scale, _MARGIN * (char.x1 - char.x0)
        left, right = max(int((char.x0 + margin) * scale), 0), min(int((char.x1 - margin) * scale) + 1, self._width)
        top, bottom = max(int(char.top * scale), 0), min(int(char.bottom * scale) + 1, self._height)
        for row in range(top, bottom):
            start = row * self._stride
            mine, theirs = self._bytes[start + left : start + right], other._bytes[start + left : start + right]
            if mine != theirs and max(map(abs, map(sub, mine, theirs))) >= _CONTRAST:
                return True
        return False
