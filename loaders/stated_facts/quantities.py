"""Numbers with their counting word, as prose writes them: 12件, 三宗, 1,200条, １２份, 1.2万条, 5500余条, 12.3%, 3940元.

A number without certainty (a range, 十余件 without a figure, 百余条) is found and not valued, so that it still parts the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ogi.report import Number

_HAN_DIGITS = {letter: value for value, letters in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for letter in letters}
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万]*"
_COUNTERS = (
    "人次|条次|件次|万元|亿元|元|个百分点|百分点|[%％]|件(?!事|套)|宗|起|例(?!如|外|会|行)|份(?!额)|条(?!例)|次(?!性|日|年)"
    "|项|个(?!工作日|自然月|月|多|别)|笔|篇|期|场|类|人|名|家|页|批|倍"
)
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z第/每任同另某各哪逐单统])(?:(?P<percent>百分之)(?P<share>{_NUMBER})"
    rf"|(?P<number>{_NUMBER})(?P<scale>[十百千]?[万亿]|[百千])?(?P<more>[余多来几])?(?P<late>万|亿)?(?P<unit>{_COUNTERS}))"
)
_RANGE = re.compile(r"[\d一二三四五六七八九十件条%][-—–~～至到]$")
_ABOUT = re.compile(r"(?:约|近|超过?|逾|接近|达近|突破)$")
_ABOUT_AFTER = re.compile(r"左右|上下|以上|以下|以内|之多")
_BARE = re.compile(
    r"(?:(?:数量?|总数|总量|件数|合计|总计)(?:均?为|是|[:：])?|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)"
    r"(?P<number>\d{1,7})(?=[,，、。；;）)]|$)"
)
"""A number without a counting word, where the words before say that one follows (申请数量为0, 部分公开67，)."""


class Quantity(NamedTuple):
    """A number of the prose. ``start`` and ``end`` enclose number and counting word."""

    start: int
    end: int
    value: Number | None
    """``None`` where a number stands there but is not certain (a range)."""
    unit: str
    """The counting word; empty where the words before announce the number."""
    approximate: bool


def quantities(text: str) -> Iterator[Quantity]:
    """Find the quantities of a sentence in order."""
    found = [_quantity(text, match) for match in _QUANTITY.finditer(text)]
    taken = {quantity.start for quantity in found}
    bare = [_bare(match) for match in _BARE.finditer(text) if match.start("number") not in taken]
    yield from sorted((*found, *bare)) if bare else found


def _bare(match: re.Match[str]) -> Quantity:
    return Quantity(match.start("number"), match.end("number"), int(match["number"]), "", False)


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    if match["percent"]:
        return Quantity(match.start(), match.end(), number(match["share"]), "%", False)
    start, end = match.span()
    value = number(match["number"])
    scale = _SCALES.get((match["scale"] or "") + (match["late"] or ""))
    certain = not _RANGE.search(text, max(0, start - 2), start)
    about = bool(match["more"] or _ABOUT.search(text, max(0, start - 2), start) or _ABOUT_AFTER.match(text, end))
    unit = "%" if match["unit"] == "％" else "个百分点" if match["unit"] == "百分点" else match["unit"]
    return Quantity(start, end, _whole(value * scale) if certain and value is not None and scale else None, unit, about)


def number(text: str) -> Number | None:
    """Read a number in digits (full-width too, with parted thousands) or in Chinese numerals; ``None`` where it is none."""
    if text.isdigit():
        return int(text)
    if text[0].isdigit():
        return _whole(Decimal(text.replace(",", "").replace("，", "")))
    return _han(text)


def _han(text: str) -> int | None:
    """Read 三, 十二, 一百零五, 三万五千, 二〇; an irregular numeral (一二, 百) is none."""
    if "万" in text:
        high, _, low = text.partition("万")
        values = _han(high), _han(low) if low else 0
        spoken = low and "千" not in low and low[0] not in "零〇"  # 三万五 means 35 000
        return None if values[0] is None or values[1] is None or spoken else 10_000 * values[0] + values[1]
    if not any(letter in _HAN_STEPS for letter in text):
        return int("".join(str(_HAN_DIGITS[letter]) for letter in text)) if len(text) == 1 or len(text) == 4 else None
    total, digit, last = 0, 0, 10_000
    for letter in text:
        if letter in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[letter]
            continue
        step = _HAN_STEPS[letter]
        if step >= last:
            return None
        total, digit, last = total + (digit or 1) * step, 0, step
    spoken = digit and last > 10 and text[-2] not in "零〇"  # 一百二 means 120
    return None if spoken else total + digit


def _whole(value: Number) -> Number:
    return value if isinstance(value, int) else int(value) if value == int(value) else value
