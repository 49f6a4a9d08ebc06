"""A page of the document itself, with the cell boxed."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Literal

from PIL import Image, ImageDraw

from loaders.errors import CannotReadError
from loaders.kind import OFD, PDF, PICTURES
from ogi.report import Source

RENDERERS = {PDF: "loaders.pdf_images", OFD: "loaders.ofd_picture"} | dict.fromkeys(PICTURES, "loaders.pdf_images")
"""The module whose ``render_page(data, page_number, dpi)`` draws a page of a media type, one point being dpi / 72 pixels."""

_ABOVE_AND_BELOW = {"row": 42.0, "cell": 18.0}
_BESIDE = 36.0
"""Points left around the cell, so that its neighbours are seen."""
_GAP = 1.5
"""Points between the cell and its box: no stroke of the box may cover a digit."""
_COLOUR = (193, 39, 45)
_THICK = 1.5
_DPI = (36, 400)


def has_pages(media_type: str) -> bool:
    """Whether documents of a media type have pages that can be shown as they are."""
    return media_type in RENDERERS


def page_png(data: bytes, media_type: str, number: int, dpi: int) -> bytes:
    """Return a whole page as PNG.

    Args:
        data: the document.
        media_type: one that :func:`has_pages`.
        number: of the page, from 1.
        dpi: pixels per inch, brought to 36–400.

    Raises:
        CannotReadError: ``page_not_there``, ``page_too_large``, ``damaged``, ``password_needed``.
    """
    return PageSheets(data, media_type, dpi).whole(number)


class PageSheets:
    """The pages of one document at one resolution; the last one drawn is kept, because cells come page by page."""

    def __init__(self, data: bytes, media_type: str, dpi: int) -> None:
        self._data, self._media_type = data, media_type
        self._dpi = max(_DPI[0], min(dpi, _DPI[1]))
        self._last: tuple[int, Image.Image] | None = None

    def _page(self, number: int) -> Image.Image:
        if self._last is None or self._last[0] != number:
            drawn: Image.Image = import_module(RENDERERS[self._media_type]).render_page(self._data, number, self._dpi)
            self._last = (number, drawn.convert("RGB"))
        return self._last[1]

    def whole(self, number: int) -> bytes:
        """Return a page as PNG; errors as :meth:`cut`."""
        return _png(self._page(number))

    def cut(
        self, source: Source, extent: Literal["page", "row", "cell"]
    ) -> tuple[bytes, tuple[int, int], tuple[int, int, int, int]]:
        """Return a PNG, its size, and the place of the cell in it; a cell with a page and no box gets the whole page.

        Raises:
            CannotReadError: ``page_not_there``, ``page_too_large``, ``damaged``.
        """
        number, scale = source.page or 0, self._dpi / 72
        page = self._page(number)
        if source.bbox is None:
            return _png(page), page.size, (0, 0, *page.size)
        left, top, right, bottom = source.bbox
        if right <= 0 or bottom <= 0 or left * scale >= page.width or top * scale >= page.height:
            raise CannotReadError("page_not_there", page=number)
        cut = _cut(page, source.bbox, extent, scale)
        shown = page.crop(cut)
        box = [round(edge * scale) - cut[side] for edge, side in zip(source.bbox, (0, 1, 0, 1), strict=True)]
        _frame(shown, box, scale)
        inside = (max(box[0], 0), max(box[1], 0), min(box[2], shown.width), min(box[3], shown.height))
        return _png(shown), shown.size, inside


def _frame(picture: Image.Image, box: list[int], scale: float) -> None:
    """Draw the red frame around the cell, a little outside of it."""
    thick = max(2, round(_THICK * scale))
    away = round(_GAP * scale) + thick
    outer = [box[0] - away, box[1] - away, box[2] + away, box[3] + away]
    ImageDraw.Draw(picture).rectangle(outer, outline=_COLOUR, width=thick)


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
