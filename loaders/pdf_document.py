"""An opened PDF: PDFium reads its pages, and pdfplumber alone those PDFium cannot read.

That is: all pages where a function of PDFium is missing or PDFium cannot open the file; a page it cannot load, whose
characters stand on top of each other, of which it does not know what most characters are, or on which it finds nothing at all.
"""

from __future__ import annotations

from typing import Protocol

from loaders.pdf_page import UNKNOWN, PdfPage, RouteFailedError
from loaders.pdf_streams import Streams

try:
    from loaders.pdf_pdfium import PdfiumDocument
except (ImportError, AttributeError, OSError):  # PDFium is not there, or without a function that is asked for
    PdfiumDocument = None

_FEW_KNOWN = 0.5
"""Share of unknown characters from which on the other reader is asked."""


class Document(Protocol):
    """A PDF file, opened; pages are numbered from 1."""

    count: int

    def title(self) -> str:
        """The title in the document information, as it is there."""
        ...

    def page(self, number: int) -> PdfPage:
        """Read a page."""
        ...

    def close(self) -> None:
        """Free the file."""
        ...


def open_document(data: bytes, streams: Streams) -> Document:
    """Open a PDF by PDFium, or by pdfplumber where PDFium cannot.

    Args:
        data: the file.
        streams: what its parts say has to be looked for.

    Raises:
        CannotReadError: ``password_needed``, ``damaged``.
    """
    if PdfiumDocument is None:
        return _opened_plainly(data)
    try:
        return _Document(data, PdfiumDocument(data, streams))
    except RouteFailedError:
        return _opened_plainly(data)


def _opened_plainly(data: bytes) -> Document:
    from loaders.pdf_plumber import PlumberDocument  # noqa: PLC0415 - loading pdfplumber takes longer than reading a report

    return PlumberDocument(data)


class _Document:
    """PDFium's pages, and pdfplumber's in place of those that fail."""

    def __init__(self, data: bytes, fast: Document) -> None:
        self._data = data
        self._fast = fast
        self._plain: Document | None = None
        self.count = fast.count
        self.title = fast.title

    def page(self, number: int) -> PdfPage:
        try:
            page = self._fast.page(number)
        except RouteFailedError:
            return self._plain_page(number)
        if page.is_empty:
            return self._plain_page(number)
        unknown = _unknown(page)
        if unknown > len(page.chars) * _FEW_KNOWN:
            other = self._plain_page(number)
            return other if _unknown(other) < unknown else page
        return page

    def _plain_page(self, number: int) -> PdfPage:
        if self._plain is None:
            self._plain = _opened_plainly(self._data)
        return self._plain.page(number)

    def close(self) -> None:
        self._fast.close()
        if self._plain is not None:
            self._plain.close()


def _unknown(page: PdfPage) -> int:
    return [char.text for char in page.chars].count(UNKNOWN)
