"""A page picture read: its tables cell by cell, its prose line by line, each with its place on the page and a confidence."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import msgspec
import numpy as np

from loaders.grid import Block, Grid, GridCell, TextLine
from loaders.scan.cells import DOUBTFUL, Reading, agreed, is_figure, is_number, read_cells, read_stamped
from loaders.scan.gather import Cell, gather, stain, touch
from loaders.scan.ink import Ink, faint_pieces, find_ink
from loaders.scan.lines import LineOfInk, cut_out, lines_of, words_of
from loaders.scan.recognise import Line, recogniser
from loaders.scan.rules import dark_pixels, rule_masks
from loaders.scan.sheet import DPI, Sheet, as_positive, straightened, without_half_tones
from loaders.scan.splits import divided, possible_splits
from loaders.scan.tables import Field, Table, find_tables
from ogi.report import Source

_LOWEST = 0.4
"""Share of the usual height of a letter below which a line of prose is dirt."""
_NARROW = 0.5
"""Prose is read at half its width, which takes half the time."""
_USUAL_SIZE = 22.0
"""Pixels of height of a letter of 10 points."""
_FEW = 20
"""Pieces of ink too few to measure anything."""
_SIZES = (15.0, 44.0)
"""Pixels of height of a letter that can be read as they are; others are scaled to the usual one."""
_LARGEST = 3.0
_MOST_PIXELS = 16_000_000
"""Pixels up to which a picture is enlarged; a sheet of A3 at 200 dpi has as many."""
_LONGEST_PROSE = 2500.0
"""Lengths of all lines of prose of a page in their own heights; a page closely printed has half of it."""
_UPRIGHT = 0.9
"""Middle confidence of the characters below which a page may lie on its side or on its head."""
_CLEARLY = 2.0
"""How much better a page must read turned than as it is shown."""
_WORDY = 0.2
"""Characters in lines of words per piece of ink, at least; those of a page on its side stand one by one."""
_WORDS = 4
_TRIED_LINES = 10
_CROSSED = 3
"""Cells with ink that runs on into the next one from which a stamp is on the table."""
_READABLE = 0.5
"""Confidence from which a line counts on a page that is not legible as a whole."""
_CLEAR = 0.25
"""Share of the cells with print that must be certain there."""
_BEYOND = 2.0
"""Heights of a letter by which a stamp may reach beyond the rules it crosses."""
_RING = 9
"""Pixels around something grey in which only black rules are rules."""


class _Found(msgspec.Struct, frozen=True):
    """What is on a page before anything is recognised."""

    sheet: Sheet
    ink: Ink
    tables: list[Table]
    size: float
    """Usual height of a letter."""
    per_pixel: float
    """Points per pixel of the sheet's origin."""
    rules: np.ndarray
    """Pixels of the rules."""

    def ink_of(self, grey: np.ndarray) -> Ink:
        """The ink of another picture of the same sheet."""
        return find_ink(grey, dark_pixels(grey), self.rules)

    @property
    def fields(self) -> list[Field]:
        return [field for table in self.tables for field in table.fields]


def read_page(picture: np.ndarray, page: int, points_per_pixel: float) -> list[Block]:
    """Read a page picture of about 200 dpi, however it is turned.

    Args:
        picture: RGB or grey, as the page is shown.
        page: its number, from 1.
        points_per_pixel: for the boxes of the sources.

    Returns:
        Grids and lines of text from top to bottom.
    """
    cv2.setNumThreads(1)
    try:
        return _blocks(as_positive(picture), page, points_per_pixel)
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        raise


def _blocks(picture: np.ndarray, page: int, points_per_pixel: float) -> list[Block]:
    found = _find(picture, points_per_pixel)
    if len(found.ink.left) > _FEW and not _SIZES[0] <= found.size <= _SIZES[1]:
        room = max(1.0, (_MOST_PIXELS / (picture.shape[0] * picture.shape[1])) ** 0.5)
        factor = min(_USUAL_SIZE / found.size, _LARGEST, room)
        way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=way)
        found = _find(picture, points_per_pixel / factor)
    blocks, is_legible = _read(found, page)
    if len(found.ink.left) > _FEW and not is_legible and (turns := better_turned(picture)):
        blocks, is_legible = _read(_find(picture, found.per_pixel, turns), page)
    return blocks if is_legible else [block for block in blocks if _is_clear(block)]


