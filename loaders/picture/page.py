"""A page of the document itself, with the cell boxed."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Literal

from PIL import Image, ImageDraw

from loaders.errors import CannotReadError
from ogi.report import Source

RENDERERS = {"application/pdf": "loaders.pdf_images"}
"""The module whose ``render_page(data, page_number, dpi)`` draws a page of a media type, one point being dpi / 72 pixels."""

_ABOVE_AND_BELOW = {"row": 42.0, "cell": 18.0}
_BESIDE = 36.0
"""Points left around the cell, so that its neighbours are seen."""
_GAP = 1.5
"""Points between the cell and its box: no stroke of the box may cover a digit."""
_COLOUR = (193, 39, 45)
_THICK = 1.5
_DPI = (36, 400)


def picture_of_page(
    data: bytes, media_type: str, source: Source, extent: Literal["page", "row", "cell"], dpi: int
) -> tuple[bytes, tuple[int, int], tuple[int, int, int, int]]:
    """Return a PNG, its size, and the place of the cell in it; a cell with a page and no box gets the whole page.

    Raises:
        CannotReadError: ``page_not_there``, ``page_too_large``, ``damaged``.
    """
    dpi = max(_DPI[0], min(dpi, _DPI[1]))
    page_number = source.page or 0
    page: Image.Image = import_module(RENDERERS[media_type]).render_page(data, page_number, dpi)
    page = page.convert("RGB")
    scale = dpi / 72
    if source.bbox is None:
        return _png(page), page.size, (0, 0, *page.size)
    left, top, right, bottom = source.bbox
    if right <= 0 or bottom <= 0 or left * scale >= page.width or top * scale >= page.height:
        raise CannotReadError("page_not_there", page=page_number)
    thick = max(2, round(_THICK * scale))
    outer = [(left - _GAP) * scale - thick, (top - _GAP) * scale - thick, (right + _GAP) * scale + thick]
    outer.append((bottom + _GAP) * scale + thick)
    ImageDraw.Draw(page).rectangle([round(edge) for edge in outer], outline=_COLOUR, width=thick)
    cut = _cut(page, source.bbox, extent, scale)
    shown = page.crop(cut)
    box = [round(edge * scale) - cut[side] for edge, side in zip(source.bbox, (0, 1, 0, 1), strict=True)]
    inside = (max(box[0], 0), max(box[1], 0), min(box[2], shown.width), min(box[3], shown.height))
    return _png(shown), shown.size, inside


def _cut(page: Image.Image, bbox: tuple[float, float, float, float], extent: str, scale: float) -> tuple[int, int, int, int]:
    """The part of the page to show, in pixels."""
    if extent == "page":
        return (0, 0, page.width, page.height)
    high = _ABOVE_AND_BELOW[extent]
    beside = page.width if extent == "row" else _BESIDE * scale
    return (
        max(0, round(bbox[0] * scale - beside)),
        max(0, round((bbox[1] - high) * scale)),
        min(page.width, round(bbox[2] * scale + beside)),
        min(page.height, round((bbox[3] + high) * scale)),
    )


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, format="PNG", optimize=False)
    return target.getvalue()
