"""Printed lines joined to paragraphs, with the way back from every position to its line.

A page tells by its margins: a line that reaches the right margin runs on, a line that is indented or set apart begins anew.
Wrapped plain text tells by the length of its lines only. Web pages and Word files give whole paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from loaders.grid import TextLine
from loaders.normalise import plain
from ogi.report import Source

_ENDS = re.compile(r"[。：:！!？?…]\s*[”’」』）)]?\s*$")
_ITEM = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、是]|\d{1,2}[、.．)）](?!\d)|[①-⑳])"
)
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_SHORTEST_FULL_LINE = 20
"""A line of wrapped text shorter than this does not run on into the next one: it is a title, a signature or a list."""
_SURELY_CUT = 60
"""A line longer than this that ends without a stop was cut; no heading is so long."""
_FAR = 6
"""Lines of a text that stand so far apart do not belong together."""
_TOLERANCE = 3.5
"""How many letters a full line may fall short of the margin: a word of Latin letters or a bracket moved to the next line."""


_ENOUGH_INDENTS = 3


class Place(NamedTuple):
    """Where a printed line of a paragraph begins in its text, where it stands in the document, how surely it was read."""

    offset: int
    source: Source
    confidence: float


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of prose with the printed lines it was joined from.

    ``section`` is ``None`` before the first heading and ``OTHER_SECTION`` in a part the form does not have.
    """

    section: str | None
    text: str
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """The printed line a position of the text stands in."""
        return self.places[self._line(offset)]

    def confidence(self, start: int, end: int) -> float:
        """How surely the lines were read in which the text from ``start`` to ``end`` stands."""
        return min(place.confidence for place in self.places[self._line(start) : self._line(end) + 1])

    def _line(self, offset: int) -> int:
        return bisect_right(self.places, offset, key=lambda place: place.offset) - 1


class Margins(NamedTuple):
    """What the lines of a document have in common. Numbers are points on the page, or letters in plain text."""

    left: dict[int, float]
    right: dict[int, float]
    pitch: float
    longest: int
    indents: bool
    """Whether paragraphs begin indented."""


def margins_of(lines: Sequence[TextLine]) -> Margins:
    """Measure the margins of the pages and the usual distance of lines."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    gaps: Counter[int] = Counter()
    longest = 0
    page_before, top_before = None, 0.0
    for line in lines:
        longest = max(longest, len(line.text))
        page, box = line.source.page, line.source.bbox
        if page is None or box is None:
            continue
        if page_before == page and box[1] - top_before > 0.9 * (box[3] - box[1]):
            gaps[round(box[1] - top_before)] += 1
        page_before, top_before = page, box[1]
        if len(line.text) >= _SHORTEST_FULL_LINE:
            left[page] = min(left.get(page, box[0]), box[0])
            right[page] = max(right.get(page, box[2]), box[2])
    # Paragraphs may be set apart, so the usual distance is the smallest that is not rare.
    pitch = min((gap for gap, count in gaps.items() if count * 10 >= gaps.total()), default=0)
    return Margins(left, right, float(pitch), longest, sum(_is_indented(line, left) for line in lines) >= _ENOUGH_INDENTS)


def _is_indented(line: TextLine, left: dict[int, float]) -> bool:
    page, box = line.source.page, line.source.bbox
    return bool(page in left and box and 1.2 < (box[0] - left[page]) / max(1.0, box[3] - box[1]) < 3.5)


def paragraphs_of(lines: Sequence[TextLine], section: str | None, margins: Margins | None) -> list[Paragraph]:
    """Join the lines of one section; without ``margins`` every line is a paragraph."""
    joined: list[tuple[list[str], list[Place]]] = []
    length = 0
    previous: TextLine | None = None
    for line in lines:
        text = clean(line.text)
        if not text:
            continue
        if previous is not None and margins is not None and _runs_on(previous, line, margins):
            pieces, places = joined[-1]
            if pieces[-1][-1:].isascii() and pieces[-1][-1:].isalnum() and text[0].isascii() and text[0].isalpha():
                pieces.append(" ")
                length += 1
        else:
            pieces, places = [], []
            joined.append((pieces, places))
            length = 0
        places.append(Place(length, line.source, line.confidence))
        pieces.append(text)
        length += len(text)
        previous = line
    return [Paragraph(section=section, text="".join(pieces), places=tuple(places)) for pieces, places in joined]


def clean(text: str) -> str:
    """The text as printed, without blanks around it and with Kangxi radicals as ordinary characters."""
    return _RADICALS.sub(lambda found: plain(found[0]), text).strip()


def _runs_on(line: TextLine, following: TextLine, margins: Margins) -> bool:
    if line.source.bbox and following.source.bbox and line.source.page in margins.right:
        return _runs_on_page(line, following, margins)
    if _ENDS.search(line.text) or _ITEM.match(following.text) or following.text.startswith("\u3000\u3000"):
        return False
    number, below = line.source.line, following.source.line
    apart = 1 if line.source.page is not None else below - number if number is not None and below is not None else _FAR
    length = len(line.text.strip())
    if length >= _SURELY_CUT:
        return apart <= _FAR // 2  # a blank line or two stand where a page ended
    return apart == 1 and length >= _SHORTEST_FULL_LINE and length * 10 >= margins.longest * 6


def _runs_on_page(line: TextLine, following: TextLine, margins: Margins) -> bool:
    """Whether a printed line goes on in the next one, by where both stand on their pages."""
    box, below = line.source.bbox, following.source.bbox
    page, next_page = line.source.page, following.source.page
    if box is None or below is None or page is None or next_page is None:
        return False
    letter = max(1.0, box[3] - box[1])
    indented = below[0] - margins.left.get(next_page, below[0]) > 1.2 * letter
    full = margins.right[page] - box[2] <= _TOLERANCE * letter
    near = page != next_page or below[1] - box[1] <= 1.35 * (margins.pitch or 2 * letter)
    if indented or not near:
        return False
    if _ENDS.search(line.text):  # a sentence may end where the line does
        return full and margins.indents and not _ITEM.match(following.text) and page == next_page
    if full:
        return True
    return not _ITEM.match(following.text) and len(line.text) >= _SHORTEST_FULL_LINE and not _ENDS.search(line.text)
