"""Cell text to number and state. Every printed form here was met in a real report (see the quirks list of the subject)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.cells import read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("\u300012\u00a0", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1\u2009234", 1234),
        ("12\u202f345\u202f678", 12345678),
        ("３９８５７５８", 3985758),
        ("12345678", 12345678),
        ("3件", 3),
        ("12\u200b", 12),
        ("3.0", 3),
        ("12.00", 12),
        ("零", 0),
    ],
)
def test_whole_numbers_are_read(text, value):
    assert (read_cell(text).state, read_cell(text).value) == ("reported", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+30", 30),
        ("＋30", 30),
        ("-2", -2),
        ("－2", -2),
        ("−2", -2),
        ("增30", 30),
        ("减2", -2),
        ("減3", -3),
        ("增加5项", 5),
        ("0", 0),
    ],
)
def test_a_change_may_carry_a_sign_or_a_word(text, value):
    assert read_cell(text, "delta").value == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("96171.6", "96171.6", None),
        ("52.10", "52.10", None),
        ("251000元", "251000", "元"),
        ("8.06万元", "8.06", "万元"),
        ("1.2亿元", "1.2", "亿元"),
        ("160.5964 万元", "160.5964", "万元"),
        ("251000（元）", "251000", "元"),
        ("8.06（万元）", "8.06", "万元"),
        ("￥251,000.00", "251000.00", None),
        ("人民币184719元", "184719", "元"),
    ],
)
def test_amounts_keep_their_precision_and_the_unit_printed_in_the_cell(text, value, unit):
    found = read_cell(text, "amount")
    assert (str(found.value), found.unit) == (value, unit)
    assert isinstance(found.value, Decimal)


def test_a_remark_stays_beside_the_number():
    found = read_cell("22（其中修订 16 件）")
    assert (found.value, found.remark) == (22, "其中修订 16 件")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "blank"),
        ("\u3000", "blank"),
        (" \n ", "blank"),
        ("?", "blank"),
        ("??", "blank"),
        ("&nbsp;", "blank"),
        ("<o:p> </o:p>", "blank"),
        ("/", "dash"),
        ("-", "dash"),
        ("—", "dash"),
        ("——", "dash"),
        ("－", "dash"),
        ("\\", "dash"),
        ("无", "not_applicable"),
        ("不适用", "not_applicable"),
        ("不涉及", "not_applicable"),
        ("N/A", "not_applicable"),
        ("暂无", "not_applicable"),
        ("无。", "not_applicable"),
        ("未发生", "not_applicable"),
    ],
)
def test_empty_marks_are_told_apart_and_are_never_zero(text, state):
    assert (read_cell(text).state, read_cell(text).value) == (state, None)


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        ("-3", "count", "not_a_count"),
        ("+3", "count", "not_a_count"),
        ("1.5", "count", "not_a_count"),
        ("1.000", "count", "not_a_count"),
        ("3?", "count", "not_a_number"),
        ("-5", "amount", "not_a_count"),
        ("约100", "count", "not_a_number"),
        ("若干", "count", "not_a_number"),
        ("2020年", "count", "not_a_number"),
        ("- 4 -", "count", "not_a_number"),
        ("12%", "count", "not_a_number"),
        ("O", "count", "not_a_number"),
        ("3元", "count", "not_a_number"),
    ],
)
def test_what_is_no_number_of_its_kind_is_text(text, kind, problem):
    found = read_cell(text, kind)
    assert (found.state, found.value, found.problem) == ("text", None, problem)


@pytest.mark.parametrize(
    "text", ["1 2", "1\n2", "1,23", "000", "007", "3²", "1.", "1234,567", "1 234", "1\u00a0234", "1\u200923", "3 8"]
)
def test_digits_that_may_mean_two_things_are_unreadable(text):
    assert (read_cell(text).state, read_cell(text).problem) == ("unreadable", "digits_unclear")


def test_unknown_character_makes_a_number_unreadable():
    assert read_cell("3985\ufffd").state == "unreadable"
