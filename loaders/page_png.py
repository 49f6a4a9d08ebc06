"""A page of a PDF as a PNG picture, to be sent where a document cannot be opened."""

from __future__ import annotations

from io import BytesIO

from loaders.pdf_images import render_page


def page_png(data: bytes, page_number: int = 1, dpi: float = 160) -> bytes:
    """Return a page as PNG.

    Args:
        data: a PDF.
        page_number: from 1.
        dpi: pixels per inch.

    Raises:
        CannotReadError: see :func:`loaders.pdf_images.render_page`.
    """
    out = BytesIO()
    render_page(data, page_number, dpi).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
