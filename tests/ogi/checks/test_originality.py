"""Copied text: what counts, what the form asks for and does not count, and how copies are found among many reports."""

from __future__ import annotations

import random

import pytest
from msgspec import structs

from ogi.checks.context import ReportKey
from ogi.checks.likeness import likeness, own_words
from ogi.checks.originality import alike, common_sentences
from ogi.report import NarrativeSection

WORDS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"


def text(start: int, sentences: int = 12) -> str:
    """Sentences of forty characters that no other start gives, each with the number of the start."""
    draw = random.Random(start)
    return "".join("".join(draw.choices(WORDS, k=36)) + f"{start}号。" for _ in range(sentences))


@pytest.fixture
def report(make_report):
    def make(*sections: str):
        parts = [NarrativeSection(section=f"s{place}", title="", text=part) for place, part in enumerate(sections, 1)]
        return structs.replace(make_report(), narrative=tuple(parts))

    return make


def test_half_copied_text_is_half_copied(report) -> None:
    one, other = report(text(1) + text(2)), report(text(1) + text(3))
    found = likeness(one, other)
    assert found.share == pytest.approx(0.5, abs=0.06)
    assert found.passages[0].text in text(1)


def test_sections_are_measured_separately(report) -> None:
    found = likeness(report(text(1), text(2)), report(text(1), text(3)))
    assert found.by_section["s1"] == 1.0
    assert found.by_section["s2"] < 0.15


def test_copied_words_with_new_figures_are_copied_and_the_figures_are_not(report) -> None:
    now, last = text(1).replace("1号", "25号"), text(1).replace("1号", "31号")
    found = likeness(report(now), report(last))
    assert (found.share, found.same_figures) == (1.0, 0.0)
    assert "25号" in found.passages[0].text
    assert likeness(report(now), report(now)).same_figures == 1.0


def test_sentences_the_form_asks_for_do_not_count(report) -> None:
    form = (
        "根据《中华人民共和国政府信息公开条例》规定，现编制2024年度报告。本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"
        "如有疑问，请与本局办公室联系。本年度未收取信息处理费。"
    )
    assert own_words(report(form)) == ()
    assert likeness(report(form + text(1)), report(form + text(2))).share < 0.15  # type: ignore[operator]


def test_short_text_is_not_judged(report) -> None:
    short = text(1, 2)
    assert likeness(report(short), report(short)).share is None


def test_copy_is_found_among_many(report) -> None:
    reports = {ReportKey(f"organ{place}", 2024, "own"): report(text(place * 3)) for place in range(12)}
    copied = ReportKey("copier", 2024, "own")
    reports[copied] = report(text(9))
    found = alike(reports)
    assert (found[copied].other.organ, found[copied].likeness.share) == ("organ3", 1.0)
    assert found[ReportKey("organ3", 2024, "own")].other == copied


def test_own_report_of_another_scope_or_year_is_no_copy(report) -> None:
    keys = [ReportKey("a", 2024, "own"), ReportKey("a", 2024, "region_total"), ReportKey("b", 2023, "own")]
    assert alike({key: report(text(1)) for key in keys}) == {}


def test_sentence_many_organs_print_is_nobodys_own(report) -> None:
    phrase = "各级各部门认真贯彻落实上级部署要求扎实推进各项工作。"
    words = {
        ReportKey(f"organ{place}", 2024, "own"): own_words(report((phrase if place < 8 else "") + text(place)))
        for place in range(24)
    }
    assert common_sentences(words) == {phrase}
    few = dict(list(words.items())[:19])
    assert common_sentences(few) == frozenset()
