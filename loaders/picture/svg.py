"""A drawing as SVG: text stays text, in whatever font the reader's machine has for it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from loaders.picture.drawing import FONT_SIZE, LINE_HEIGHT, PADDING, Box, Drawing, DrawnLine

PAPER, INK, RULE, ASIDE, MARK, MARK_FILL = "#ffffff", "#1a1a1a", "#9aa0a6", "#6b7280", "#c1272d", "#fff4cc"
MARK_WIDTH = 3
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','SimSun',sans-serif"


def as_svg(drawing: Drawing, text: str) -> bytes:
    """Return the picture with ``text`` as its title for screen readers; the marked cell has the class ``marked``."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{drawing.width}" height="{drawing.height}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" font-family="{_FONTS}" font-size="{FONT_SIZE}">',
        f"<title>{escape(text)}</title>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *(part for box in drawing.boxes for part in _box(box)),
        "</svg>",
    ]
    return "\n".join(parts).encode("utf-8")


def _box(box: Box) -> Iterator[str]:
    if box.is_marked:
        yield '<g class="marked">'
        style = f'fill="{MARK_FILL}" stroke="{MARK}" stroke-width="{MARK_WIDTH}"'
    elif box.is_aside:
        yield '<g class="aside">'
        style = 'fill="none"'
    else:
        yield "<g>"
        style = f'fill="none" stroke="{RULE}"'
    yield f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" {style}/>'
    first = box.top + (box.height - len(box.lines) * LINE_HEIGHT) / 2 + LINE_HEIGHT * 0.72
    for number, line in enumerate(box.lines):
        if line.text.strip():
            yield _line(box, line, first + number * LINE_HEIGHT)
    yield "</g>"


def _line(box: Box, line: DrawnLine, base: float) -> str:
    x, anchor = (box.left + box.width / 2, "middle") if box.is_centred else (box.left + PADDING, "start")
    runs = "".join(
        f'<tspan font-weight="bold" text-decoration="underline">{escape(text)}</tspan>' if strong else escape(text)
        for text, strong in line.runs
    )
    colour = ASIDE if box.is_aside else INK
    return f'<text x="{x:g}" y="{base:g}" text-anchor="{anchor}" fill="{colour}" xml:space="preserve">{runs}</text>'
