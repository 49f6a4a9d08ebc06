"""Picture files opened: their frames upright, each as a page with the size it stands for."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import (
    Image,
    ImageFile,
    ImageOps,
    TiffImagePlugin,  # noqa: F401 - its import makes the format known
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

from loaders.errors import CannotReadError

MOST_PIXELS = 100_000_000
"""A page at 600 dpi has 35 million; more would only take memory."""
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
"""Only these are ever decoded, whatever else Pillow knows."""
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, ZeroDivisionError,
           OverflowError, struct.error)  # fmt: skip
"""What Pillow raises for a broken file, by format."""
_PAGE_HEIGHT = 11.69
"""Inches of the longer side of a page whose picture does not say, or hardly can say, how large it is."""
_SCREEN = 96
"""Pixels per inch that cameras and screens write without having measured anything; only more is taken as told."""
_PLAUSIBLE = (5.0, 20.0)
"""Inches of the longer side of a page that are taken as told."""


def frames(data: bytes) -> Iterator[tuple[Image.Image, float]]:
    """The pages of a picture file, upright as its EXIF data says, in RGB or grey, each with its pixels per inch.

    Of an animated picture only the first frame counts; a TIFF is a stack of pages.

    Raises:
        CannotReadError: ``damaged``, ``picture_too_large``.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for its process; half a picture is no page
    with _opened(data) as file:
        for number in range(_count(file)):
            file.seek(number)
            _check_size(file.size)
            yield _frame(file)


def count_frames(data: bytes) -> int:
    """Pages of a picture file.

    Raises:
        CannotReadError: ``damaged``, ``picture_too_large``.
    """
    with _opened(data) as file:
        return _count(file)


def _count(file: Image.Image) -> int:
    try:
        return getattr(file, "n_frames", 1) if file.format == "TIFF" else 1
    except _BROKEN as error:
        raise CannotReadError("damaged", reason=str(error)[:80]) from error


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are checked here, and broken metadata is none of our business
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise CannotReadError("picture_too_large", most=MOST_PIXELS // 1_000_000) from error
    except _BROKEN as error:
        raise CannotReadError("damaged", reason=str(error)[:80]) from error


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise CannotReadError("picture_too_large", most=MOST_PIXELS // 1_000_000)


def _frame(file: Image.Image) -> tuple[Image.Image, float]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told = file.info.get("dpi")
            file.load()
            upright = ImageOps.exif_transpose(file)
            return _on_paper(upright), _resolution(upright.size, told)
    except _BROKEN as error:
        raise CannotReadError("damaged", reason=str(error)[:80]) from error


def _on_paper(picture: Image.Image) -> Image.Image:
    """RGB or grey; what is transparent shows white paper."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return picture.point(lambda value: value / 256).convert("L") if picture.mode != "F" else picture.convert("L")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _resolution(size: tuple[int, int], told: object) -> float:
    """Pixels per inch: as the file says where that makes a page, else as if the longer side were that of A4."""
    longer = max(size)
    if isinstance(told, tuple) and told and isinstance(told[0], int | float) and told[0] > _SCREEN:
        inches = longer / float(told[0])
        if _PLAUSIBLE[0] <= inches <= _PLAUSIBLE[1]:
            return float(told[0])
    return longer / _PAGE_HEIGHT
