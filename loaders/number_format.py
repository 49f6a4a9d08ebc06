"""A number as a spreadsheet shows it, by its number format (ECMA-376 part 1, section 18.8.31)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_GENERAL = re.compile(r"^(?:general|G/通用格式|@)?$", re.IGNORECASE)
_PARTS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^"\\_*\[]')
_PLACES = re.compile(r"[#0?,]*[#0?],*(?:\.[#0?]*)?|\.[#0?]+")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_CONDITION = re.compile(r"\[[<>=]")
_MOST_DECIMALS = 30


def shown(value: int | float, number_format: str) -> str | None:
    """Return the text of a number in a format; empty where the format hides it, ``None`` where the format is not understood.

    Understood are the general format and formats of digits, thousands, decimals, percent, literals and currency signs, with
    sections for negative numbers and zero. Fractions, exponents, conditions and dates are not.
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return None
    if _GENERAL.match(number_format.strip()):
        return plain_number(exact)
    sections = _sections(number_format)
    if sections is None:
        return None
    negative = exact < 0 and len(sections) > 1
    section = sections[1] if negative else sections[2] if exact == 0 and len(sections) > 2 else sections[0]
    if _GENERAL.match("".join(section)):
        return plain_number(abs(exact) if negative else exact) if "".join(section) else ""
    return _filled(abs(exact) if negative else exact, section)


def plain_number(value: Decimal) -> str:
    """A number in the general format: no exponent, no zeros after the last decimal."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sections(number_format: str) -> list[list[str]] | None:
    """The sections of a format as parts, colours left out; ``None`` for conditions."""
    if _CONDITION.search(number_format):
        return None
    sections: list[list[str]] = [[]]
    for part in _PARTS.findall(number_format):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return sections


def _filled(value: Decimal, parts: list[str]) -> str | None:
    """The digits in their places, with the literals before, between and after them."""
    texts = [_literal(part) for part in parts]
    bare = "".join("\x00" if literal is not None else part for part, literal in zip(parts, texts, strict=True))
    places = _PLACES.search(bare)
    if places is None:
        return None if re.search(r"[^\x00\s]", bare) else "".join(text or "" for text in texts)
    rest = bare[: places.start()] + bare[places.end() :]
    if re.search(r"[#0?/]|[eE][+-]|[dmyhsDMYHSE]", rest):
        return None
    percent = rest.count("%")
    number = _digits(value * 100**percent, places[0])
    filled = [text if text is not None else part for part, text in zip(parts, texts, strict=True)]
    before, after = "".join(filled[: places.start()]), "".join(filled[places.end() :])
    return f"{before}{number}{after}".strip()


def _literal(part: str) -> str | None:
    """The text of a literal; ``None`` for a part of the format itself."""
    if part.startswith('"') and len(part) > 1:
        return part[1:-1]
    if part.startswith("\\"):
        return part[1:]
    if part.startswith(("_", "*")) and len(part) > 1:
        return ""
    if part.startswith("["):
        currency = _CURRENCY.match(part)
        return currency[1] if currency else ""
    return None


def _digits(value: Decimal, places: str) -> str:
    """The digits of a number in places such as ``#,##0.00``."""
    whole, _, decimals = places.partition(".")
    while whole.endswith(","):  # each comma behind the digits divides by a thousand
        whole, value = whole[:-1], value / 1000
    most, least = min(len(decimals), _MOST_DECIMALS), decimals.count("0")
    text = f"{value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP):f}"
    integer, _, fraction = text.lstrip("-").partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    integer = "" if integer == "0" and "0" not in whole else integer.rjust(whole.count("0"), "0")
    if "," in whole:
        integer = f"{int(integer):,}".rjust(len(integer), "0") if integer else ""
    sign = "-" if value < 0 and text.strip("-0.") else ""
    return sign + integer + (f".{fraction}" if decimals and (fraction or least) else "")
