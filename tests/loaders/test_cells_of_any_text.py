"""Whatever text stands in a cell: it is read without error, and no number comes of a text that prints none."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.cells import read_cell
from loaders.words import load_words

KINDS = st.sampled_from(("count", "delta", "amount"))
PIECES = st.sampled_from(
    [
        *"0123456789,，.．。-－—–+＋/()（）[]％%元万亿件个人次无零〇一二O l²①Ⅳ٣３\u2009\u202e\u200b\u3000\ufffd=@",
        "万元",
        "减",
        "增",
        "其中",
    ]
)
TEXTS = st.text(max_size=12) | st.lists(PIECES, max_size=8).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, KINDS)
@example("٣٤", "count")
@example("①", "count")
@example("=1+1", "amount")
@example("1" * 400, "count")
def test_any_text_is_read_and_only_printed_digits_become_a_number(text: str, kind: str) -> None:
    found = read_cell(text, kind)
    assert (found.value is not None) == (found.state == "reported")
    if found.value is not None and not any(letter.isdigit() for letter in text):
        assert found.value == 0
        assert any(word in text for word in load_words().zero_words)
    if found.state == "blank":
        assert not any(letter.isdigit() for letter in text)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=10**14), KINDS)
def test_a_whole_number_is_read_as_it_is_printed(number: int, kind: str) -> None:
    for text in (str(number), f"{number:,}", f" {number} "):
        assert read_cell(text, kind).value == Decimal(number)
