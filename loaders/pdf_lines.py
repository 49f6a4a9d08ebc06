"""Characters of a PDF put into lines and words: a file holds places, and blanks only sometimes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from operator import attrgetter

from loaders.characters import printed
from loaders.pdf_page import SLANTED, UPRIGHT, Box, Char, turn

_SAME_LINE = 3.0
"""Points between the feet of characters up to which they stand on one line."""
_BLANK = 3.0
"""Points between two characters from which on there is a blank between them."""
_BY_FOOT = attrgetter("bottom")
_BY_LEFT = attrgetter("x0")
_TOP, _RIGHT = attrgetter("top"), attrgetter("x1")


def lines_of(chars: Sequence[Char], tolerance: float = _SAME_LINE) -> list[list[Char]]:
    """Characters that stand at one height, line by line from top to bottom, each from left to right."""
    feet = list(map(_BY_FOOT, chars))
    if not feet or max(feet) - min(feet) <= tolerance:
        return [sorted(chars, key=_BY_LEFT)] if feet else []
    by_foot = sorted(chars, key=_BY_FOOT)
    lines, foot = [[by_foot[0]]], by_foot[0].bottom
    for char in by_foot[1:]:
        if char.bottom - foot > tolerance:
            lines.append([])
        lines[-1].append(char)
        foot = char.bottom
    for line in lines:
        line.sort(key=_BY_LEFT)
    return lines


def text_of(line: Sequence[Char]) -> str:
    """The text of a line from left to right; one blank where there is room or a printed blank, none at its ends."""
    pieces: list[str] = []
    end = inf
    for char in line:
        text = char.text
        if text.isspace():
            end = -inf if pieces else inf
            continue
        if char.x0 - end > _BLANK:
            pieces.append(" ")
        pieces.append(text)
        end = char.x1
    return "".join(pieces)


def line_texts(chars: Sequence[Char]) -> list[str]:
    """As :func:`text_lines`, without the places."""
    if {char.way for char in chars} <= {UPRIGHT}:
        return [text for text, _ in _upright_lines(chars)]
    return [text for text, _ in text_lines(chars)]


def text_lines(chars: Sequence[Char]) -> Iterator[tuple[str, Box]]:
    """Text and box of each line that prints anything: first those that stand upright, then turned ones in their own direction.

    Slanted text, as of a mark across the page, is no text of the document and is left out.
    """
    for text, line in _upright_lines([char for char in chars if char.way == UPRIGHT]):
        yield text, _around(line)
    for way in range(1, SLANTED):
        turned = [_turned(char, 4 - way) for char in chars if char.way == way]
        for text, line in _upright_lines(turned):
            yield text, turn(_around(line), way, 0, 0)


def _turned(char: Char, quarters: int) -> Char:
    """The character turned about the corner of the page, so that it stands upright; its place may become negative."""
    return Char(char.text, *turn((char.x0, char.top, char.x1, char.bottom), quarters, 0, 0), char.size)


def _upright_lines(chars: Sequence[Char]) -> Iterator[tuple[str, list[Char]]]:
    for line in lines_of(chars):
        text = printed(text_of(line))
        if text:
            yield text, line


def _around(line: Sequence[Char]) -> Box:
    inked = [char for char in line if not char.text.isspace()]
    return (inked[0].x0, min(map(_TOP, inked)), max(map(_RIGHT, inked)), max(map(_BY_FOOT, inked)))
