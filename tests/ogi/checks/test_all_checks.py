"""Every check of the dictionary: a report that keeps it and one that breaks it, with the reports around them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
import pytest

from ogi.checks import Finding, message
from ogi.checks.context import Context, Relations, key_of
from ogi.data_files import DATA
from ogi.desk import DeskFilter
from ogi.exchange.organ_list import ExpectedOrgan
from ogi.form import load_form
from ogi.organs import describe_organ, id_of, organ_id
from ogi.report import NarrativeSection, Notice, Report, StatedFact
from ogi.store.accepting import accept_many
from ogi.store.act import Act
from ogi.store.comparing_texts import compare_texts
from ogi.store.desk import groups
from ogi.store.entries import entries_of
from ogi.store.expected import replace_list
from ogi.store.location import Location
from ogi.store.prepared import Prepared, prepare
from ogi.store.records import open_records
from ogi.store.settling import settle

FORM = load_form()
NP, TOTAL = "natural_person", "total"
CITY, OFFICE, BUREAU = "示例市人民政府", "示例市人民政府办公室", "示例市教育局"
LONG = "".join(f"第{word}项工作由专人负责，按月检查并通报结果，全年完成情况良好。" * 2 for word in "甲乙丙丁戊己庚辛壬癸子丑")
OTHER = "".join(f"针对{word}类事项，我们改进流程并加强培训，群众满意度逐步提升。" * 2 for word in "天地玄黄宇宙洪荒日月盈昃")


def row(name: str, count: int) -> dict[str, str]:
    """A row of applications, all by natural persons."""
    return {f"applications.{name}.{NP}": str(count), f"applications.{name}.{TOTAL}": str(count)}


def said(key: str, value: Any, words: str = "正文如此", unit: str = "jian", **more: Any) -> StatedFact:
    """A statement of the prose."""
    return StatedFact(key=f"text.{key}", value=value, sentence=more.pop("sentence", words), words=words, unit=unit, **more)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A report with what stands around it."""

    cells: Mapping[str, str] = field(default_factory=dict)
    edition: str = "gf2021"
    year: int = 2024
    organ: str = BUREAU
    scope: str = "own"
    meta: Mapping[str, Any] = field(default_factory=dict)
    prose: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[StatedFact, ...] = ()
    notices: tuple[Notice, ...] = ()
    before: Scene | None = None
    version: Scene | None = None
    children: tuple[Scene, ...] = ()
    missing: tuple[str, ...] = ()
    alike: float | None = None
    partial: tuple[str, ...] = ()

    def report(self, make) -> Report:
        report = make(
            self.cells, edition=self.edition, year=self.year, organ=describe_organ(self.organ), scope=self.scope,
            meta=dict(self.meta), partial=self.partial,
        )  # fmt: skip
        sections = [NarrativeSection(section=key, title=self.titles.get(key, ""), text=text) for key, text in self.prose.items()]
        return msgspec.structs.replace(report, narrative=tuple(sections), facts=self.facts, notices=self.notices)

    def findings(self, make) -> tuple[Finding, ...]:
        report = self.report(make)
        key = key_of(report)
        assert key is not None
        others = [scene.report(make) for scene in (self.before, self.version, *self.children) if scene is not None]
        others = [
            msgspec.structs.replace(other, document=msgspec.structs.replace(other.document, sha256=f"{place:064}"))
            for place, other in enumerate(others, 1)
        ]
        children = {key.organ: tuple(id_of(describe_organ(name)) for name in (*(c.organ for c in self.children), *self.missing))}
        relations = Relations(
            children=children if self.children or self.missing else {},  # type: ignore[arg-type]
            likenesses={key: (self.alike, "某局")} if self.alike is not None else {},
        )
        return Context.of([*others, report], relations).check(key, FORM)


def changed(scene: Scene, **fields: Any) -> Scene:
    return Scene(**{name: getattr(scene, name) for name in scene.__dataclass_fields__} | fields)


