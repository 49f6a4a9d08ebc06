"""What counts as a Chinese character in patterns."""

from __future__ import annotations

import re

import pytest

from ogi.han import HAN, NOT_HAN


@pytest.mark.parametrize("letter", ["一", "龥", "县", "㙍", "\U00020bb7"])
def test_characters_of_names_are_chinese_ones(letter: str) -> None:
    assert re.fullmatch(HAN, letter)
    assert not re.fullmatch(NOT_HAN, letter)


@pytest.mark.parametrize("letter", [*"a9_é〇 ，。（）—％", "\n", "９"])
def test_digits_punctuation_and_latin_letters_are_none(letter: str) -> None:
    assert not re.fullmatch(HAN, letter)
    assert re.fullmatch(NOT_HAN, letter)


def test_whole_old_range_of_characters_is_covered() -> None:
    assert re.fullmatch(f"{HAN}*", "".join(map(chr, range(0x4E00, 0x9FFF))))
