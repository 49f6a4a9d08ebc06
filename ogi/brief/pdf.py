"""Pages as PDF with the font embedded, by WeasyPrint; what is missing on the machine is named and not guessed around."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, NoReturn

Part = Literal["weasyprint", "pango", "chinese_font"]
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "SimHei", "SimSun",
)  # fmt: skip
"""Fonts with Chinese letters, the first one there is taken."""


class PartMissingError(RuntimeError):
    """A part of the machine is missing without which no PDF can be made."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self.part: Part = part
        """A message ``brief.missing.…``."""


def missing_part() -> Part | None:
    """Return what is missing on this machine; ``None`` where a PDF can be made."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - an extra, and slow to import
    except ImportError:
        return "weasyprint"
    except OSError:  # its library for text is not there
        return "pango"
    return None if _families() & set(FONTS) else "chinese_font"


def pdf_of(html: str, *tighter: str) -> bytes:
    """Return a page of HTML as PDF. Nothing is fetched: a page that asks for a file or an address is refused.

    Args:
        html: the page.
        tighter: the same with less room in between, taken in turn while it does not fit one page; the last one in any case.

    Raises:
        PartMissingError: the machine lacks a part; it is named.
    """
    part = missing_part()
    if part is not None:
        raise PartMissingError(part)
    from weasyprint import HTML  # noqa: PLC0415

    drawn: Any = None
    for page in (html, *tighter):
        drawn = HTML(string=page, url_fetcher=_refuse).render(pdf_tags=True)
        if len(drawn.pages) == 1:
            break
    return drawn.write_pdf(pdf_identifier=b"ogi", pdf_tags=True)


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"nothing is fetched: {url}")


@lru_cache(maxsize=1)
def _families() -> set[str]:
    """The families of fonts of this machine."""
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415 - the library for text that WeasyPrint has opened

    calls: Any = fontconfig
    config = calls.FcInitLoadConfigAndFonts()
    found, name = set(), ffi.new("FcChar8 **")
    fonts = calls.FcConfigGetFonts(config, calls.FcSetSystem)
    for place in range(fonts.nfont if fonts else 0):
        number = 0
        while calls.FcPatternGetString(fonts.fonts[place], b"family", number, name) == calls.FcResultMatch:
            found.add(ffi.string(name[0]).decode("utf-8", "replace"))  # type: ignore[union-attr]
            number += 1
    calls.FcConfigDestroy(config)
    return found
