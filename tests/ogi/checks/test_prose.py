"""The prose against the tables: every plausible definition is tried, and the finding quotes the sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from ogi.checks import check_report, message
from ogi.form import load_form
from ogi.report import NarrativeSection, Notice, StatedFact

FORM = load_form()


def said(key: str, value, words: str, unit: str = "jian", **more) -> StatedFact:
    return StatedFact(key=f"text.{key}", value=value, sentence=more.pop("sentence", words), words=words, unit=unit, **more)


def findings(report, check: str, *facts: StatedFact, previous=None):
    return [f for f in check_report(structs.replace(report, facts=facts), FORM, previous) if f.check.startswith(f"{check}_")]


def test_concluded_cases_are_no_contradiction_and_the_definition_is_named(suqian) -> None:
    """Domain specification, 6.4: 134 = 170 − 36."""
    (found,) = findings(suqian(2024), "N09", said("reconsideration", 134, "行政复议134件"))
    assert (found.status, found.bases[0].formula) == ("pass", "reconsideration.closed")
    assert found.bases[0].terms == {"reconsideration.total": 170, "reconsideration.pending": 36}
    assert message(
        found, "zh"
    ) == "正文134件与表格一致，口径为“行政复议已审结”，即“行政复议 · 总计170减行政复议 · 尚未审结36”。" or (
        "总计170减" in message(found, "zh") and "尚未审结36" in message(found, "zh")
    )


@pytest.mark.parametrize(
    ("key", "number", "check"),
    [("requests", 3646, "N01"), ("requests", 3525, "N01"), ("requests", 3521, "N01"), ("litigation", 57, "N10"),
     ("litigation", 77, "N10"), ("granted", 1431, "N06"), ("granted", 1902, "N06"), ("answered", 3521, "N05")],
)  # fmt: skip
def test_figures_on_another_base_raise_no_alarm(suqian, key: str, number: int, check: str) -> None:
    assert [f.status for f in findings(suqian(2024), check, said(key, number, f"{number}件"))] == ["pass"]


@pytest.mark.parametrize(
    ("key", "number", "check"), [("requests", 3645, "N01"), ("litigation", 58, "N10"), ("granted", 1433, "N06")]
)
def test_number_that_fits_no_definition_is_reported_with_all_that_were_tried(suqian, key: str, number: int, check: str) -> None:
    (found,) = findings(suqian(2024), check, said(key, number, f"共{number}件"))
    assert found.status == "fail"
    assert number not in [basis.value for basis in found.bases]
    assert found.stated is not None
    assert found.stated.sentence == f"共{number}件"


def test_each_statement_is_judged_for_itself(suqian) -> None:
    found = findings(suqian(2024), "N01", said("requests", 3525, "收到3525件"), said("requests", 9, "收到9件"))
    assert {f.stated.words: f.status for f in found if f.stated} == {"收到3525件": "pass", "收到9件": "fail"}
    assert len({f.place for f in found}) == 2


def test_same_words_twice_are_one_finding(suqian) -> None:
    assert len(findings(suqian(2024), "N01", *[said("requests", 9, "收到9件")] * 2)) == 1


@pytest.mark.parametrize(("number", "outcome"), [(3500, "pass"), (3000, "fail")])
def test_rough_number_may_lie_near(suqian, number: int, outcome: str) -> None:
    (found,) = findings(suqian(2024), "N02", said("requests_new", number, f"约{number}件", approximate=True))
    assert found.status == outcome


@pytest.mark.parametrize(
    ("percent", "words", "outcome"),
    [(Decimal("97.6"), "占97.6%", "pass"), (Decimal("97.5"), "占97.5%", "pass"), (98, "占98%", "pass"), (97, "占97%", "pass"),
     (Decimal("96.9"), "占96.9%", "fail"), (90, "占90%", "fail")],
)  # fmt: skip
def test_share_is_right_within_its_last_printed_digit(suqian, percent, words: str, outcome: str) -> None:
    """3440 of 3525 new applications by natural persons are 97.59 %; so are 3558 of the 3646 due ones."""
    sentence = f"自然人3440件，{words}"
    natural = said("natural_person", 3440, "自然人3440件", sentence=sentence)
    share = said("percent_stated", percent, f"自然人3440件，{words}", "percent", about="text.natural_person", sentence=sentence)
    (found,) = findings(suqian(2024), "N12", natural, share)
    assert found.status == outcome


def test_wrong_share_names_the_nearest_reckoning(suqian) -> None:
    """Nearest to 90 % are the 3440 by natural persons of the 3646 due: 94.35 %."""
    sentence = "自然人3440件，占90%"
    natural = said("natural_person", 3440, "自然人3440件", sentence=sentence)
    share = said("percent_stated", 90, sentence, "percent", about="text.natural_person", sentence=sentence)
    (found,) = findings(suqian(2024), "N12", natural, share)
    assert message(found, "zh").startswith("正文写90%，按表格复算是94.35%。最接近的算法：同句所写件数3440÷")


def test_growth_is_tried_on_every_base(suqian) -> None:
    """Domain specification, section 12: 收办3646件, +1.05 %; new plus carried in gives 1.08 %, new alone 0.40 %."""
    growth = said("growth_stated", Decimal("1.05"), "同比增长1.05%", "percent", about="text.requests")
    (found,) = findings(suqian(2024), "N13", growth, previous=suqian(2023))
    assert (found.status, found.bases[0].formula) == (
        "pass", "100 * (applications.due.total - prev(applications.due.total)) / prev(applications.due.total)",
    )  # fmt: skip
    (alone,) = findings(suqian(2024), "N13", growth)
    assert alone.status == "not_assessable"


def test_growth_that_fits_no_base_names_the_figure_it_implies(suqian) -> None:
    """3525 / 1.1 = 3204.5454…; 2023 printed 3511."""
    growth = said("growth_stated", 10, "增长10.0%", "percent", about="text.requests_new")
    (found,) = findings(suqian(2024), "N13", said("requests_new", 3525, "新收3525件"), growth, previous=suqian(2023))
    assert found.status == "fail"
    assert found.params["implied"] == 3205


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("没有被提起行政诉讼", "pass"), ("没有被申请行政复议", "fail"), ("没有行政复议和行政诉讼", "fail")],
)
def test_denial_is_held_against_what_it_denies(make_report, words: str, outcome: str) -> None:
    report = make_report({"reconsideration.upheld": "3", "reconsideration.total": "3"})
    (found,) = findings(report, "L02", said("no_disputes", True, words, unit="bool"))
    assert found.status == outcome
    assert found.stated is not None
    assert found.stated.words == words


def test_table_that_could_not_be_read_contradicts_nothing(suqian) -> None:
    report = suqian(2024, {"applications.received.total": "?", "applications.received.natural_person": "?"})
    assert [f.status for f in findings(report, "N01", said("requests", 1, "收到1件"))] == ["not_assessable"]


def prose(report, text: str, section: str = "s1", **fields):
    return structs.replace(report, narrative=(NarrativeSection(section=section, title="", text=text),), **fields)


@pytest.mark.parametrize(
    ("text", "check", "quote"),
    [
        ("按照“编写说明：此处填写”的要求。", "S08", "编写说明"),
        ("本机关××年共公开信息。", "S08", "××"),
        ("不断提高提高公开水平。", "S18", "提高提高"),
        ("认真落实，，完善制度。", "S18", "，，"),
        ("加强培训，完善制度、", "S19", "完善制度、"),
    ],
)
def test_passages_are_quoted(make_report, text: str, check: str, quote: str) -> None:
    found = next(f for f in check_report(prose(make_report(), text), FORM) if f.check.startswith(check))
    assert found.status == "fail"
    assert quote in found.quotes[0]
    assert quote in message(found, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "编制政府信息公开公开指南和目录。",
        "主动公开公开栏目。",
        "做到件件有着落、事事有回音。",
        "研究研究再定。",
        "工作安排如下：",
    ],
)
def test_ordinary_prose_raises_no_alarm(make_report, text: str) -> None:
    quality = [f for f in check_report(prose(make_report(), text), FORM) if f.check[:3] in ("S08", "S18", "S19")]
    assert [f.status for f in quality] == ["pass"] * 3


def test_sentence_cut_off_on_a_recognised_page_is_not_judged(make_report) -> None:
    report = prose(make_report(), "加强培训，完善制度，", notices=(Notice(code="pages_were_recognised"),))
    found = next(f for f in check_report(report, FORM) if f.check.startswith("S19"))
    assert (found.status, found.missing) == ("not_assessable", ("meta.cut_sentences",))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("（一）主动公开。\n（二）依申请公开。\n（二）政府信息管理。", "fail"),
        ("（一）主动公开。\n（一）依申请公开。", "fail"),
        ("存在的问题：\n（一）培训不够。\n改进情况：\n（一）加强培训。", "pass"),
        ("（一）主动公开。\n（二）依申请公开。\n（三）政府信息管理。", "pass"),
    ],
)
def test_number_used_twice_is_told_from_a_list_that_begins_anew(make_report, text: str, outcome: str) -> None:
    found = next(f for f in check_report(prose(make_report(), text), FORM) if f.check.startswith("S17"))
    assert found.status == outcome