S = Scene
FLOW = row("received", 40) | row("carried_in", 2) | row("granted", 38) | row("result_total", 38) | row("carried_over", 4)
DUE = row("received", 4) | row("granted", 4) | row("result_total", 4)
MADE = {f"normative_documents.{c}": n for c, n in (("newly_made", "8"), ("newly_published", "8"), ("published_total", "9"))}
LICENCES = {"licensing.items_prev": "31", "licensing.items_delta": "+30", "licensing.decisions": "900"}
BOUGHT = {"procurement.projects": "6", "procurement.amount": "251000元"}
REVIEW = {"reconsideration.upheld": "3", "reconsideration.total": "3"}
REGION = {"organ": CITY, "scope": "region_total"}
CHILD = S(cells=DUE | REVIEW | {"licensing.decisions": "7", "rules.in_force": "0", "fees.amount_wan_yuan": "3"})
STOCK = {"normative_documents.in_force": "5"}
SIX = {f"s{n}": "本部分内容完整。" for n in range(1, 7)}
HEADS = {f"s{n}": f"{o}、标题{o}" for n, o in enumerate("一二三四五六", 1)}


def whole(**cells: str) -> S:
    return S(**REGION, children=(CHILD,), cells=CHILD.cells | {key.replace("__", "."): text for key, text in cells.items()})


ST = {
    "received": "10", "by_person": "1", "by_fax": "2", "by_net": "3", "by_mail": "4", "closed": "10", "closed_on_time": "9",
    "closed_extended": "1", "answered": "10", "ans_already_public": "1", "ans_granted": "4", "ans_partial": "1",
    "ans_denied": "2", "ans_not_this_organ": "1", "ans_not_exist": "1", "den_state_secret": "1",
    "den_privacy": "1", "review_upheld": "1",
    "review_total": "1", "lit_other": "1", "lit_total": "1", "staff_full": "1", "staff_part": "2", "staff": "3",
    "proactive_total": "9", "proactive_docs": "2", "ch_website": "9",
}  # fmt: skip
OLD = S(edition="st2014", year=2016, cells={f"st.{key}": text for key, text in ST.items()})


def old(**cells: str) -> S:
    return changed(OLD, cells=OLD.cells | {f"st.{key}": text for key, text in cells.items()})


def flow(**more: Any) -> S:
    return S(cells=FLOW | more.pop("cells", {}), **more)


def y2019(cells: dict[str, str], **more: Any) -> S:
    return S(edition="gf2019", year=more.pop("year", 2019), cells=cells, **more)


def stated(key: str, value: Any, cells: dict[str, str] | None = None, **more: Any) -> S:
    return S(cells=FLOW | (cells or {}), facts=(said(key, value, **more),))


def pair(one: StatedFact, other: StatedFact) -> S:
    return S(cells=FLOW, facts=(one, other))


LAST = S(
    cells=row("received", 20) | row("granted", 16) | row("result_total", 16) | row("carried_over", 4), year=2023,
)  # fmt: skip
SENT = {"sentence": "自然人申请30件，占75%。"}
SHARE = SENT | {"about": "text.natural_person"}
FEE = {"sentence": "向2件申请收取300元。"}

