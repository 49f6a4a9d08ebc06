"""One small font for all weasyprint PDFs: the characters the samples use, cut out of Noto Sans CJK SC.

The whole Noto font numbers 65,535 glyphs, and every PDF would carry tables for all of them (200 kB). Cut once to the
characters needed, it is small, embeds in every PDF, and extracts through its own character map.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_FACE = "Noto Sans CJK SC"


def cut_font(characters: set[str]) -> bytes:
    """Return an OpenType font with these characters.

    Raises:
        FileNotFoundError: Debian's fonts-noto-cjk is not installed.
    """
    collection = TTCollection(SOURCE)
    font = next(face for face in collection.fonts if face["name"].getDebugName(1) == _FACE)
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=True, recalc_timestamp=False)
    options.drop_tables += ["vmtx", "vhea", "VORG", "BASE", "GSUB", "GPOS"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    font.recalcTimestamp = False
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
