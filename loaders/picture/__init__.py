"""The proof of a figure: a picture of the place it was read from, with the place boxed.

PDF, scans, pictures and OFD: the page itself (:mod:`.page`). Web pages, Word, Excel and text have no page; there the table or the
lines are drawn again from what the reader hands on (:mod:`.sheet` chooses, :mod:`.drawing` arranges, :mod:`.svg` and :mod:`.png`
draw).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import msgspec

from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.kind import read_pages
from loaders.picture.drawing import drawing_of
from loaders.picture.page import RENDERERS, PageSheets
from loaders.picture.png import SCALE, as_png
from loaders.picture.sheet import sheet_of
from loaders.picture.svg import as_svg
from ogi.form import load_form
from ogi.labels import Labels, Lang, MissingLabelError
from ogi.report import Report, Source

__all__ = ["Extent", "Look", "Picture", "Pictures", "picture_of", "pictures_of"]

Extent = Literal["page", "row", "cell"]
"""How much is shown. ``page``: the whole page or table. ``row``: what stands at the same height, and a little above and below.
``cell``: the cell and what is next to it (a table drawn again always shows the row)."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture should look like."""

    extent: Extent = "row"
    dpi: int = 150
    """Pixels per inch of the page, 36 to 400; a table drawn again is as large as text of 10 points."""
    kind: Literal["png", "svg"] = "png"
    """Of a table or text drawn again; a page is always PNG. SVG uses the fonts of whoever looks at it."""
    lang: Lang = "zh"
    """Language of the description."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of one cell in its surroundings."""

    data: bytes
    media_type: str
    """``image/png`` or ``image/svg+xml``."""
    text: str
    """What it shows, for those who cannot see it."""
    width: int
    height: int
    box: tuple[int, int, int, int]
    """Left, top, right and bottom of the cell in pixels of the picture."""
    is_redrawn: bool = False
    """Whether this is the table drawn again, not the page itself."""


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """The pictures of several cells, and why there is none of others."""

    shown: dict[str, Picture]
    refused: dict[str, tuple[str, dict[str, str | int | float]]]
    """Code and parameters of the ``CannotReadError`` by key."""


def picture_of(data: bytes, report: Report, key: str, look: Look | None = None) -> Picture:
    """Return the picture of a cell, or of the sentence a fact was read from.

    Args:
        data: the content of the file ``report`` was read from.
        report: the report as read from ``data``.
        key: a cell of the form or a ``text.*`` fact; also a cell without a number, where it has a place.
        look: size and language.

    Raises:
        CannotReadError: ``picture_unknown_key``, ``picture_not_read`` (the report has no such cell or fact),
            ``picture_no_place`` (nothing tells where it stands), ``picture_other_file`` (``data`` is not what was read),
            ``picture_needs_font`` (PNG of a table, and no font with Chinese characters on this machine); or what
            reading the file raises.
    """
    return _Artist(data, report, look or Look()).draw(key)


def pictures_of(data: bytes, report: Report, keys: Sequence[str], look: Look | None = None) -> Pictures:
    """Return the pictures of several cells; every page is drawn and every file read once. Never raises for one cell.

    Raises:
        CannotReadError: ``picture_other_file``.
    """
    artist = _Artist(data, report, look or Look())
    shown: dict[str, Picture] = {}
    refused: dict[str, tuple[str, dict[str, str | int | float]]] = {}
    for key in keys:
        try:
            shown[key] = artist.draw(key)
        except CannotReadError as error:
            refused[key] = (error.code, error.params)
    return Pictures(shown=shown, refused=refused)


class _Artist:
    """Draws cells of one file; what it had to open for one it keeps for the next."""

    def __init__(self, data: bytes, report: Report, look: Look) -> None:
        if hashlib.sha256(data).hexdigest() != report.document.sha256:
            raise CannotReadError("picture_other_file", name=report.document.name)
        self._data, self._report, self._look = data, report, look
        self._labels = Labels(look.lang)
        self._sheets = PageSheets(data, report.document.media_type, look.dpi)

    def draw(self, key: str) -> Picture:
        source, printed = _place(self._report, key)
        words = {"label": _label(key, self._look.lang), "raw": " ".join(printed.split()) or "—"}
        if source.page is not None and self._report.document.media_type in RENDERERS:
            png, size, box = self._sheets.cut(source, self._look.extent)
            text = self._labels("picture.page", page=source.page, **words)
            return Picture(data=png, media_type="image/png", text=text, width=size[0], height=size[1], box=box)
        sheet = sheet_of(self._pages, source, printed, whole=self._look.extent == "page")
        if sheet is None:
            raise CannotReadError("picture_no_place", **_names(key))
        drawing = drawing_of(sheet)
        text = self._labels("picture.table" if sheet.is_table else "picture.lines", **words)
        shown, media_type, scale = as_svg(drawing, text), "image/svg+xml", 1
        if self._look.kind == "png":
            shown, media_type, scale = as_png(drawing), "image/png", SCALE
        left, top, right, bottom = (scale * edge for edge in drawing.marked)
        return Picture(
            data=shown, media_type=media_type, text=text, width=scale * drawing.width, height=scale * drawing.height,
            box=(left, top, right, bottom), is_redrawn=True,
        )  # fmt: skip

    @cached_property
    def _pages(self) -> Pages:
        return read_pages(self._data, self._report.document.name)


def _place(report: Report, key: str) -> tuple[Source, str]:
    """Where a cell or fact stands, and what is printed there."""
    reading = report.cells.get(key)
    fact = next((fact for fact in report.facts if fact.key == key), None)
    found = (reading.source, reading.raw) if reading else (fact.source, fact.sentence) if fact else None
    if found is None:
        form = load_form()
        is_known = form.cell(key) is not None or key in form.facts
        raise CannotReadError("picture_not_read" if is_known else "picture_unknown_key", key=key, **_names(key))
    source, printed = found
    if source is None or source == Source():
        raise CannotReadError("picture_no_place", **_names(key))
    return source, printed


def _label(key: str, lang: Lang) -> str:
    try:
        return Labels(lang).field(key)
    except MissingLabelError:
        return key


def _names(key: str) -> dict[str, str]:
    """The name of a cell in both languages, for a message."""
    return {"label": _label(key, "zh"), "label_en": _label(key, "en")}
