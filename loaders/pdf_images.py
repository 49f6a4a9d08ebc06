"""Pages of a PDF as pictures. PDFium is not thread-safe: only in worker processes and on the command line."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pypdfium2
from PIL import Image

from loaders.errors import CannotReadError

POINTS_PER_INCH = 72
MOST_PIXELS = 50_000_000
"""A page of A3 at 300 dpi has 17 million."""


def render_page(data: bytes, page_number: int, dpi: int) -> Image.Image:
    """Return a page (from 1) as a colour picture; a point of the page is ``dpi / 72`` pixels.

    Raises:
        CannotReadError: ``damaged``, ``page_not_there``, ``page_too_large``.
    """
    scale: Any = dpi / POINTS_PER_INCH  # pypdfium2 takes fractions, its annotation says int
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if not 1 <= page_number <= len(document):
                raise CannotReadError("page_not_there", page=page_number)
            with closing(document[page_number - 1]) as page:
                width, height = page.get_size()
                if width * height * scale**2 > MOST_PIXELS:
                    raise CannotReadError("page_too_large", page=page_number)
                return page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise CannotReadError("damaged", reason=str(error)) from error
