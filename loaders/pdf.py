"""PDF files with a text layer: printed lines and ruled tables, page by page, with the place of each on its page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import closing

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_words

from loaders.characters import printed
from loaders.errors import CannotReadError
from loaders.grid import Block, Pages, TextLine
from loaders.pdf_numbers import Char
from loaders.pdf_tables import find_tables, grid_of, rounded
from ogi.report import Source

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 500
"""An annual report has 3 to 30 pages; a longer file is a yearbook or an accident."""
_SAME_LINE = 3.0
"""Points within which words stand on one line."""
_DESCENT = 0.12
"""Share of the font size below the base line."""
_DRAWN_PAGE = 60
"""So many curves without any text are a page whose letters are drawn, which is a picture to us."""
_UNREADABLE_SHARE = 0.5
_PICTURE_SHARE = 0.5
_PAGE_NUMBER = 12
"""On a page filled by a picture, so few characters are a page number or a mark, not text."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # a warning per glyph of every Type 3 font otherwise


def read(data: bytes, name: str) -> Pages:
    """Read a PDF by its text layer.

    Every table on every page is a grid of its own, cells with page (from 1) and box in points from the top left; words in
    no cell are lines. A page with a picture and no text, or with letters that have no known characters, is listed in
    ``image_pages`` and nothing is read from it.

    Raises:
        CannotReadError: ``password_needed``, ``damaged``, ``no_pages``, ``too_many_pages``.
    """
    blocks: list[Block] = []
    image_pages: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise CannotReadError("no_pages")
            if len(pdf.pages) > MOST_PAGES:
                raise CannotReadError("too_many_pages", pages=len(pdf.pages), most=MOST_PAGES)
            _check_complete(pdf)
            title = _title(pdf)
            for page in pdf.pages:
                with closing(page):
                    chars, beside = _chars(page)
                    if _is_picture(page, chars):
                        image_pages.append(page.page_number)
                    else:
                        blocks.extend(_blocks(page, chars, beside))
            count = len(pdf.pages)
    except (PdfminerException, PDFException, PSException) as error:
        raise _reason(error) from error
    return Pages(
        media_type=MEDIA_TYPE,
        blocks=tuple(blocks),
        pages=count,
        title=title,
        image_pages=tuple(image_pages),
    )


def _reason(error: Exception) -> CannotReadError:
    """What is wrong with the file, from what pdfminer raised (pdfplumber wraps it)."""
    cause = next((item for item in error.args if isinstance(item, Exception)), error)
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return CannotReadError("password_needed")
    return CannotReadError("damaged", reason=str(cause) or type(cause).__name__)


def _check_complete(pdf: PDF) -> None:
    """Refuse a file of which pages are lost: pdfminer passes over what it cannot find, and a lost page is not an empty one."""
    promised = resolve1(dict_value(pdf.doc.catalog.get("Pages", {})).get("Count"))
    if isinstance(promised, int) and promised > len(pdf.pages):
        raise CannotReadError("damaged", reason=f"{len(pdf.pages)} / {promised} pages")


def _title(pdf: PDF) -> str:
    """The title in the document information; UTF-16 with the marks of either byte order, which WPS writes."""
    raw = next((resolve1(info["Title"]) for info in pdf.doc.info if "Title" in info), b"")
    if not isinstance(raw, bytes):
        return ""
    text = raw.decode("utf-16", errors="replace") if raw.startswith(b"\xff\xfe") else decode_text(raw)
    return printed(text).strip()


def _chars(page: Page) -> tuple[list[Char], list[Char]]:
    """The characters that stand on the page and those beside it, once each: bold made by printing twice is one character.

    This is the one place where characters enter; glyphs without a known character become U+FFFD.
    """
    left, top, right, bottom = page.bbox
    here: list[Char] = []
    beside: list[Char] = []
    for char in page.dedupe_chars(tolerance=1, extra_attrs=("size",)).chars:
        if top <= (char["top"] + char["bottom"]) / 2 <= bottom:
            (here if left <= (char["x0"] + char["x1"]) / 2 <= right else beside).append(_on_line(char))
    return here, beside


def _on_line(char: Char) -> Char:
    """The character with the same height above and below its base line in every font.

    Fonts declare different descents, so that the digits of a title stand points above or below its Chinese characters.
    """
    char = {**char, "text": "\ufffd"} if char["text"].startswith("(cid:") else dict(char)
    above_bottom = char["matrix"][5] - char["y0"]
    if char["upright"] and abs(above_bottom) < char["size"]:
        char["bottom"] += _DESCENT * char["size"] - above_bottom
        char["top"] = char["bottom"] - char["size"]
    return char


def _is_picture(page: Page, chars: Sequence[Char]) -> bool:
    """Whether there is nothing to read: no text but a picture, a picture with a page number, or glyphs without characters."""
    visible = [char for char in chars if char["text"].strip()]
    if not visible:
        return bool(page.images) or len(page.curves) > _DRAWN_PAGE
    if len(visible) <= _PAGE_NUMBER:
        covered = sum(image["width"] * image["height"] for image in page.images)
        return covered > page.width * page.height * _PICTURE_SHARE
    return sum(char["text"] == "\ufffd" for char in visible) > len(visible) * _UNREADABLE_SHARE


def _blocks(page: Page, chars: list[Char], beside: list[Char]) -> list[Block]:
    """Grids and lines of a page from top to bottom.

    A table wider than the page is read as a whole: a number cut by the paper's edge would be another number.
    """
    placed: list[tuple[float, float, Block]] = []
    for table in find_tables(page):
        grid, used = grid_of(table, [*chars, *beside], page.page_number)
        chars = [char for char in chars if id(char) not in used]
        placed.append((table.bbox[1], table.bbox[0], grid))
    placed += [(line.source.bbox[1], line.source.bbox[0], line) for line in _lines(chars, page.page_number) if line.source.bbox]
    return [block for _, _, block in sorted(placed, key=lambda item: item[:2])]


def _lines(chars: list[Char], page_number: int) -> Iterator[TextLine]:
    """Words that stand at one height, left to right."""
    words = extract_words(chars)
    for group in cluster_objects(words, "bottom", _SAME_LINE):
        group.sort(key=lambda word: word["x0"])
        box = (
            min(word["x0"] for word in group),
            min(word["top"] for word in group),
            max(word["x1"] for word in group),
            max(word["bottom"] for word in group),
        )
        text = printed(" ".join(word["text"] for word in group))
        if text:
            yield TextLine(text=text, source=Source(page=page_number, bbox=rounded(box)))