CASES: dict[str, tuple[Scene, Scene]] = {
    "R01_row_sum": (flow(), flow(cells={"applications.granted.total": "39"})),
    "R02_balance": (flow(), flow(cells=row("carried_over", 5))),
    "R03_result_sum_2021": (flow(), flow(cells=row("denied_third_party", 1))),
    "R04_result_sum_2019": (y2019(FLOW), y2019(FLOW | row("other_handling", 1))),
    "R05_results_not_above_due": (flow(), flow(cells={"applications.result_total.total": "43"})),
    "R06_total_column_blank": (flow(), flow(cells={"applications.granted.total": ""})),
    "R07_other_misc_large": (flow(), flow(cells={"applications.other_misc.total": "12"})),
    "R08_carried_over_large": (flow(), flow(cells={"applications.carried_over.total": "13"})),
    "R09_fee_unpaid_explained": (
        flow(cells=row("other_fee_unpaid", 1), prose={"s6": "无"}, facts=(said("info_fee_mentioned", True),)),
        flow(cells=row("other_fee_unpaid", 1), prose={"s6": "无其他事项。"}),
    ),
    "L01_block_sum": (S(cells=REVIEW), S(cells=REVIEW | {"reconsideration.total": "0"})),
    "L02_text_says_none": (
        S(cells=REVIEW, facts=(said("no_disputes", True, "没有被提起行政诉讼"),)),
        S(cells=REVIEW, facts=(said("no_disputes", True, "没有被申请行政复议"),)),
    ),
    "L03_pending_reappears": (
        S(cells=REVIEW, before=S(year=2023, cells={"reconsideration.pending": "3"})),
        S(cells=REVIEW, before=S(year=2023, cells={"reconsideration.pending": "4"})),
    ),
    "L04_after_review_bounded": (
        S(cells={"litigation_after_reconsideration.total": "3"}, before=S(year=2023, cells=REVIEW)),
        S(cells={"litigation_after_reconsideration.total": "4"}, before=S(year=2023, cells=REVIEW)),
    ),
    "L05_codefendant_reminder": (S(organ=CITY), S(organ=CITY, cells={"litigation_after_reconsideration.total": "1"})),
    "L06_review_first_since_2024": (
        S(cells={"litigation_direct.total": "1"}), S(cells={"litigation_direct.total": "1"} | row("denied_third_party", 1)),
    ),
    "L07_disputes_without_requests": (S(cells=FLOW | REVIEW, before=S(year=2023)), S(cells=REVIEW, before=S(year=2023))),
    "A01_stock_covers_issue": (
        S(cells=STOCK | {"normative_documents.issued": "5"}), S(cells=STOCK | {"normative_documents.issued": "6"}),
    ),
    "A02_rules_power": (S(), S(cells={"rules.in_force": "1"})),
    "A03_rules_power_2019": (y2019({}), y2019({"rules.newly_made": "1"})),
    "A04_fee_unit_slip": (
        S(cells={"fees.amount_wan_yuan": "30"}, before=S(year=2023, cells={"fees.amount_wan_yuan": "3"})),
        S(cells={"fees.amount_wan_yuan": "30000"}, before=S(year=2023, cells={"fees.amount_wan_yuan": "3"})),
    ),
    "A05_fee_implausible_size": (
        S(organ="示例市示例镇人民政府", cells={"fees.amount_wan_yuan": "9"}),
        S(organ="示例市示例镇人民政府", cells={"fees.amount_wan_yuan": "100000"}),
    ),
    "A06_decisions_vanish": (
        S(cells={"penalty.decisions": "1"}, before=S(year=2023, cells={"penalty.decisions": "60"})),
        S(before=S(year=2023, cells={"penalty.decisions": "60"})),
    ),
    "A07_decisions_jump": (
        S(cells={"penalty.decisions": "600"}, before=S(year=2023, cells={"penalty.decisions": "60"})),
        S(cells={"penalty.decisions": "601"}, before=S(year=2023, cells={"penalty.decisions": "60"})),
    ),
    "B01_total_covers_new": (y2019(MADE), y2019(MADE | {"normative_documents.published_total": "7"})),
    "B02_published_vs_made": (y2019(MADE), y2019(MADE | {"normative_documents.newly_made": "5"})),
    "B03_items_not_negative": (y2019(LICENCES), y2019(LICENCES | {"licensing.items_delta": "-32"})),
    "B04_decisions_mistaken_for_items": (y2019(LICENCES), y2019(LICENCES | {"licensing.decisions": "61"})),
    "B05_procurement_consistent": (y2019(BOUGHT), y2019(BOUGHT | {"procurement.projects": "0"})),
    "B06_procurement_unit": (y2019(BOUGHT), y2019(BOUGHT | {"procurement.amount": "251000"})),
    "Y01_carry_matches": (flow(before=S(year=2023, cells=row("carried_over", 2))), flow(before=S(year=2023))),
    "Y02_carry_matches_by_applicant": (flow(before=S(year=2023, cells=row("carried_over", 2))), flow(before=S(year=2023))),
    "Y03_in_force_rolls": (
        S(cells=STOCK, before=S(year=2023, cells=STOCK)),
        S(cells=STOCK | {"rules.in_force": "1"}, before=S(year=2023, cells=STOCK)),
    ),
    "Y04_items_roll_2020": (
        y2019({"licensing.items_prev": "61"}, year=2020, before=y2019(LICENCES)),
        y2019({"licensing.items_prev": "60"}, year=2020, before=y2019(LICENCES)),
    ),
    "Y05_published_total_grows": (y2019(MADE, year=2020, before=y2019(MADE)), y2019(MADE, year=2020, before=y2019({}))),
    "Y06_bridge_2020_2021": (
        S(year=2021, cells={"normative_documents.in_force": "9"}, before=y2019(MADE, year=2020)),
        S(year=2021, cells={"normative_documents.in_force": "19"}, before=y2019(MADE, year=2020)),
    ),
    "Y07_copied_from_last_year": (
        flow(prose={"s1": LONG}, before=S(year=2023, prose={"s1": OTHER})),
        flow(prose={"s1": LONG}, before=S(year=2023, prose={"s1": LONG})),
    ),
    "Y08_mostly_copied": (
        flow(prose={"s1": LONG}, before=S(year=2023, prose={"s1": OTHER})),
        flow(prose={"s1": LONG + OTHER[:100]}, before=S(year=2023, prose={"s1": LONG})),
    ),
    "Y09_copied_from_peer": (S(alike=0.84), S(alike=0.86)),
    "Y10_last_year_restated": (
        flow(prose={"s1": "2023年收到申请20件。"}, before=LAST), flow(prose={"s1": "2023年收到申请22件。"}, before=LAST),
    ),
    "Y11_change_restated": (
        flow(prose={"s1": "收到申请40件，比上年增加20件。"}, before=LAST),
        flow(prose={"s1": "收到申请40件，比上年增加21件。"}, before=LAST),
    ),
    "N01_requests": (stated("requests", 42), stated("requests", 43)),
    "N02_requests_new": (stated("requests_new", 40), stated("requests_new", 42)),
    "N03_no_requests": (S(facts=(said("no_requests", True),)), flow(facts=(said("no_requests", True),))),
    "N04_carry": (stated("carried_over", 4), stated("carried_over", 5)),
    "N05_answered": (stated("answered", 38), stated("answered", 39)),
    "N06_granted": (
        stated("granted", 38, row("partially_granted", 1)), stated("granted", 37, row("partially_granted", 1)),
    ),
    "N07_result_groups": (stated("denied", 0), stated("denied", 1)),
    "N08_applicants": (stated("natural_person", 42), stated("natural_person", 41)),
    "N14_organisations": (stated("organisations", 0), stated("organisations", 1)),
    "N09_reviews": (stated("reconsideration", 3, REVIEW), stated("reconsideration", 2, REVIEW)),
    "N10_lawsuits": (stated("litigation", 0), stated("litigation", 1)),
    "N18_review_outcomes": (stated("reconsideration_upheld", 3, REVIEW), stated("reconsideration_upheld", 2, REVIEW)),
    "N19_lawsuit_outcomes": (stated("litigation_pending", 0), stated("litigation_pending", 1)),
    "N11_proactive_parts": (
        pair(said("proactive_total", 9), said("proactive_parts_sum", 9, about="text.proactive_total")),
        pair(said("proactive_total", 9), said("proactive_parts_sum", 8, about="text.proactive_total")),
    ),
    "N12_percent": (
        pair(said("natural_person", 30, **SENT), said("percent_stated", 75, "占75%", "percent", **SHARE)),
        pair(said("natural_person", 30, **SENT), said("percent_stated", 85, "占85%", "percent", **SHARE)),
    ),
    "N13_growth": (
        changed(stated("growth_stated", 100, words="增长100%", unit="percent", about="text.requests_new"), before=LAST),
        changed(stated("growth_stated", 90, words="增长90.0%", unit="percent", about="text.requests_new"), before=LAST),
    ),
    "N15_fee_cases": (stated("info_fee_cases", 42), stated("info_fee_cases", 43)),
    "N16_fee_and_cases": (
        pair(said("info_fee_cases", 2, **FEE), said("info_fee_yuan", 300, unit="yuan", **FEE)),
        pair(said("info_fee_cases", 0, **FEE), said("info_fee_yuan", 300, unit="yuan", **FEE)),
    ),
    "N17_fee_denied": (
        pair(said("info_fee_yuan", 300, "收取300元", "yuan"), said("info_fee_yuan", 300, "共300元", "yuan")),
        pair(said("info_fee_yuan", 300, "收取300元", "yuan"), said("info_fee_yuan", 0, "未收取", "yuan")),
    ),
    "S01_sections": (S(meta={"meta.sections_found": 6}), S(meta={"meta.sections_found": 5})),
    "S02_missing_table": (S(), S(partial=("t3_requests",))),
    "S03_format_for_year": (S(), y2019({}, year=2022)),
    "S04_year_agrees": (
        S(meta={"meta.title_year": 2024, "meta.period_year": 2024}), S(meta={"meta.title_year": 2023, "meta.period_year": 2024}),
    ),
    "S12_old_year_left": (
        S(meta={"meta.other_year_mentions": 0}),
        S(meta={"meta.other_year_mentions": 1},
          notices=(Notice(code="other_years_in_text", params={"sentence": "2022年，我局收到申请3件"}),)),
    ),
    "S13_full_year": (S(meta={"meta.period_full_year": True}), S(meta={"meta.period_full_year": False})),
    "S14_versions_conflict": (S(version=S()), flow(version=S())),
    "S05_on_time": (S(meta={"meta.publish_date": "2025-01-31"}), S(meta={"meta.sign_date": "2025-02-01"})),
    "S06_blank_cells": (S(), S(cells={"rules.issued": "/"})),
    "S07_bad_cells": (S(), S(cells={"penalty.decisions": "约100"})),
    "S08_template_residue": (S(prose=SIX), S(prose=SIX | {"s6": "（文字描述）"})),
    "S09_section5_empty": (S(meta={"meta.section5_chars": 30}), S(meta={"meta.section5_chars": 1})),
    "S10_fee_statement": (S(prose=SIX, facts=(said("info_fee_mentioned", True),)), S(prose=SIX)),
    "S11_organ_name": (
        S(meta={"meta.title_organ": BUREAU, "meta.sign_organ": BUREAU}),
        S(meta={"meta.title_organ": BUREAU, "meta.sign_organ": "示例市民政局"}),
    ),
    "S15_lone_blanks": (S(), S(cells={"applications.granted.research_institution": ""})),
    "S16_section_order": (
        S(prose=SIX, titles=HEADS), S(prose=dict(sorted(SIX.items(), reverse=True)), titles=HEADS),
    ),
    "S17_double_numbering": (
        S(prose={"s1": "（一）主动公开。\n（二）依申请公开。"}), S(prose={"s1": "（一）主动公开。\n（一）依申请公开。"}),
    ),
    "S18_doubled_words": (S(prose={"s1": "进一步加强工作。"}), S(prose={"s1": "进一步进一步加强工作。"})),
    "S19_cut_sentences": (S(prose={"s1": "加强培训，完善制度。"}), S(prose={"s1": "加强培训，完善制度，"})),
    "H01_children_complete": (whole(), changed(whole(), missing=("示例市民政局",))),
    "H02_sum_requests": (whole(), whole(applications__received__total="5")),
    "H03_sum_disputes": (whole(), whole(reconsideration__total="2")),
    "H04_sum_decisions": (whole(), whole(licensing__decisions="8")),
    "H05_sum_docs": (whole(), whole(rules__in_force="1")),
    "H06_sum_fees": (whole(fees__amount_wan_yuan="4"), whole(fees__amount_wan_yuan="4.1")),
    "P01_channels": (OLD, old(by_mail="5")),
    "P02_closed": (OLD, old(closed_extended="2")),
    "P03_answers": (OLD, old(ans_granted="5")),
    "P04_denials": (OLD, old(den_privacy="2")),
    "P05_review": (OLD, old(review_total="2")),
    "P06_lawsuit": (OLD, old(lit_total="2")),
    "P07_staff": (OLD, old(staff="2")),
    "P08_subset": (OLD, old(proactive_docs="10")),
    "P09_dedup": (OLD, old(ch_website="8")),
}  # fmt: skip


