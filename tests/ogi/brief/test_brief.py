"""A brief made from a selection: what is told, what is drawn, what is open, and where each number comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ogi.brief.build import brief_of
from ogi.brief.content import Brief
from ogi.brief.past import past_of
from ogi.brief.sentences import Sentence
from ogi.brief.wording import first_standing_out
from ogi.checks import check_report
from ogi.facts import build_facts
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.organs import organ_id
from ogi.report import OrganName, Report
from ogi.selection import Selection, select
from ogi.view import View

NEW, CLOSED, GRANTED = (f"applications.{row}.total" for row in ("received", "result_total", "granted"))
RATE = "I04_grant_rate"
SUQIAN = organ_id("宿迁市人民政府")
MakeReport = Callable[..., Report]


def selected(*reports: Report, **view: object) -> Selection:
    entries = [entry_from(report, check_report(report, load_form()), "published") for report in reports]
    return select(build_facts(entries, "published"), View(**view))  # type: ignore[arg-type]


def made(selection: Selection, lang: str = "zh", *, organ: str = SUQIAN, made_on: str = "2026-01-02") -> Brief:
    brief = brief_of(selection, Labels(lang), who="宿迁市", sentence="全部。", made_on=made_on, organ=organ)  # type: ignore[arg-type]
    assert brief is not None
    return brief


def bureau(make_report: MakeReport, name: str, year: int, cells: dict[str, str], edition: str = "gf2021") -> Report:
    return make_report(cells, year=year, edition=edition, organ=OrganName(name=name, level="city", kind="department"))


def test_brief_tells_what_rose_and_what_fell(suqian: MakeReport) -> None:
    brief = made(selected(suqian(2023), suqian(2024)))
    rose, fell = ({sentence.key for sentence in brief.told(way)} for way in ("rose", "fell"))
    assert {NEW, CLOSED, RATE, GRANTED} <= rose
    assert {"reconsideration.total", "normative_documents.in_force"} <= fell
    assert not rose & fell


def test_every_number_has_a_key_and_a_place(suqian: MakeReport) -> None:
    brief = made(selected(suqian(2023), suqian(2024)))
    assert all(number.key and number.text and number.year in (2023, 2024) for number in brief.numbers)
    assert [number.text for number in brief.numbers[:3]] == ["3,525件", "3,511件", "+14件"]
    assert brief.places(brief.headline[0]) == [1, 2, 3, 4]
    assert brief.numbers[0].formula == ""
    rate = next(number for number in brief.numbers if number.key == RATE)
    assert rate.formula == "(applications.granted.total + applications.partially_granted.total) / applications.result_total.total"


def test_charts_hold_the_printed_figures(suqian: MakeReport) -> None:
    charts = {chart.title: chart for chart in made(selected(suqian(2023), suqian(2024))).charts}
    workload = charts["申请的收、办、转"]
    assert workload.categories == ("2023", "2024")
    assert [series.values for series in workload.series] == [(3511, 3525), (3486, 3521), (121, 125)]
    rates = charts["公开率、不予公开率、不予处理率"]
    # (1191 + 328) / 3486 and (1431 + 471) / 3521
    assert [round(value or 0, 2) for value in rates.series[0].values] == [43.57, 54.02]


def test_hash_is_of_the_content_and_not_of_the_day(suqian: MakeReport) -> None:
    shown = selected(suqian(2023), suqian(2024))
    assert made(shown).content_hash == made(shown, made_on="2027-01-01").content_hash
    other = selected(suqian(2023), suqian(2024, {NEW: "3526"}))
    assert made(other).content_hash != made(shown).content_hash


def test_open_findings_are_counted_worst_first(suqian: MakeReport) -> None:
    brief = made(selected(suqian(2023), suqian(2024, {NEW: "3526"})))
    assert brief.finding_count == len(brief.findings) > 0
    assert brief.findings[0].startswith("【错误】宿迁市人民政府2024年：")


def test_share_of_more_than_all_is_neither_compared_nor_drawn(make_report: MakeReport) -> None:
    """40 of 36 were granted in 2023: the report does not add up."""
    shown = selected(
        bureau(make_report, "甲局", 2023, {GRANTED: "40", CLOSED: "36"}),
        bureau(make_report, "甲局", 2024, {GRANTED: "20", CLOSED: "40"}),
    )
    brief = made(shown, organ=organ_id("甲局"))
    rate = next(sentence for sentence in brief.headline if sentence.key == RATE)
    assert rate.text == "予以公开率（含部分公开）：2024年50.0%（20/40）；分子大于分母，不比较。"
    chart = next(chart for chart in brief.charts if chart.is_share)
    assert chart.series[0].values == (None, 50.0)
    assert "2023年分子大于分母" in chart.note


def test_past_is_over_the_same_agencies(make_report: MakeReport) -> None:
    """乙局 has no report for 2022: that year is passed over."""
    reports = [bureau(make_report, "甲局", year, {NEW: n}) for year, n in ((2022, "1"), (2023, "2"), (2024, "3"))]
    reports += [bureau(make_report, "乙局", year, {NEW: n}) for year, n in ((2023, "10"), (2024, "20"))]
    assert [(past.year, past.value) for past in past_of(selected(*reports), NEW)] == [(2023, 12), (2024, 23)]


def test_past_ends_where_the_form_counts_something_else(make_report: MakeReport) -> None:
    st2014 = make_report({"st.ans_denied": "5"}, edition="st2014", year=2018)
    newer = [make_report({}, edition="gf2019", year=2019), make_report({}, year=2021)]
    years = [past.year for past in past_of(selected(st2014, *newer), "applications.denied_all.total")]
    assert years == [2019, 2021]


def test_missing_number_of_one_agency_names_its_state(make_report: MakeReport) -> None:
    report = make_report({}, rest="", year=2024)
    brief = made(selected(report), organ=organ_id("示例市示例区人民政府"))
    assert brief.headline[0].text == "本年新收：2024年没有数字（原文空白），不按0计。"
    assert brief.charts == ()


def test_several_agencies_are_told_apart(make_report: MakeReport) -> None:
    reports = [
        bureau(make_report, name, year, {NEW: n})
        for name, numbers in {"甲局": ("10", "50"), "乙局": ("30", "20")}.items()
        for year, n in zip((2023, 2024), numbers, strict=True)
    ]
    brief = made(selected(*reports), organ="")
    assert brief.charts[0].categories == ("甲局", "乙局")
    assert brief.charts[0].series[0].values == (50, 20)
    assert any("增加最多的有甲局（+40件）；减少最多的有乙局（−10件）" in s.text for s in brief.standing_out)
    assert "合计只含机关本级口径" in brief.scope_note


def test_nothing_shown_has_no_brief() -> None:
    assert brief_of(selected(), Labels("zh"), who="", sentence="", made_on="2026-01-02") is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_same_selection_gives_the_same_text(suqian: MakeReport, lang: str) -> None:
    shown = selected(suqian(2023), suqian(2024), lang=lang)
    texts = [[sentence.text for sentence in made(replace(shown), lang).sentences] for _ in range(2)]
    assert texts[0] == texts[1]
    assert any("Reconsideration" in text or "复议" in text for text in texts[0])


def test_single_page_takes_as_many_sentences_as_it_has_lines_for(suqian: MakeReport) -> None:
    """Five sentences of 120 Latin letters are two lines each: three of them fit into seven lines."""
    brief = made(selected(suqian(2023), suqian(2024)))
    long = tuple(Sentence(text="x" * 120, way="stands_out", key=f"k{number}") for number in range(5))
    assert len(first_standing_out(replace(brief, standing_out=long))) == 3
    short = tuple(Sentence(text="x" * 40, way="stands_out", key=f"k{number}") for number in range(9))
    assert len(first_standing_out(replace(brief, standing_out=short))) == 5
