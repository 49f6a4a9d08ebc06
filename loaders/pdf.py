"""PDF files with a text layer: printed lines and ruled tables, page by page, with the place of each on its page."""

from __future__ import annotations

import threading
from contextlib import closing

import msgspec

from loaders.characters import printed
from loaders.grid import Grid, Pages
from loaders.limits import LIMITS
from loaders.page_blocks import read_pages
from loaders.pdf_document import Document, open_document
from loaders.pdf_page import Box
from loaders.pdf_streams import look_through
from ogi.report import Notice

MEDIA_TYPE = "application/pdf"
_DOUBTED = 0.5
"""Confidence in a file whose checksum fails."""
_one_at_a_time = threading.Lock()
"""PDFium ends the process where two threads use it."""


def read(data: bytes, name: str) -> Pages:
    """Read a PDF by its text layer.

    Every table on every page is a grid of its own, cells with page (from 1) and box in points from the top left of the paper
    as a viewer shows it; words in no cell are lines. A page with a picture and no text, or with letters that have no known
    characters, is read by recognition where that is installed, else listed in ``image_pages``.

    Raises:
        CannotReadError: ``password_needed``, ``damaged``, ``no_pages``, ``too_many_pages``.
    """
    streams = look_through(data)
    with _one_at_a_time, closing(open_document(data, streams)) as document:
        pages, pictures = read_document(document)
    if streams.fails_checksum:
        pages = _doubted(pages)
    if not pictures:
        return pages
    from loaders.pdf_images import with_pictures_read  # noqa: PLC0415 - recognition, which few files need

    return with_pictures_read(pages, data, pictures)


def read_document(document: Document) -> tuple[Pages, dict[int, list[Box]]]:
    """Read the text of an opened PDF, see :func:`read`, and say where pictures stand that no text gives the content of.

    Their pages are ``image_pages``. Where such a picture is all there is to a page, it is the whole page, and nothing is read.
    """
    LIMITS.check_pages(document.count)
    pages = (document.page(number) for number in range(1, document.count + 1))
    return read_pages(pages, MEDIA_TYPE, printed(document.title()).strip())


def _doubted(pages: Pages) -> Pages:
    """The pages of a file in which something is not as it was written: nothing on them is certain."""
    blocks = []
    for block in pages.blocks:
        if isinstance(block, Grid):
            cells = tuple(msgspec.structs.replace(cell, confidence=_DOUBTED) for cell in block.cells)
            blocks.append(msgspec.structs.replace(block, cells=cells))
        else:
            blocks.append(msgspec.structs.replace(block, confidence=_DOUBTED))
    return msgspec.structs.replace(pages, blocks=tuple(blocks), notices=(*pages.notices, Notice(code="checksum_fails")))
