"""Numbers that run over the border of their cell, as in a page printed by LibreOffice whose table is wider than its frame."""

from __future__ import annotations

from loaders.pdf_numbers import UNCLEAR, share_out
from loaders.pdf_page import Char

LEFT, RIGHT = (0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0)


def word(text: str, x: float, *, y: float = 5.0) -> list[Char]:
    """Characters five points wide on one line."""
    return [Char(t, x + 5 * i, y, x + 5 * i + 5, y + 10, 10) for i, t in enumerate(text)]


def texts(*words: list[Char]) -> list[str]:
    shared = share_out([LEFT, RIGHT], [char for chars in words for char in chars])
    return ["".join(char.text for char in chars) for chars in shared]


def test_number_half_outside_the_table_is_read_whole() -> None:
    assert texts(word("50", 94)) == ["", "50"]


def test_number_just_beside_the_table_is_not_lost() -> None:
    assert texts(word("7", 101)) == ["", "7"]


def test_number_far_from_the_table_is_none_of_its_cells() -> None:
    assert texts(word("7", 115)) == ["", ""]


def test_number_across_the_border_of_two_cells_is_unclear_in_both() -> None:
    found = texts(word("398575", 30))
    assert UNCLEAR in found[0]
    assert UNCLEAR in found[1]


def test_numbers_of_neighbouring_cells_stay_apart() -> None:
    assert texts(word("12345", 23), word("67", 51.5)) == ["12345", "67"]


def test_words_across_a_border_stay_where_they_are() -> None:
    assert texts(word("总计数", 43)) == ["总", "计数"]


def test_digits_a_hair_above_each_other_are_one_number() -> None:
    found = texts(word("5", 45, y=5.49), word("0", 50, y=5.51), word("9", 80, y=5.49))
    assert UNCLEAR in found[0]
    assert UNCLEAR in found[1]


def test_numbers_of_two_lines_do_not_pull_each_other_over_a_border() -> None:
    assert texts(word("12", 38, y=0.0), word("34", 51, y=9.0)) == ["12", "34"]
