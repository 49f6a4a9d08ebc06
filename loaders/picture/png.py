"""A drawing as PNG, with a font for Chinese found on this machine."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from loaders.errors import CannotReadError
from loaders.picture.drawing import FONT_SIZE, LINE_HEIGHT, PADDING, Box, Drawing
from loaders.picture.svg import ASIDE, INK, MARK, MARK_FILL, MARK_WIDTH, PAPER, RULE

_NAMES = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf", "SourceHanSansCN-Regular.otf", "NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc",
    "wqy-zenhei.ttc", "msyh.ttc", "simsun.ttc", "simhei.ttf", "PingFang.ttc", "STHeiti Light.ttc", "Hiragino Sans GB.ttc",
    "DroidSansFallbackFull.ttf",
)  # fmt: skip
"""Files of fonts with Chinese characters, the better ones first: Linux, Windows, macOS."""
_SIMPLIFIED = 2
"""Number of the simplified Chinese face in the collections of Noto CJK; the others draw some characters as Japanese."""
SCALE = 2
"""Drawn at twice its size, so that text is sharp."""


def as_png(drawing: Drawing) -> bytes:
    """Return the picture, ``SCALE`` times as large as :class:`Drawing` says.

    Raises:
        CannotReadError: ``picture_needs_font``: no font with Chinese characters is found.
    """
    font = chinese_font(FONT_SIZE * SCALE)
    if font is None:
        raise CannotReadError("picture_needs_font")
    image = Image.new("RGB", (drawing.width * SCALE, drawing.height * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    for box in drawing.boxes:
        _draw(draw, box, font)
    target = io.BytesIO()
    image.save(target, format="PNG", optimize=False)
    return target.getvalue()


def _draw(draw: ImageDraw.ImageDraw, box: Box, font: ImageFont.FreeTypeFont) -> None:
    edges = [edge * SCALE for edge in (box.left, box.top, box.left + box.width, box.top + box.height)]
    if box.is_marked:
        draw.rectangle(edges, fill=MARK_FILL, outline=MARK, width=MARK_WIDTH * SCALE)
    elif not box.is_aside:
        draw.rectangle(edges, outline=RULE, width=SCALE)
    colour = ASIDE if box.is_aside else INK
    top = box.top + (box.height - len(box.lines) * LINE_HEIGHT) / 2
    for number, line in enumerate(box.lines):
        wide = font.getlength(line.text)
        x = (box.left + box.width / 2) * SCALE - wide / 2 if box.is_centred else (box.left + PADDING) * SCALE
        y = (top + (number + 0.5) * LINE_HEIGHT) * SCALE
        for text, strong in line.runs:
            after = x + font.getlength(text)
            draw.text((x, y), text, font=font, fill=colour, anchor="lm", stroke_width=0.6 if strong else 0)
            if strong:
                draw.line([(x, y + 10 * SCALE), (after, y + 10 * SCALE)], fill=INK, width=SCALE)
            x = after


def chinese_font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font with Chinese characters in a size in pixels; ``None`` where this machine has none of those known."""
    path = font_path()
    if path is None:
        return None
    return ImageFont.truetype(path, size, index=_SIMPLIFIED if path.name.endswith("CJK-Regular.ttc") else 0)


@lru_cache(maxsize=1)
def font_path() -> Path | None:
    """Where a font with Chinese characters is; ``None`` where this machine has none of those known."""
    found = {path.name: path for folder in _folders() for path in sorted(folder.rglob("*")) if path.name in _NAMES}
    return next((found[name] for name in _NAMES if name in found), None)


def _folders() -> Iterator[Path]:
    home = Path(os.path.expanduser("~"))
    windows = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"
    for folder in (
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts", windows,
        Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts", Path(sys.prefix, "share", "fonts"),
    ):  # fmt: skip
        if folder.is_dir():
            yield folder