def statuses(scene: Scene, check: str, make) -> set[str]:
    return {finding.status for finding in scene.findings(make) if finding.check == check}


def test_every_check_has_its_two_reports() -> None:
    assert set(FORM.checks) == set(CASES)


@pytest.mark.parametrize("check", CASES)
def test_check_holds_for_one_report_and_fails_for_the_other(make_report, check: str) -> None:
    sound, broken = CASES[check]
    assert "pass" in (found := statuses(sound, check, make_report))
    assert "fail" not in found
    assert "fail" in statuses(broken, check, make_report)


@pytest.mark.parametrize("check", CASES)
def test_failed_check_says_what_is_wrong_without_a_gap(make_report, check: str) -> None:
    failed = [f for f in CASES[check][1].findings(make_report) if f.check == check and f.status == "fail"]
    unknown = {"S01_sections", "S13_full_year", "N13_growth"}  # made here without the facts their sentence names
    for finding in failed:
        assert ("（未知）" in message(finding, "zh")) <= (check in unknown)


# ---- The same in a library: each case in a city of its own, stored with what stands around it.

ACT = Act(by="test")


@lru_cache(maxsize=1)
def cities() -> list[str]:
    """Cities of today, one for each case."""
    rows = [line.split("\t") for line in (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines() if line[0].isdigit()]
    return [row[1] for row in rows if row[0].endswith("00") and row[0][2:4] != "00" and row[1].endswith("市") and not row[3]]


def moved(scene: Scene, number: int) -> Scene:
    """The scene in another city, with all that stands around it."""
    name = cities()[number]
    around = {at: moved(one, number) for at in ("before", "version") if (one := getattr(scene, at)) is not None}
    return changed(
        scene,
        organ=scene.organ.replace("示例市", name),
        missing=tuple(other.replace("示例市", name) for other in scene.missing),
        children=tuple(moved(child, number) for child in scene.children),
        **around,
    )


def scenes(check: str, number: int) -> list[Scene]:
    """The reports of a case in the order in which they come; the one that is broken last."""
    broken = moved(CASES[check][1], number)
    if broken.alike is not None:  # of this the library makes its own picture: the text of another organ
        return [changed(broken, organ=f"{cities()[number]}民政局", prose={"s1": LONG}), changed(broken, prose={"s1": LONG})]
    return [one for one in (broken.before, broken.version, *broken.children) if one is not None] + [broken]


def ready(scene: Scene, name: str, make) -> Prepared:
    report, data = scene.report(make), name.encode()
    document = msgspec.structs.replace(report.document, sha256=hashlib.sha256(data).hexdigest())
    return prepare(msgspec.structs.replace(report, document=document), data, origin="ingest")


@pytest.fixture(scope="module")
def found(make_report, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[str]]]:
    """By check the organs of which the library shows it as an open finding."""
    records = open_records(Location.of(tmp_path_factory.mktemp("library")))
    cases = {check: scenes(check, number) for number, check in enumerate(CASES)}
    given = [ready(one, f"{check}{at}", make_report) for check, all_ in cases.items() for at, one in enumerate(all_)]
    due = [name for all_ in cases.values() for one in all_[-1:] for name in (*(c.organ for c in one.children), *one.missing)]
    with records.writing() as connection:
        accept_many(connection, given, ACT)
        replace_list(connection, "应报机关", [ExpectedOrgan(organ_id=organ_id(name), name=name) for name in due], ACT)
    settle(records)
    compare_texts(records, CASES["Y09_copied_from_peer"][1].year, ACT)
    settle(records)
    reminders = [cases[check][-1] for check, rule in FORM.checks.items() if rule.reminder]
    with records.reading() as connection:
        shown = [(one.check, one.organ_name) for one in groups(connection, DeskFilter())]
        # A reminder is shown with its report and counted nowhere.
        entries = entries_of(connection, [f"{organ_id(one.organ)}.{one.year}.{one.scope}" for one in reminders])
    shown += [(one.check, entry.organ_name or "") for entry in entries for one in entry.findings if one.status == "fail"]
    yield {check: {organ for of, organ in shown if of == check} for check in FORM.checks}
    records.close()


@pytest.mark.parametrize("check", FORM.checks)
def test_check_is_shown_as_a_finding_of_the_library(found: dict[str, set[str]], check: str) -> None:
    assert scenes(check, list(CASES).index(check))[-1].organ in found[check]
