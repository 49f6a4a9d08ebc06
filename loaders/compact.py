"""Text brought together for searching: no white space, half-width, simplified, spelt years and dates in digits."""

from __future__ import annotations

import re

from loaders.normalise import plain, without_pinyin

_DIGITS = {letter: str(value) for value, letters in enumerate(("〇零○OoΟ", *"一二三四五六七八九")) for letter in letters}
_SPELT_YEAR = re.compile(r"[二2][〇零○OoΟ0][〇零○OoΟ0一二三四五六七八九\d]{2}(?=年)")
_SPELT_NUMBER = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,3})(?=[月日号])")


def compact(text: str) -> str:
    """Return ``text`` in half-width simplified characters, without white space, spelt years and dates in digits.

    For finding things only, never for showing or storing.
    """
    text = re.sub(r"\s+", "", without_pinyin(plain(text)))
    text = _SPELT_YEAR.sub(lambda found: "".join(_DIGITS.get(letter, letter) for letter in found[0]), text)
    return _SPELT_NUMBER.sub(lambda found: str(_spelt(found[1])), text)


def _spelt(number: str) -> int:
    """Read a spelt number up to 99, such as 二十六."""
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return int("".join(_DIGITS[letter] for letter in number))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
