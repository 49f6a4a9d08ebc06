"""From the text of one cell to a number and a state.

Only what is certain becomes a number. Words, dates, impossible figures and digits that may be two numbers keep their
printed text, have no value, and carry a problem code for the notice the reader of the report will see.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from unicodedata import category

import msgspec

from loaders.normalise import plain
from loaders.words import load_words
from ogi.form import Kind, load_form
from ogi.report import Number, State

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_UNIT_IN_LABEL = re.compile(r"\((?:单位\s*[:,]?\s*)?([^()\s]{1,3})\)|单位\s*[:,]\s*([^()\s]{1,3})$")
_THIN_BLANK = re.compile(r"(?<=\d)[\u2005\u2006\u2009\u202f](?=\d{3}(?!\d))")
"""The mark between thousands of GB/T 15835; an ordinary blank there may part two numbers, and such a cell stays unread."""
_LONGEST = 15
_SPREADSHEET_ZEROS = 2
"""3.0 and 3.00 are whole numbers as spreadsheets print them; 1.000 may be a thousand."""


class CellValue(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell says: ``value`` only where the state is ``reported``; ``problem`` is a notice code or empty."""

    state: State
    value: Number | None = None
    unit: str | None = None
    remark: str = ""
    problem: str = ""


@lru_cache(maxsize=8192)
def read_cell(text: str, kind: Kind = "count") -> CellValue:
    """Read the text of a value cell.

    A count is a whole number without sign, a delta may have a sign or the words 增/减, an amount is a ``Decimal`` as
    printed, in the unit written beside it or else in the unit of the form. Never raises.
    """
    # 3² is a number with a footnote, not 32; U+FFFD is a character nobody knows, or a digit of this cell or the next one.
    if any(category(char) == "No" or char == "\ufffd" for char in text):
        return CellValue(state="unreadable", problem="digits_unclear")
    text = plain(text if text.isascii() else _THIN_BLANK.sub("", text))
    words = load_words()
    if not text or text in words.blank_marks or not text.strip("?"):
        return CellValue(state="blank")
    if text in words.dash_marks:
        return CellValue(state="dash")
    if text.rstrip("。") in words.not_applicable:
        return CellValue(state="not_applicable")
    body, remark = _remark(text)
    body, unit = _unit(body, kind)
    if kind == "amount" and remark in words.money_units and unit is None:
        unit, remark = remark, ""
    sign, body = _sign(body, kind)
    if kind == "amount":
        body = next((body[len(mark) :].lstrip() for mark in words.money_marks if body.startswith(mark)), body)
    return _number(body, sign, kind, unit, remark)


def _number(body: str, sign: int, kind: Kind, unit: str | None, remark: str) -> CellValue:
    if body in load_words().zero_words:
        body = "0"
    if not _NUMBER.match(body):
        return _not_a_number(body)
    digits = body.replace(",", "")
    whole, _, fraction = digits.partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole.startswith("0")):
        return CellValue(state="unreadable", problem="digits_unclear")
    if kind == "amount":
        return CellValue(state="reported", value=Decimal(digits), unit=unit, remark=remark)
    if fraction.strip("0") or len(fraction) > _SPREADSHEET_ZEROS:
        return CellValue(state="text", problem="not_a_count")
    return CellValue(state="reported", value=sign * int(whole), unit=unit, remark=remark)


def _not_a_number(body: str) -> CellValue:
    if re.fullmatch(r"[\d,. ]+", body):
        return CellValue(state="unreadable", problem="digits_unclear")
    if re.fullmatch(r"[-+]?\s*[\d,]+(?:\.\d+)?", body):
        return CellValue(state="text", problem="not_a_count")
    return CellValue(state="text", problem="not_a_number")


def _remark(text: str) -> tuple[str, str]:
    """Split ``22(其中修订16件)``; a bracket without a number before it is no remark."""
    before, bracket, inside = text.partition("(")
    if bracket and inside.endswith(")") and len(inside) > 1 and any(letter.isdigit() for letter in before):
        return before.rstrip(), inside[:-1]
    return text, ""


def _unit(text: str, kind: Kind) -> tuple[str, str | None]:
    """Take a unit off the end; money belongs to amounts, everything else to counts."""
    for word in _money() if kind == "amount" else _counted():
        if text.endswith(word) and len(text) > len(word):
            return text[: -len(word)].rstrip(), word
    return text, None


@lru_cache(maxsize=1024)
def unit_in_label(text: str) -> str | None:
    """The unit of money a head or a label names in brackets or behind 单位, as in ``采购总金额（万元）``; ``None`` for none."""
    found = _UNIT_IN_LABEL.search(plain(text))
    word = (found[1] or found[2]) if found else ""
    return word if word in _money() else None


@lru_cache(maxsize=1)
def _money() -> tuple[str, ...]:
    return tuple(sorted(load_words().money_units, key=len, reverse=True))


@lru_cache(maxsize=1)
def _counted() -> tuple[str, ...]:
    units = {word for unit in load_form().units.values() for word in (unit.zh, *unit.variants)}
    units = {word for word in units if word not in _money() and "/" not in word and "%" not in word and "百分" not in word}
    return tuple(sorted(units, key=len, reverse=True))


def _sign(text: str, kind: Kind) -> tuple[int, str]:
    if kind != "delta":
        return 1, text
    words = load_words()
    for sign, marks in ((1, words.plus_words), (-1, words.minus_words)):
        for mark in sorted(marks, key=len, reverse=True):
            if text.startswith(mark):
                return sign, text[len(mark) :].lstrip()
    return 1, text
