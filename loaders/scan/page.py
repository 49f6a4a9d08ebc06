"""A page picture read: its tables cell by cell, its prose line by line, each with its place on the page and a confidence."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from loaders.grid import Block, Grid, GridCell, TextLine
from loaders.scan.cells import Reading, gather, read_cells
from loaders.scan.ink import Ink, find_ink
from loaders.scan.lines import LineOfInk, cut_out, lines_of, words_of
from loaders.scan.recognise import recogniser
from loaders.scan.rules import dark_pixels, rule_masks
from loaders.scan.sheet import DPI, Sheet, straightened
from loaders.scan.tables import Field, find_tables
from ogi.report import Source

_LOWEST = 0.4
"""Share of the usual height of a letter below which a line of prose is dirt."""
_NARROW = 0.5
"""Prose is read at half its width, which takes half the time."""
_USUAL_SIZE = 22.0
"""Pixels of height of a letter where a page shows too few to measure."""


def read_page(picture: np.ndarray, page: int, points_per_pixel: float) -> list[Block]:
    """Read a page picture of 200 dpi.

    Args:
        picture: RGB or grey, as the page is shown.
        page: its number, from 1.
        points_per_pixel: for the boxes of the sources.

    Returns:
        Grids and lines of text from top to bottom.
    """
    cv2.setNumThreads(1)
    sheet = straightened(picture)
    dark = dark_pixels(sheet.black)
    masks = rule_masks(dark, DPI)
    tables = find_tables(*masks)
    ink = find_ink(sheet.black, dark, cv2.bitwise_or(*masks))
    heights = (ink.bottom - ink.top)[ink.is_letter]
    size = float(np.median(heights)) if len(heights) > 20 else _USUAL_SIZE
    fields = [field for table in tables for field in table.fields]
    owners = _owners(fields, ink)
    cells = gather(fields, ink, owners, size)
    readings = iter(read_cells(cells, ink, size))
    blocks: list[tuple[float, float, Block]] = []
    for table in tables:
        own = [_grid_cell(field, next(readings), sheet, page, points_per_pixel) for field in table.fields]
        blocks.append((table.box[1], table.box[0], Grid(cells=tuple(own), page=page)))
    prose = _prose(ink, owners, size)
    pictures = [cut_out(sheet.all_ink, line, size) for line in prose]
    for line, found in zip(prose, recogniser().read(pictures, _NARROW), strict=True):
        text = "".join(char.text for char in found).strip()
        if text:
            box = sheet.box_on_page(line.box, points_per_pixel)
            sure = round(min(char.confidence for char in found), 3)
            blocks.append((line.box[1], line.box[0], TextLine(text=text, source=Source(page=page, bbox=box), confidence=sure)))
    return [block for _, _, block in sorted(blocks, key=lambda item: item[:2])]


def _owners(fields: Sequence[Field], ink: Ink) -> np.ndarray:
    """For each piece of ink the number of its field; -1 outside of them."""
    xs, ys = ink.middles
    owners = np.full(len(xs), -1)
    for number, field in enumerate(fields):
        x0, top, x1, bottom = field.box
        owners[(xs > x0) & (xs < x1) & (ys > top) & (ys < bottom)] = number
    return owners


def _prose(ink: Ink, owners: np.ndarray, size: float) -> list[LineOfInk]:
    """Lines of print outside the tables."""
    letters = ink.boxes((owners < 0) & ink.is_letter)
    lines = [word for line in lines_of(letters, size) for word in words_of(line, size)]
    return [line for line in lines if line.box[3] - line.box[1] >= _LOWEST * size]


def _grid_cell(field: Field, reading: Reading, sheet: Sheet, page: int, points_per_pixel: float) -> GridCell:
    return GridCell(
        text=reading.text,
        row=field.row,
        column=field.column,
        rowspan=field.rowspan,
        colspan=field.colspan,
        source=Source(page=page, bbox=sheet.box_on_page(field.box, points_per_pixel)),
        confidence=reading.confidence,
    )
