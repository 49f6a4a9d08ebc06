"""Bytes of a text or web page as characters: by byte order mark, by proof, by declaration, by frequency, in this order."""

from __future__ import annotations

import codecs

from loaders.errors import CannotReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FREQUENT = frozenset("的一是不了在人有和年年度公开公開信息政府机机關关行本报報告情况況项項总總计計数數")
"""Characters that Chinese official prose cannot do without, in both scripts: they tell GB18030 from Big5."""
_SPOILT_SHARE = 0.01
"""Up to this share of undecodable characters (they stay visible as U+FFFD) a text is still taken as being in an encoding."""
_SAMPLE = 65536


def decode(data: bytes, declared: str | None = None) -> str:
    """Return ``data`` as text.

    ``declared`` is what the document says of itself. GB2312 and GBK are read as GB18030, which contains both: pages
    declared so regularly hold characters beyond them. UTF-8 that holds proves itself and beats any declaration.

    Raises:
        CannotReadError: ``unknown_encoding``, when no encoding fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if data[:4096].count(0) * 8 > len(data[:4096]):
        return _wide(data)
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    name = _codec(declared)
    text = _strictly(data, name) if name else None
    if text is not None:
        return text
    chinese = [text for encoding in ("gb18030", "big5hkscs") if (text := _strictly(data, encoding)) is not None]
    if chinese and (best := max(chinese, key=_familiarity)) and _familiarity(best) > 0:
        return best
    return _with_losses(data, name)


def _codec(declared: str | None) -> str | None:
    """The codec of a declared name; ``None`` for no name or an unknown one."""
    name = (declared or "").strip().strip("\"'").lower()
    if name.replace("-", "").replace("_", "") in {"gb2312", "gbk", "gb18030", "xgbk", "cp936", "euccn", "windows936"}:
        return "gb18030"
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: the side on which the zeros of its ASCII characters stand tells the byte order."""
    name = "utf-16-be" if data[:4096:2].count(0) > data[1:4096:2].count(0) else "utf-16-le"
    text = data.decode(name, errors="replace")
    if text.count("\ufffd") > len(text) * _SPOILT_SHARE:
        raise CannotReadError("unknown_encoding")
    return text


def _familiarity(text: str) -> float:
    """Share of frequent characters among those beyond ASCII."""
    chinese = [char for char in text[:_SAMPLE] if char > "\x7f"]
    return sum(char in _FREQUENT for char in chinese) / len(chinese) if chinese else 0.0


def _with_losses(data: bytes, declared: str | None) -> str:
    """A text with a few spoilt bytes, as crawlers leave them, or in a foreign encoding."""
    names = [name for name in (declared, "utf-8", "gb18030", "big5hkscs") if name]
    tries = [data.decode(name, errors="replace") for name in names]
    best = max(tries, key=lambda text: (-text.count("\ufffd"), _familiarity(text)))
    if best.count("\ufffd") <= len(best) * _SPOILT_SHARE and _familiarity(best) > 0:
        return best
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import and hardly ever needed

    guess = from_bytes(data[:_SAMPLE]).best()
    text = _strictly(data, guess.encoding) if guess else None
    if text is None:
        raise CannotReadError("unknown_encoding")
    return text
