"""A table of a Word document, written at once: python-docx builds it cell by cell and takes seconds for a thousand cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from ogi.spreadsheet import storable

ACROSS, UPRIGHT = 15130, 10200
"""A4 across and upright without margins of 1.5 cm, in twentieths of a point."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Cell(NamedTuple):
    """A cell and how it looks."""

    text: str
    span: int = 1
    head: bool = False
    left: bool = False


def table_xml(
    rows: Sequence[Sequence[Cell]],
    *,
    points: float,
    heads: int = 1,
    first: float = 0.34,
    shares: Sequence[float] = (),
    width: int = ACROSS,
) -> BaseOxmlElement:
    """Return a table; its first rows are repeated on every page and no row is torn by a page's end.

    Args:
        rows: the cells; the spans of every row add up to the same width.
        points: size of the text.
        heads: rows that are repeated.
        first: share of the width that the first column takes.
        shares: of every column instead.
        width: of the table, in twentieths of a point.
    """
    count = max(sum(cell.span for cell in row) for row in rows)
    other = round(width * (1 - first) / max(count - 1, 1))
    widths = [round(width * share) for share in shares] or [width - other * (count - 1), *([other] * (count - 1))]
    grid = "".join(f'<w:gridCol w:w="{own}"/>' for own in widths)
    body = "".join(_row(row, widths, points, repeated=number < heads) for number, row in enumerate(rows))
    whole_page = f'<w:tblW w:w="{width}" w:type="dxa"/>'
    lines = f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    margins = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
    shape = f"<w:tblPr>{whole_page}{lines}{margins}</w:tblPr>"
    return parse_xml(f"<w:tbl {nsdecls('w')}>{shape}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")


def _row(row: Sequence[Cell], widths: Sequence[int], points: float, *, repeated: bool) -> str:
    kept = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if repeated else ''}</w:trPr>"
    cells, place = [], 0
    for cell in row:
        cells.append(_cell(cell, sum(widths[place : place + cell.span]), points))
        place += cell.span
    return f"<w:tr>{kept}{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, points: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if cell.head else ""
    place = "left" if cell.left else "center" if cell.head else "right"
    bold, next_row = ("<w:b/>", "<w:keepNext/>") if cell.head else ("", "")
    size = f'<w:sz w:val="{round(points * 2)}"/>'
    text = escape(storable(cell.text))
    paragraph = f'<w:pPr>{next_row}<w:spacing w:before="0" w:after="0"/><w:jc w:val="{place}"/></w:pPr>'
    run = f'<w:r><w:rPr>{bold}{size}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr><w:p>{paragraph}{run}</w:p></w:tc>'
