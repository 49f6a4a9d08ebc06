"""A quoted sentence is found in the prose it was taken from."""

from __future__ import annotations

import msgspec

from ogi.quotation import AROUND, in_narrative
from ogi.report import NarrativeSection


def with_text(make_report, text: str):
    part = NarrativeSection(section="s1", title="一、总体情况", text=text)
    return msgspec.structs.replace(make_report(), narrative=(part,))


def test_sentence_is_found_across_blanks_and_given_with_what_stands_around_it(make_report) -> None:
    report = with_text(make_report, "第一段。\n工作有序。全年 新收申请 12 件。其余从略。")
    found = in_narrative(report, "全年新收申请12件。")
    assert found == ("一、总体情况", "工作有序。", "全年 新收申请 12 件。", "其余从略。")


def test_long_paragraph_is_cut_and_says_so(make_report) -> None:
    found = in_narrative(with_text(make_report, "前" * 300 + "申请12件。" + "后" * 300), "申请12件。")
    assert found is not None
    assert found.before == "…" + "前" * AROUND
    assert found.behind == "后" * AROUND + "…"


def test_quotation_cut_at_its_ends_is_found_and_one_that_is_nowhere_is_not(make_report) -> None:
    report = with_text(make_report, "专人专人负责信息的发布。")
    found = in_narrative(report, "…专人专人负责…")
    assert found is not None
    assert (found.before, found.behind) == ("", "信息的发布。")
    assert in_narrative(report, "另一句话") is None
    assert in_narrative(report, "…") is None
