"""Pages of a PDF read by pdfplumber alone: the way for what PDFium cannot read, and the check of what it reads.

Slower, and it knows less of what can be seen: it sees neither clipping nor what lies over a text.
"""

from __future__ import annotations

import io
import logging
from contextlib import closing
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from loaders.errors import CannotReadError
from loaders.pdf_page import (
    UNKNOWN,
    Box,
    Char,
    Edge,
    PdfPage,
    box_edges,
    line_edge,
    on_base_line,
    once,
    outline_edges,
    way_of,
    with_dotted_rules,
)

_WHITE = 0.97
"""From this brightness on, a fill cannot be told from paper."""
_FAILURES = (PdfminerException, PDFException, PSException)

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # a warning per glyph of every Type 3 font otherwise


class PlumberDocument:
    """A file opened by pdfplumber."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            CannotReadError: ``password_needed``, ``damaged``; also where pages are lost: pdfminer passes over what it
                cannot find, and a lost page is not an empty one.
        """
        try:
            self._pdf = pdfplumber.open(io.BytesIO(data))
            self.count = len(self._pdf.pages)
            promised = resolve1(dict_value(self._pdf.doc.catalog.get("Pages", {})).get("Count"))
        except _FAILURES as error:
            raise _reason(error) from error
        if isinstance(promised, int) and promised > self.count:
            raise CannotReadError("damaged", reason=f"{self.count} / {promised} pages")

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()

    def title(self) -> str:
        """The title in the document information, as it is there; UTF-16 of either byte order, which WPS writes."""
        raw = next((resolve1(info["Title"]) for info in self._pdf.doc.info if "Title" in info), b"")
        if not isinstance(raw, bytes):
            return ""
        return raw.decode("utf-16", errors="replace") if raw.startswith(b"\xff\xfe") else decode_text(raw)

    def page(self, number: int) -> PdfPage:
        """Read a page, numbered from 1.

        Raises:
            CannotReadError: ``damaged``.
        """
        if number > self.count:
            raise CannotReadError("damaged", reason=f"{self.count} / {number} pages")
        try:
            with closing(self._pdf.pages[number - 1]) as page:
                if not all(isinstance(resolve1(part), PDFStream) for part in page.page_obj.contents):
                    raise CannotReadError("damaged", reason=f"content of page {number} is lost")
                return _read(page)
        except _FAILURES as error:
            raise _reason(error) from error


def _reason(error: Exception) -> CannotReadError:
    """What is wrong with the file, from what pdfminer raised (pdfplumber wraps it)."""
    cause = next((item for item in error.args if isinstance(item, Exception)), error)
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return CannotReadError("password_needed")
    return CannotReadError("damaged", reason=str(cause) or type(cause).__name__)


def _read(page: Page) -> PdfPage:
    left, top, right, bottom = _shown(page)
    edges: list[Edge] = []
    for shape in (*page.rects, *page.lines, *page.curves):
        if _is_seen(shape):
            edges += _edges(shape, left, top)
    return PdfPage(
        number=page.page_number,
        width=right - left,
        height=bottom - top,
        chars=once(_char(char, left, top) for char in page.chars),
        edges=with_dotted_rules(edges),
        pictures=[_moved(_box(image), left, top) for image in page.images],
        curves=len(page.curves),
        codes=("fields_left_out",) if any(_is_filled(annotation["data"]) for annotation in page.annots) else (),
    )


def _is_filled(annotation: dict[str, Any]) -> bool:
    """Whether an annotation is a field with a value or a text box, whose text pdfminer does not give."""
    return any(annotation.get(entry) for entry in ("V", "AP")) and str(annotation.get("Subtype")) in ("/'Widget'", "/'FreeText'")


def _shown(page: Page) -> Box:
    """The part of a page that is shown, in pdfplumber's coordinates; its own ``cropbox`` is wrong on turned pages."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    crop = page.page_obj.cropbox
    cut = [max(crop[0] - x0, 0), max(crop[1] - y0, 0), max(x1 - crop[2], 0), max(y1 - crop[3], 0)]  # left, foot, right, head
    left, foot, right, head = cut
    sides = {
        0: (left, head, right, foot),
        90: (foot, left, head, right),
        180: (right, foot, left, head),
        270: (head, right, foot, left),
    }
    cut_left, cut_top, cut_right, cut_bottom = sides[page.rotation]
    return (page.bbox[0] + cut_left, page.bbox[1] + cut_top, page.bbox[2] - cut_right, page.bbox[3] - cut_bottom)


def _box(thing: dict[str, Any]) -> Box:
    return (thing["x0"], thing["top"], thing["x1"], thing["bottom"])


def _moved(box: Box, left: float, top: float) -> Box:
    return (box[0] - left, box[1] - top, box[2] - left, box[3] - top)


def _char(char: dict[str, Any], left: float, top: float) -> Char:
    """One of pdfplumber's characters; glyphs of which the file does not say what they are become U+FFFD."""
    a, b, _, _, x, y = char["matrix"]
    way = way_of(a, -b)
    size = char["x1"] - char["x0"] if way % 2 else char["bottom"] - char["top"]
    foot = char["bottom"] + (char["y0"] - y if char["adv"] > 0 else 0)  # text from top to bottom steps back
    box = on_base_line(_moved(_box(char), left, top), x - left, foot - top, size, way)
    return Char(UNKNOWN if char["text"].startswith("(cid:") else char["text"], *box, size, way)


def _edges(shape: dict[str, Any], left: float, top: float) -> list[Edge]:
    if shape["object_type"] == "rect":
        return box_edges(_moved(_box(shape), left, top))
    if shape["object_type"] == "line":
        edge = line_edge(*_moved(_box(shape), left, top))
        return [edge] if edge else []
    points = [(x - left, y - top) for x, y in shape["pts"]]
    return outline_edges([*points, points[0]] if shape["fill"] else points)


def _is_seen(shape: dict[str, Any]) -> bool:
    filled = shape["fill"] and not _is_white(shape["non_stroking_color"])
    return bool(filled or (shape["stroke"] and not _is_white(shape["stroking_color"])))


def _is_white(color: Any) -> bool:
    """Whether a colour of pdfminer is white: grey, red-green-blue, or four inks."""
    if isinstance(color, int | float):
        color = (color,)
    if not isinstance(color, tuple | list) or not color or not all(isinstance(part, int | float) for part in color):
        return False
    if len(color) == 4:
        return max(color) <= 1 - _WHITE
    return min(color) >= _WHITE
