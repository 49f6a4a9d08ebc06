"""Image-only PDFs: the pages of a text PDF drawn at 150 dpi and kept as JPEG, as a scanner would leave them."""

from __future__ import annotations

import io
import time
from typing import Any

import pypdfium2
from PIL import Image

_DPI = 150
_SCALE: Any = _DPI / 72  # pypdfium2 takes fractions, its annotation says int
_FIXED = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))


def write_scan(pdf: bytes) -> bytes:
    """Return a PDF whose pages are grey pictures of the pages of ``pdf``; it holds no text at all."""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[Image.Image] = [page.render(scale=_SCALE).to_pil().convert("L") for page in document]
    target = io.BytesIO()
    pages[0].save(
        target,
        format="PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=_DPI,
        quality=45,
        creationDate=_FIXED,
        modDate=_FIXED,
    )
    return target.getvalue()
