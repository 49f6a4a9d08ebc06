"""Every check that a report alone decides: one report that keeps it, the same report with one fault that breaks it."""

from __future__ import annotations

import re
import string
from typing import NamedTuple

import pytest

from ogi.checks import Finding, check_report, message, problems
from ogi.form import load_form
from ogi.labels import LANGS
from ogi.report import OrganName

FORM = load_form()
COUNTY = OrganName(name="示例市示例区人民政府", level="county", kind="government")
BUREAU = OrganName(name="示例市示例区教育局", level="county", kind="department")
NP, TOTAL = "natural_person", "total"


def row(name: str, count: int | str) -> dict[str, str]:
    """A row of the application table with all its cases filed by natural persons."""
    return {f"applications.{name}.{NP}": str(count), f"applications.{name}.{TOTAL}": str(count)}


class Case(NamedTuple):
    check: str
    edition: str
    keeps: dict[str, str]
    fault: dict[str, str]
    left: int | None
    right: int | None
    year: int = 2024
    organ: OrganName = COUNTY


FLOW = row("received", 40) | row("carried_in", 2) | row("granted", 38) | row("result_total", 38) | row("carried_over", 4)
MADE = {
    "normative_documents.newly_made": "8",
    "normative_documents.newly_published": "8",
    "normative_documents.published_total": "9",
}
LICENCES = {"licensing.items_prev": "31", "licensing.items_delta": "+30", "licensing.decisions": "900"}
BOUGHT = {"procurement.projects": "6", "procurement.amount": "251000元"}
CASES = [
    Case("R01", "gf2021", FLOW, {"applications.granted.total": "39"}, 38, 39),
    Case("R02", "gf2021", FLOW, row("carried_over", 5), 42, 43),
    Case("R03", "gf2021", FLOW, row("denied_third_party", 1), 39, 38),
    Case("R04", "gf2019", FLOW, row("other_handling", 1), 39, 38, 2019),
    Case("R05", "gf2021", FLOW, {"applications.result_total.total": "43"}, 43, 42),
    Case("R06", "gf2021", FLOW, {"applications.granted.total": ""}, None, None),
    Case("R07", "gf2021", FLOW, {"applications.other_misc.total": "12"}, 12, None),
    Case("R08", "gf2021", FLOW, {"applications.carried_over.total": "13"}, 13, None),
    Case("L01", "gf2021", {"reconsideration.upheld": "3", "reconsideration.total": "3"}, {"reconsideration.total": "0"}, 3, 0),
    Case("A01", "gf2021", {"normative_documents.issued": "5", "normative_documents.in_force": "5"},
         {"normative_documents.in_force": "4"}, 4, 5),
    Case("A02", "gf2021", {}, {"rules.in_force": "6"}, 6, 0),
    Case("A03", "gf2019", {}, {"rules.newly_made": "6"}, 6, 0, 2019),
    Case("A05", "gf2021", {"fees.amount_wan_yuan": "99999"}, {"fees.amount_wan_yuan": "100000"}, 100000, 100000, organ=BUREAU),
    Case("B01", "gf2019", MADE, {"normative_documents.published_total": "7"}, 7, 8, 2019),
    Case("B02", "gf2019", MADE, {"normative_documents.newly_made": "5"}, 8, 5, 2019),
    Case("B03", "gf2019", LICENCES, {"licensing.items_delta": "-32"}, -1, 0, 2019),
    Case("B04", "gf2019", LICENCES, {"licensing.decisions": "61"}, 61, 61, 2019),
    Case("B05", "gf2019", BOUGHT, {"procurement.projects": "0"}, None, None, 2019),
    Case("B06", "gf2019", BOUGHT, {"procurement.amount": "251000"}, None, None, 2019),
    Case("S06", "gf2021", {}, {"rules.issued": "/", "coercion.decisions": ""}, 2, 0),
    Case("S07", "gf2021", {"fees.amount_wan_yuan": "2.02"}, {"penalty.decisions": "约100", "rules.issued": "-1"}, 2, 0),
    Case("S07", "gf2019", {"licensing.items_delta": "-2"}, {"licensing.items_prev": "1.5"}, 1, 0, 2019),
]  # fmt: skip


