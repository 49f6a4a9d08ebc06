"""Characters of a text object of OFD with their places (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.ofd_space import Matrix, box_in, inside, moved, number, offsets
from loaders.pdf_page import DESCENT, SLANTED, UNKNOWN, UPRIGHT, Char, way_of
from loaders.xml import tag_of

_HALF_WIDTH, _NARROW = 0.5, 0.6
"""Usual and largest share of the font size a digit or a small mark takes; it may be set wider apart."""
_DIGITS = frozenset("0123456789.,:;'|!-+ ()[]{}/")
_WIDE_FROM = "\u00a0"
"""From here on characters are as wide as high in Chinese fonts, unless they are set closer."""
_LINE_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_NO_CHARACTER = "\u00a4"
"""Stands for a glyph that has no code; converters from PDF write it where they only know the glyph."""
_MOST_GLYPHS = 10_000
_QUARTERS: tuple[Matrix, ...] = ((1, 0, 0, 1, 0, 0), (0, 1, -1, 0, 0, 0), (-1, 0, 0, -1, 0, 0), (0, -1, 1, 0, 0, 0))


def chars_of(element: etree._Element, matrix: Matrix, height: float) -> list[list[Char]]:
    """Return the characters of each ``TextCode`` in points of the page.

    Args:
        element: a ``TextObject``.
        matrix: from its own space to the page.
        height: of its boundary, which is the font size where it states none.

    Raises:
        BadNumberError: the place of a character is not written as a number.
    """
    size = abs(number(element.get("Size") or element.get("size"), height))
    stretch = abs(number(element.get("HScale"), 1.0)) or 1.0
    turns = round(number(element.get("CharDirection"), 0.0) / 90) % 4
    found: list[list[Char]] = []
    glyphs: list[etree._Element] = []
    x = y = 0.0
    for child in element:
        tag = tag_of(child)
        if tag == "CGTransform":
            glyphs.append(child)
        elif tag == "TextCode":
            x, y = number(child.get("X"), x), number(child.get("Y"), y)
            text = _text(child)
            if not text:
                continue
            places = _places(child, text, glyphs, size * stretch)
            found.append(_placed(_known(text, glyphs), places, moved(matrix, x, y), size, turns))
            glyphs = []
    return found


def _text(element: etree._Element) -> str:
    """The characters of a ``TextCode``; line ends and tabs are the writer's, not the text's.

    The standard lets a character be written as a backslash and four digits. Hardly anyone does, and a backslash is more
    often one: it is taken for an escape where the distances are as many as that makes characters.
    """
    text = element.text or ""
    if not text.isprintable():
        text = _LINE_BREAKS.sub("", text)
    if "\\" in text:
        short = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        written = (element.get("DeltaX") or element.get("DeltaY") or "").split()
        if "g" not in written and len(written) == len(short) - 1 and len(short) < len(text):
            return short
    return text


def _known(text: str, glyphs: Sequence[etree._Element]) -> str:
    """The text with U+FFFD where only a glyph is known."""
    return text.replace(_NO_CHARACTER, UNKNOWN) if glyphs and _NO_CHARACTER in text else text


def _places(element: etree._Element, text: str, glyphs: Sequence[etree._Element], em: float) -> list[tuple[float, float, float]]:
    """Distance of each character from the first, and its width, in the space of the object."""
    shares = _shares(text, glyphs) if glyphs else None
    count = len(text) if shares is None else sum(number for _, number in shares)
    across, down = offsets(element.get("DeltaX"), count - 1), offsets(element.get("DeltaY"), count - 1)
    letters = text if shares is None else "".join(codes[0] * number for codes, number in shares)
    found = []
    x = y = 0.0
    none = [0.0] * count
    for letter, step_x, step_y in zip(letters, [*across, 0.0] if across else none, [*down, 0.0] if down else none, strict=True):
        if step_x > 0 and not step_y:
            width = min(step_x, em * _NARROW if letter in _DIGITS else em)
        else:
            width = em if letter >= _WIDE_FROM else em * _HALF_WIDTH
        found.append((x, y, width))
        x += step_x or (0.0 if step_y else width)  # where no distance is written the font's own, never one upon the other
        y += step_y
    return found if shares is None else _by_code(found, shares)


def _shares(text: str, glyphs: Sequence[etree._Element]) -> list[tuple[str, int]]:
    """Runs of characters with the number of glyphs that stand for each run.

    Distances are between glyphs: two letters drawn as one ligature have one place, a letter drawn in two parts two.
    """
    groups: dict[int, tuple[int, int]] = {}
    for glyph in glyphs:
        codes, drawn = _whole(glyph.get("CodeCount"), 1), _whole(glyph.get("GlyphCount"), 1)
        if codes != drawn:
            groups[_whole(glyph.get("CodePosition"), 0)] = (codes, drawn)
    found: list[tuple[str, int]] = []
    place = 0
    while place < len(text):
        codes, drawn = groups.get(place, (1, 1))
        found.append((text[place : place + codes], drawn))
        place += codes
    return found


def _whole(text: str | None, least: int) -> int:
    """A count or place; the least one where none is written. Nothing is drawn in hundreds of parts."""
    return int(min(max(number(text, least), least), _MOST_GLYPHS))


def _by_code(places: Sequence[tuple[float, float, float]], shares: Sequence[tuple[str, int]]) -> list[tuple[float, float, float]]:
    """Places of characters from places of glyphs: the letters of a ligature share its width."""
    found: list[tuple[float, float, float]] = []
    start = 0
    for codes, drawn in shares:
        own = places[start : start + drawn]
        for place in range(len(codes)):
            x, y, width = own[min(place, drawn - 1)]
            sharing = len(codes) - drawn + 1
            part = width / sharing if sharing > 1 and place >= drawn - 1 else width
            found.append((x + part * max(place - drawn + 1, 0), y, part))
        start += drawn
    return found


def _placed(text: str, places: Sequence[tuple[float, float, float]], matrix: Matrix, size: float, turns: int) -> list[Char]:
    """Characters in points from the top left of the page."""
    a, b, c, d, e, f = matrix
    way = way_of(a, b)
    if way == UPRIGHT and turns == 0 and d > 0:
        above, below, points = (1 - DESCENT) * size * d, DESCENT * size * d, size * d
        return [
            Char(letter, a * x + c * y + e, base - above, a * (x + width) + c * y + e, base + below, points)
            for letter, (x, y, width) in zip(text, places, strict=True)
            for base in (b * x + d * y + f,)
        ]
    points = size * math.hypot(c, d)
    found = []
    for letter, (x, y, width) in zip(text, places, strict=True):
        own = inside(moved(matrix, x, y), _QUARTERS[turns])
        box = box_in(own, (0.0, -(1 - DESCENT) * size, width, DESCENT * size))
        found.append(Char(letter, *box, points, way if way == SLANTED else (way + turns) % 4))
    return found