def _is_clear(block: Block) -> bool:
    """Whether there is print in what was found on a page without legible words; photographs have lines too."""
    if not isinstance(block, Grid):
        return block.confidence >= _READABLE
    shown = [cell.confidence for cell in block.cells if cell.text]
    return not shown or sum(confidence > DOUBTFUL for confidence in shown) >= _CLEAR * len(shown)


def _find(picture: np.ndarray, points_per_pixel: float, quarter_turns: int = 0) -> _Found:
    sheet = straightened(picture, quarter_turns)
    dark = dark_pixels(sheet.black)
    masks = rule_masks(dark, DPI)
    rules = cv2.bitwise_or(*masks)
    ink = find_ink(sheet.black, dark, rules)
    letters = np.array(ink.boxes(ink.is_letter), float).reshape(-1, 4)
    return _Found(sheet, ink, find_tables(*masks, letters), _usual_size(ink), points_per_pixel, rules)


def _usual_size(ink: Ink) -> float:
    """The height of the letters in which half of the ink stands; dust is small and counts little."""
    heights, area = (ink.bottom - ink.top)[ink.is_letter], ink.area[ink.is_letter]
    if len(heights) <= _FEW:
        return _USUAL_SIZE
    order = np.argsort(heights, kind="stable")
    share = np.cumsum(area[order])
    return float(heights[order][int(np.searchsorted(share, share[-1] / 2))])


def better_turned(picture: np.ndarray) -> int:
    """By how many quarter turns against the clock the page reads clearly better than as shown, mostly 0; a few lines tell."""
    best: list[float] = []
    for turns in range(4):
        found = _find(picture, 1.0, turns)
        letters = found.ink.boxes(found.ink.is_letter)
        lines = [word for line in lines_of(letters, found.size) for word in words_of(line, found.size)]
        lines.sort(key=lambda line: (line.box[0] - line.box[2], line.box))
        read = recogniser().read([cut_out(found.ink.clean, line, found.size) for line in lines[:_TRIED_LINES]], _NARROW)
        best.append(sum(_sure(read, 2)))
    turns = max(range(4), key=lambda turns: best[turns])
    return turns if best[turns] > _CLEARLY * best[0] else 0


def _read(found: _Found, page: int) -> tuple[list[Block], bool]:
    """Read what was found; also whether its words are legible."""
    ink, size = found.ink, found.size
    owners = _owners(found.fields, ink)
    cells = gather(found.fields, ink, owners, size)
    is_stamped = sum(cell.is_crossed for cell in cells) >= _CROSSED
    if anew := _looked_at_again(found, is_stamped=is_stamped):
        found, ink = anew, anew.ink
        owners = _owners(found.fields, ink)
        cells = gather(found.fields, ink, owners, size)
    if any(not cell.lines for cell in cells):
        stain(cells, faint_pieces(ink.clean, size), size)
    readings = read_cells(cells, ink, size)
    if is_stamped:
        readings = _without_stamp(found, cells, readings)
    rest = iter(readings)
    blocks: list[tuple[float, float, Block]] = []
    for table in found.tables:
        own = [_grid_cell(field, next(rest), found, page) for field in table.fields]
        blocks.append((table.box[1], table.box[0], Grid(cells=tuple(own), page=page)))
    prose = _prose(ink, owners, size)
    lines = recogniser().read([cut_out(found.sheet.all_ink, line, size) for _, line in prose], _NARROW)
    for (top, line), chars in zip(prose, lines, strict=True):
        if text := _line(line, chars, found, page):
            blocks.append((top, line.box[0], text))
    sure = _sure(lines)
    sure += [reading.confidence for reading in readings for part in reading.text.split("\n") if len(part) >= _WORDS for _ in part]
    is_legible = len(sure) > _WORDY * int(ink.is_letter.sum()) and float(np.median(sure)) > _UPRIGHT
    return [block for _, _, block in sorted(blocks, key=lambda item: item[:2])], is_legible


def _looked_at_again(found: _Found, *, is_stamped: bool) -> _Found | None:
    """The page without rules that are the ring of a stamp, and with cells whose border is lost; ``None`` if it stays as it is."""
    anew = _without_ring(found) if is_stamped else found
    splits = possible_splits(anew.tables, anew.ink, anew.size)
    parts = [part for split in splits for part in split.parts]
    read = iter(read_cells(gather(parts, anew.ink, _owners(parts, anew.ink), anew.size), anew.ink, anew.size))
    texts = [[next(read).text for _ in split.parts] for split in splits]
    splits = [s for s, of_parts in zip(splits, texts, strict=True) if not s.needs_figure or any(map(is_figure, of_parts))]
    if splits:
        anew = msgspec.structs.replace(anew, tables=[divided(table, splits) for table in anew.tables])
    return None if anew is found else anew


