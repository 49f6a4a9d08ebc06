"""Pictures of the pages of OFD, for recognition where a page is only a picture and for proof: a cell shown on its page.

Pictures, rules and characters are drawn where they stand. Embedded fonts are not used: every character is set in a font for
Chinese of this machine, so letters look different from those of a viewer and stand in the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PIL import Image, ImageChops, ImageDraw, ImageFont

from loaders.errors import CannotReadError
from loaders.ofd_document import OfdDocument, open_ofd
from loaders.ofd_drawing import Ground, Painter
from loaders.ofd_sheet import Sheet, draw_sheet
from loaders.pdf_page import DESCENT, UPRIGHT, Char
from loaders.picture.png import chinese_font
from loaders.picture_frames import MOST_PIXELS, frames

_POINTS = 72
_READING_DPI = 200.0
_INK, _RULE = (0, 0, 0), (90, 90, 90)
_FILLER = (150, 150, 150)
Fonts = dict[int, ImageFont.FreeTypeFont | None]
"""Fonts by size in pixels."""


def render_page(data: bytes, page_number: int, dpi: float) -> Image.Image:
    """The picture of a page in RGB; a point is ``dpi / 72`` pixels.

    Where this machine has no font for Chinese a character is a small box in its place.

    Args:
        data: an OFD file.
        page_number: from 1, counted over all documents of the file.
        dpi: pixels per inch.

    Raises:
        CannotReadError: ``page_not_there``, ``page_too_large``, ``picture_too_large``, and what opening the file raises.
    """
    return next(pictures_of_pages(data, [page_number], dpi))[1]


def pictures_of_pages(data: bytes, numbers: Iterable[int], dpi: float = _READING_DPI) -> Iterator[tuple[int, Image.Image, float]]:
    """Number, picture and pixels per inch of some pages; see :func:`render_page`."""
    documents, _ = open_ofd(data)
    painters = [Painter(document) for document in documents]
    for number in numbers:
        index = number - 1
        for document, painter in zip(documents, painters, strict=True):
            if 0 <= index < len(document):
                yield number, _drawn(draw_sheet(document, painter, index), document, dpi / _POINTS, number), dpi
                break
            index -= len(document)
        else:
            raise CannotReadError("page_not_there", page=number)


def _drawn(page: Sheet, document: OfdDocument, scale: float, number: int) -> Image.Image:
    width, height = max(round(page.width * scale), 1), max(round(page.height * scale), 1)
    if width * height > MOST_PIXELS:
        raise CannotReadError("page_too_large", page=number)
    image = Image.new("RGB", (width, height), "white")
    for picture in page.drawing.pictures:
        _put_picture(image, picture, document.picture(picture.resource), scale)
    draw = ImageDraw.Draw(image)
    thick = max(1, round(0.6 * scale))
    for edge in page.drawing.edges:
        draw.line([edge[side] * scale for side in ("x0", "top", "x1", "bottom")], fill=_RULE, width=thick)
    fonts: Fonts = {}
    for char in page.chars:
        if not char.text.isspace() and char.size * scale < height:
            _put_char(image, draw, char, scale, fonts)
    return image


def _put_picture(image: Image.Image, picture: Ground, data: bytes | None, scale: float) -> None:
    """Lay a picture upon what is there as ink upon ink; one that is missing or of an unknown kind leaves the paper white."""
    left, top, right, bottom = (round(edge * scale) for edge in picture.box)
    if not data or right <= left or bottom <= top or left >= image.width or top >= image.height:
        return
    if (right - left) * (bottom - top) > MOST_PIXELS:
        return
    try:
        shown = next(frames(data))[0].convert("RGB").resize((right - left, bottom - top), Image.Resampling.BOX)
    except CannotReadError as error:
        if error.code == "damaged":
            return
        raise
    under = image.crop((left, top, right, bottom))
    image.paste(ImageChops.darker(under, shown), (left, top))


def _put_char(image: Image.Image, draw: ImageDraw.ImageDraw, char: Char, scale: float, fonts: Fonts) -> None:
    size = max(round(char.size * scale), 1)
    if size not in fonts:
        fonts[size] = chinese_font(size)
    font = fonts[size]
    box = [edge * scale for edge in (char.x0, char.top, char.x1, char.bottom)]
    if font is None:
        draw.rectangle(box, outline=_FILLER)
    elif char.way == UPRIGHT:
        draw.text((box[0], box[3] - DESCENT * size), char.text, font=font, fill=_INK, anchor="ls")
    else:
        letter = Image.new("L", (size, size), 0)
        ImageDraw.Draw(letter).text((0, size - DESCENT * size), char.text, font=font, fill=255, anchor="ls")
        image.paste(_INK, (round(box[0]), round(box[1])), letter.rotate(-90 * char.way, expand=True))
