"""A table of a Word document, written at once: python-docx builds it cell by cell and takes seconds for a thousand cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
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


def table_xml(rows: Sequence[Sequence[Cell]], *, points: float) -> BaseOxmlElement:
    """Return a table; its first row is repeated on every page and no row is torn by a page's end.

    Args:
        rows: the cells; the spans of every row add up to the same width.
        points: size of the text.
    """
    width = max(sum(cell.span for cell in row) for row in rows)
    grid = "<w:gridCol/>" * width
    body = "".join(_row(row, points, first=number == 0) for number, row in enumerate(rows))
    whole_page = '<w:tblW w:w="5000" w:type="pct"/>'
    shape = f'<w:tblPr>{whole_page}<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="autofit"/></w:tblPr>'
    return parse_xml(f"<w:tbl {nsdecls('w')}>{shape}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")


def _row(row: Sequence[Cell], points: float, *, first: bool) -> str:
    kept = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if first else ''}</w:trPr>"
    return f"<w:tr>{kept}{''.join(_cell(cell, points) for cell in row)}</w:tr>"


def _cell(cell: Cell, points: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if cell.head else ""
    place = "left" if cell.left else "center" if cell.head else "right"
    bold = "<w:b/>" if cell.head else ""
    size = f'<w:sz w:val="{round(points * 2)}"/>'
    text = escape(cell.text.translate(_FORBIDDEN))
    paragraph = f'<w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{place}"/></w:pPr>'
    run = f'<w:r><w:rPr>{bold}{size}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:tc><w:tcPr>{span}{shade}</w:tcPr><w:p>{paragraph}{run}</w:p></w:tc>"
