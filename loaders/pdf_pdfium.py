"""Pages of a PDF read by PDFium: several times faster than pdfminer, and it repairs what browsers repair.

PDFium is made for one thread; two at once end the process. :func:`loaders.pdf.read` therefore takes one file at a time, and
the server reads files in worker processes only.
"""

from __future__ import annotations

import pypdfium2
from pypdfium2 import raw

from loaders import pdfium_calls as pdfium
from loaders.errors import CannotReadError
from loaders.pdf_page import PdfPage, RouteFailedError, once, with_dotted_rules
from loaders.pdf_streams import ANYTHING, Streams
from loaders.pdfium_chars import Glyphs
from loaders.pdfium_drawn import Matrix, drawn_on, drop_replacement_texts, inkless_blanks
from loaders.pdfium_seen import inked, unseen

_READ_ANNOTATIONS = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}


class PdfiumDocument:
    """A file opened by PDFium. Close it, and use it in one thread."""

    def __init__(self, data: bytes, streams: Streams | None = None) -> None:
        """Open the file; an empty password is tried where one is needed.

        Args:
            data: the file.
            streams: what its parts say has to be looked for; without it, everything is.

        Raises:
            CannotReadError: ``xfa_form``.
            RouteFailedError: it cannot be opened; why, PDFium does not say reliably.
        """
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise RouteFailedError(str(error)) from error
        self._streams = streams or ANYTHING
        kind = self._document.get_formtype()
        if kind == raw.FORMTYPE_XFA_FULL:
            self.close()
            raise CannotReadError("xfa_form")
        if kind != raw.FORMTYPE_NONE:
            self._document.init_forms()  # before any page is loaded: it draws what fields hold where the file does not
        self.count = len(self._document)

    def close(self) -> None:
        """Free the file."""
        self._document.close()

    def title(self) -> str:
        """The title in the document information, as it is there."""
        return self._document.get_metadata_value("Title")

    def page(self, number: int) -> PdfPage:
        """Read a page, numbered from 1.

        Raises:
            RouteFailedError: it cannot be loaded, or the places of its characters do not tell their order.
        """
        page = self._load(number)
        try:
            if _has_filled_fields(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                page.close()
                page = self._load(number)
            return _read(page, number, self._streams)
        finally:
            page.close()

    def _load(self, number: int) -> pypdfium2.PdfPage:
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise RouteFailedError(str(error)) from error


def _has_filled_fields(page: pypdfium2.PdfPage) -> bool:
    """Whether anything is laid over the page that a person reads as part of it: fields filled in, text boxes, stamps."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _READ_ANNOTATIONS:
            return True
    return False


def _read(page: pypdfium2.PdfPage, number: int, streams: Streams) -> PdfPage:
    width, height = page.get_size()
    to_paper = _to_paper(page)
    count, drawn = raw.FPDFPage_CountObjects(page), None
    if streams.replaces_text:
        drawn = drawn_on(pdfium.address(page), count, to_paper)
        drop_replacement_texts(drawn.texts)
    text = page.get_textpage()
    try:
        glyphs = Glyphs(text, to_paper)
        if drawn is None:
            only_text = not streams.has_forms and count == glyphs.objects
            drawn = drawn_on(pdfium.address(page), 0 if only_text else count, to_paper)
        chars = glyphs.chars()
        hidden = unseen(page, chars, glyphs.owners, drawn, streams)
        pictures = [box for _, box in drawn.pictures]
        if len(hidden) < len(chars):  # else the page is its picture, however pale
            pictures = inked(page, pictures, drawn.texts)
        blanks = inkless_blanks(glyphs.without_characters(drawn.texts), drawn)
    finally:
        text.close()
    if hidden:
        chars = [char for char in chars if id(char) not in hidden]
    return PdfPage(
        number=number,
        width=width,
        height=height,
        chars=once([*chars, *blanks]),
        edges=with_dotted_rules(drawn.edges),
        pictures=pictures,
        curves=drawn.curves,
        codes=("hidden_text",) if hidden else (),
    )


def _to_paper(page: pypdfium2.PdfPage) -> Matrix:
    """From the coordinates of the file to points from the top left of the page as a viewer shows it, cut and turned."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }[page.get_rotation()]
