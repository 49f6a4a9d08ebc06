"""What every file reader hands on: the document as a sequence of text lines and grids of cells, in reading order.

A reader knows its format and nothing of the form. It says what stands where; :mod:`loaders.layout` says what it means.
"""

from __future__ import annotations

import msgspec

from loaders.origin import Origin
from ogi.report import Notice, Source


class GridCell(msgspec.Struct, frozen=True, kw_only=True):
    """One printed cell. A merged cell stands once, at its top left, with its spans."""

    text: str
    """The text as printed; line breaks inside the cell are kept as ``\\n``."""
    row: int
    """Row in the grid, from 0."""
    column: int
    """First grid column the cell covers, from 0."""
    rowspan: int = 1
    colspan: int = 1
    source: Source = Source()
    confidence: float = 1.0


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table as printed. Cells are sorted by row, then column. A table cut by a page end is two grids."""

    cells: tuple[GridCell, ...]
    page: int | None = None

    @property
    def height(self) -> int:
        """Number of grid rows."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Number of grid columns."""
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def rows(self) -> list[list[GridCell]]:
        """The cells of each row that *start* in it, left to right."""
        rows: list[list[GridCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line or paragraph of prose outside tables."""

    text: str
    source: Source = Source()
    confidence: float = 1.0


Block = Grid | TextLine


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """A document as its reader found it."""

    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    title: str = ""
    """Title outside the body, where the format has one (HTML ``<title>``, document properties)."""
    image_pages: tuple[int, ...] = ()
    """Pages that hold a picture and no text: nothing was read there, and the report must say so."""
    scanned_pages: tuple[int, ...] = ()
    """Pages whose picture was read by recognition: their cells carry the confidence of it."""
    origin: Origin = Origin()
    """What a web page says of its own publication."""
    notices: tuple[Notice, ...] = ()
    """What the reader itself has to say (a part it left out, a tool that is missing)."""