def _without_ring(found: _Found) -> _Found:
    """What is grey and broad is no rule; its tables are those of the black rules."""
    black = found.sheet.black
    lean = without_half_tones(black, thin_too=False)
    masks = rule_masks(dark_pixels(lean), DPI)
    ring = cv2.dilate((lean != black).astype(np.uint8), np.ones((_RING, _RING), np.uint8))
    rules = np.where(ring > 0, cv2.bitwise_or(*masks), found.rules)
    ink = find_ink(black, dark_pixels(black), rules)
    tables = find_tables(*masks, np.array(ink.boxes(ink.is_letter), float).reshape(-1, 4))
    if len(tables) != len(found.tables):  # the black rules alone are not enough
        return found
    return msgspec.structs.replace(found, ink=ink, tables=tables, rules=rules)


def _sure(lines: Sequence[Line], least: int = _WORDS) -> list[float]:
    """The confidence of the characters of lines of words."""
    return [char.confidence for line in lines if len(line) >= least for char in line]


def _without_stamp(found: _Found, cells: Sequence[Cell], readings: list[Reading]) -> list[Reading]:
    """Read the cells anew from the blackest ink alone, where something grey runs over the table; what differs is doubtful."""
    sheet = msgspec.structs.replace(found.sheet, black=without_half_tones(found.sheet.black))
    ink = found.ink_of(sheet.black)
    lean = gather(found.fields, ink, _owners(found.fields, ink), found.size)
    stain(lean, faint_pieces(found.ink.clean, found.size), found.size)
    x0, top, x1, bottom = found.ink.hull(found.ink.is_through)
    beyond = _BEYOND * found.size  # where it touches a rule only from one side
    stamp = (x0 - beyond, top - beyond, x1 + beyond, bottom + beyond)
    touched = [n for n, cell in enumerate(cells) if touch(stamp, cell.field.box) and cell.lines != lean[n].lines]
    numbers = _number_expected(found.fields, readings)
    again = read_stamped([lean[n] for n in touched], [numbers[n] for n in touched], ink, found.size)
    chosen = list(readings)
    for n, reading in zip(touched, again, strict=True):
        chosen[n] = agreed(readings[n], reading)
    return chosen


def _number_expected(fields: Sequence[Field], readings: Sequence[Reading]) -> list[bool]:
    """Whether most cells at the same places from left to right are numbers."""
    shares: dict[tuple[float, float], list[bool]] = {}
    for field, reading in zip(fields, readings, strict=True):
        shares.setdefault((field.box[0], field.box[2]), []).append(is_number(reading.text))
    return [_mean(shares[field.box[0], field.box[2]]) > 0.5 for field in fields]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _owners(fields: Sequence[Field], ink: Ink) -> np.ndarray:
    """For each piece of ink the number of its field; -1 outside of them."""
    xs, ys = ink.middles
    owners = np.full(len(xs), -1)
    for number, field in enumerate(fields):
        x0, top, x1, bottom = field.box
        owners[(xs > x0) & (xs < x1) & (ys > top) & (ys < bottom)] = number
    return owners


def _prose(ink: Ink, owners: np.ndarray, size: float) -> list[tuple[int, LineOfInk]]:
    """Words outside the tables with the top of their line; none where there is more than a page holds: a photograph or noise."""
    letters = ink.boxes((owners < 0) & ink.is_letter)
    lines = [(line.box[1], word) for line in lines_of(letters, size) for word in words_of(line, size)]
    lines = [(top, line) for top, line in lines if line.box[3] - line.box[1] >= _LOWEST * size]
    length = sum((line.box[2] - line.box[0]) / (line.box[3] - line.box[1]) for _, line in lines)
    return lines if length <= _LONGEST_PROSE else []


def _line(line: LineOfInk, chars: Line, found: _Found, page: int) -> TextLine | None:
    text = "".join(char.text for char in chars).strip()
    if not text:
        return None
    source = Source(page=page, bbox=found.sheet.box_on_page(line.box, found.per_pixel))
    return TextLine(text=text, source=source, confidence=round(min(char.confidence for char in chars), 3))


def _grid_cell(field: Field, reading: Reading, found: _Found, page: int) -> GridCell:
    return GridCell(
        text=reading.text,
        row=field.row,
        column=field.column,
        rowspan=field.rowspan,
        colspan=field.colspan,
        source=Source(page=page, bbox=found.sheet.box_on_page(field.box, found.per_pixel)),
        confidence=reading.confidence,
    )