def of(findings: tuple[Finding, ...], check: str) -> list[Finding]:
    return [f for f in findings if f.check.startswith(f"{check}_")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{case.edition}")
def test_check_holds_and_fails(make_report, case: Case) -> None:
    options = {"edition": case.edition, "year": case.year, "organ": case.organ}
    kept = of(check_report(make_report(case.keeps, **options), FORM), case.check)
    broken = of(check_report(make_report(case.keeps | case.fault, **options), FORM), case.check)
    assert {f.status for f in kept} <= {"pass", "not_applicable"}
    assert "pass" in {f.status for f in kept}
    failed = [f for f in broken if f.status == "fail"]
    assert failed != []
    if case.left is not None:
        assert case.left in {f.left for f in failed}
    if case.right is not None:
        assert case.right in {f.right for f in failed}


def test_sound_reports_have_no_problem(make_report) -> None:
    assert problems(check_report(make_report(FLOW), FORM)) == ()
    old = make_report(MADE | LICENCES | BOUGHT | FLOW, edition="gf2019", year=2020)
    assert problems(check_report(old, FORM)) == ()


@pytest.mark.parametrize(
    ("options", "outcome"),
    [({}, "pass"), ({"partial": ("t3_requests",)}, "fail"), ({"missing": ("t3_requests", "t4_disputes")}, "fail")],
)
def test_tables_not_read_are_counted(make_report, options: dict, outcome: str) -> None:
    assert [f.status for f in of(check_report(make_report(**options), FORM), "S02")] == [outcome]


@pytest.mark.parametrize(
    ("edition", "year", "outcome"),
    [("gf2021", 2021, "pass"), ("gf2019", 2020, "pass"), ("gf2019", 2022, "fail"), ("gf2021", 2020, "fail"),
     ("gf2021", None, "not_assessable")],
)  # fmt: skip
def test_edition_is_compared_with_the_year(make_report, edition: str, year: int | None, outcome: str) -> None:
    assert [f.status for f in of(check_report(make_report(edition=edition, year=year), FORM), "S03")] == [outcome]


@pytest.mark.parametrize(
    ("name", "level", "kind", "outcome"),
    [
        ("宿迁市人民政府", "city", "government", "not_applicable"),
        ("示例市示例区教育局", "county", "department", "fail"),
        (None, "unknown", "unknown", "not_assessable"),
    ],
)
def test_power_to_make_rules_decides_whether_they_are_asked_about(make_report, name, level, kind, outcome: str) -> None:
    organ = OrganName(name=name, level=level, kind=kind)
    report = make_report({"rules.issued": "2", "rules.in_force": "2"}, organ=organ)
    assert [f.status for f in of(check_report(report, FORM), "A02")] == [outcome]


def test_large_share_is_a_hint_only_from_thirty_cases_on(make_report) -> None:
    small = row("received", 29) | row("granted", 10) | row("other_misc", 19) | row("result_total", 29)
    assert [f.status for f in of(check_report(make_report(small), FORM), "R07")] == ["not_applicable"]
    large = row("received", 30) | row("granted", 10) | row("other_misc", 20) | row("result_total", 30)
    found = of(check_report(make_report(large), FORM), "R07")[0]
    assert message(found, "zh").startswith("“其他处理—3.其他”占办结的66.7%，偏高。")


def test_words_in_cells_are_listed_with_their_place(make_report) -> None:
    found = of(check_report(make_report({"penalty.decisions": "约100"}), FORM), "S07")[0]
    assert found.cells == ("penalty.decisions",)
    assert message(found, "zh") == "有1个单元格不是非负整数（或金额）：行政处罚 · 本年处理决定数量“约100”。"


@pytest.mark.parametrize(
    ("meta", "check", "outcome"),
    [
        ({"meta.title_year": 2024, "meta.period_year": 2024}, "S04", "pass"),
        ({"meta.title_year": 2024, "meta.period_year": 2023}, "S04", "fail"),
        ({}, "S04", "not_assessable"),
        ({"meta.period_full_year": True}, "S13", "pass"),
        ({"meta.period_full_year": False, "meta.period_start": "2024-01-01", "meta.period_end": "2024-11-30"}, "S13", "fail"),
        ({"meta.title_organ": "甲局", "meta.sign_organ": "乙局"}, "S11", "fail"),
        ({"meta.sections_found": 5}, "S01", "fail"),
        ({"meta.publish_date": "2025-02-01", "meta.deadline": "2025-01-31"}, "S05", "fail"),
        ({"meta.publish_date": "2025-01-26", "meta.deadline": "2025-01-31"}, "S05", "pass"),
    ],
)  # fmt: skip
def test_facts_of_the_document_are_checked_where_they_are_known(make_report, meta: dict, check: str, outcome: str) -> None:
    found = of(check_report(make_report(meta=meta), FORM), check)
    assert [f.status for f in found] == [outcome]
    assert "（未知）" not in message(found[0], "zh") or check == "S01"


@pytest.mark.parametrize(
    ("check", "before", "now", "outcome"),
    [
        ("Y01", row("carried_over", 4), row("carried_in", 4), "pass"),
        ("Y01", row("carried_over", 4), row("carried_in", 3), "fail"),
        ("L03", {"reconsideration.pending": "3"}, {"reconsideration.total": "2"}, "fail"),
        ("A04", {"fees.amount_wan_yuan": "3"}, {"fees.amount_wan_yuan": "30000"}, "fail"),
        ("A04", {"fees.amount_wan_yuan": "3"}, {"fees.amount_wan_yuan": "30"}, "pass"),
        ("A06", {"penalty.decisions": "60"}, {}, "fail"),
        ("A07", {"penalty.decisions": "60"}, {"penalty.decisions": "601"}, "fail"),
        ("Y03", {"rules.in_force": "3"}, {"rules.in_force": "3"}, "pass"),
        ("Y03", {"rules.in_force": "3"}, {"rules.in_force": "4"}, "fail"),
    ],
)
def test_two_years_are_compared(make_report, check: str, before: dict, now: dict, outcome: str) -> None:
    findings = of(check_report(make_report(now), FORM, make_report(before, year=2023)), check)
    assert outcome in {f.status for f in findings}
    assert outcome == "fail" or "fail" not in {f.status for f in findings}


def test_tenfold_change_is_said_as_a_factor(make_report) -> None:
    years = [make_report({"fees.amount_wan_yuan": text}, year=year) for year, text in ((2023, "30000"), (2024, "3"))]
    found = of(check_report(years[1], FORM, years[0]), "A04")[0]
    assert message(found, "zh").startswith("行政事业性收费比上年变化约10000倍。")


def test_subordinates_are_added_up_where_they_are_given(make_report) -> None:
    children = [make_report(row("received", count), year=2024) for count in (3, 4)]
    meta = {"meta.children_received": 2, "meta.children_expected": 2}
    city = make_report(row("received", 8), scope="region_total", meta=meta)
    found = [f for f in of(check_report(city, FORM, children=children), "H02") if f.status == "fail"]
    assert [(f.place[1], f.left, f.right, f.difference) for f in found] == [("received", 8, 7, 1)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("check", FORM.checks)
def test_every_check_has_its_sentence_whatever_is_known(check: str, lang: str) -> None:
    rule = FORM.checks[check]
    of_what = {name: FORM.sets[group][0] for name, group in rule.for_each.items()}
    for finding in (
        Finding(check=check, severity=rule.severity, status="fail"),
        Finding(check=check, severity=rule.severity, status="fail", left=3, right=5, difference=-2, params=of_what),  # type: ignore[arg-type]
    ):
        sentence = message(finding, lang)  # type: ignore[arg-type]
        assert re.search(r"[{}]", sentence) is None
        assert len(sentence) > 5


def test_sentences_name_the_same_things_in_both_languages() -> None:
    def names(text: str) -> set[str]:
        return {re.sub("_(zh|en)$", "", name) for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {c.id for c in FORM.checks.values() if names(c.zh) != names(c.en)} == set()
