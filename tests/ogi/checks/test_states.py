"""What a cell without a number means for the checks, and which checks apply to a report that mixes editions."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from ogi.checks import Figures, check_report, message, rules_of
from ogi.checks.quantity import Quantity
from ogi.form import DATA, FormError, load_form
from ogi.organs import describe_organ
from ogi.report import NarrativeSection

FORM = load_form()
ROW = "applications.granted."
PARTS = ("natural_person", "commercial_enterprise", "research_institution")


def row_check(make_report, printed: dict[str, str], **options: object):
    report = make_report({ROW + column: text for column, text in printed.items()}, **options)
    return next(f for f in check_report(report, FORM) if f.check == "R01_row_sum" and f.params["row"] == "granted")


@pytest.mark.parametrize("empty", ["", "/", "不适用"])
def test_empty_cell_beside_numbers_counts_as_zero_and_says_so(make_report, empty: str) -> None:
    found = row_check(make_report, {"natural_person": "4", "commercial_enterprise": empty, "total": "4"})
    assert (found.status, found.flags) == ("pass", ("blank_as_zero",))


@pytest.mark.parametrize("lost", ["?", "*", "若干"])
def test_cell_that_cannot_be_known_makes_the_check_not_assessable(make_report, lost: str) -> None:
    found = row_check(make_report, {"natural_person": "4", "commercial_enterprise": lost, "total": "9"})
    assert (found.status, found.missing) == ("not_assessable", (ROW + "commercial_enterprise",))
    assert (found.left, found.right, found.difference) == (None, None, None)
    assert message(found, "zh") == "无法判断：缺少予以公开 · 商业企业。"


def test_what_the_prose_does_not_say_is_no_missing_figure(make_report) -> None:
    findings = check_report(make_report(), FORM)
    said = {finding.check: message(finding, "zh") for finding in findings if finding.status == "not_assessable"}
    assert said["N09_reviews"] == "无法判断：正文没有写行政复议数。"
    assert said["N12_percent"] == "无法判断：正文没有写占比。"


def test_blank_total_is_added_up_and_never_zero(make_report) -> None:
    report = make_report({ROW + "natural_person": "4", ROW + "total": ""})
    total = Figures(report, FORM).get(ROW + "total")
    assert (total.value, total.flags) == (4, frozenset({"uses_derived"}))


def test_blank_total_beside_an_unreadable_part_is_unknown(make_report) -> None:
    report = make_report({ROW + "natural_person": "4", ROW + "commercial_enterprise": "*", ROW + "total": ""})
    assert Figures(report, FORM).get(ROW + "total") == Quantity(None, missing=(ROW + "total",))


def test_blank_total_of_a_blank_row_is_zero_where_its_column_has_numbers(make_report) -> None:
    columns = [key for key in FORM.editions["gf2021"].cells if key.startswith(ROW)]
    unread = {key.replace(ROW, f"applications.{row}."): "?" for row in FORM.sets["rows_common"] for key in columns}
    total_only = {"applications.received.total": "0"}
    report = make_report(unread | dict.fromkeys(columns, "") | total_only)
    assert Figures(report, FORM).get(ROW + "total").value == 0


def test_printed_total_wins_over_its_parts_even_when_wrong(make_report) -> None:
    report = make_report({ROW + "natural_person": "4", ROW + "total": "40"})
    assert Figures(report, FORM).get(ROW + "total") == Quantity(40, cells=(ROW + "total",))


def test_blank_cell_without_a_number_in_row_and_column_stays_unknown(make_report) -> None:
    report = make_report(rest="")
    assert Figures(report, FORM).get("rules.issued").value is None


def test_fee_written_in_yuan_is_compared_in_ten_thousand_yuan(make_report) -> None:
    fee = Figures(make_report({"fees.amount_wan_yuan": "251000元"}), FORM).get("fees.amount_wan_yuan")
    assert (fee.value, fee.flags) == (Decimal("25.1"), frozenset({"unit_converted"}))


def test_mixed_report_is_checked_by_the_edition_of_each_table(make_report) -> None:
    mixed = make_report(
        {"licensing.decisions": "5", "applications.other_handling.natural_person": "2", "applications.other_handling.total": "3"},
        editions={"t3_requests": "gf2019"},
    )
    findings = check_report(mixed, FORM)
    failed = {f.place for f in findings if f.status == "fail"}
    assert ("R01_row_sum", "other_handling") in failed
    assert ("R04_result_sum_2019", "natural_person") in failed
    assert not any(f.check.startswith(("R03", "R07", "B")) for f in findings)
    assert any(f.check.startswith("A01") for f in findings)


def test_mixture_is_said_in_words(make_report) -> None:
    mixed = make_report(editions={"t3_requests": "gf2019"})
    found = next(f for f in check_report(mixed, FORM) if f.check.startswith("S03"))
    assert found.status == "fail"
    assert message(found, "zh") == "2024年度应使用“2021年修订格式”，报告用的是“2021年修订格式 + 2019年格式（试行）”。"
    assert "the report uses “Revised format of 2021 + Trial format of 2019”" in message(found, "en")


def test_table_that_looks_alike_in_both_editions_mixes_nothing(make_report) -> None:
    report = make_report(editions={"t4_disputes": "gf2019"})
    assert next(f for f in check_report(report, FORM) if f.check.startswith("S03")).status == "pass"


def test_missing_table_keeps_its_checks_as_not_assessable(make_report) -> None:
    findings = check_report(make_report(missing=("t4_disputes",)), FORM)
    assert {f.status for f in findings if f.check.startswith("L01")} == {"not_assessable"}
    assert next(f for f in findings if f.check.startswith("S02")).left == 1


def test_wholly_unread_report_names_every_table(make_report) -> None:
    form = FORM.editions["gf2019"]
    report = make_report(edition="gf2019", year=2020, missing=tuple(table.id for table in form.tables))
    assert next(f for f in check_report(report, FORM) if f.check.startswith("S02")).left == 7


def test_findings_stand_by_severity_and_document_first(make_report) -> None:
    findings = check_report(make_report(), FORM)
    ranks = [("error", "warning", "hint").index(f.severity) for f in findings]
    assert ranks == sorted(ranks)
    errors = [f for f in findings if f.severity == "error"]
    with_cells = [bool(f.cells) for f in errors]
    assert with_cells == sorted(with_cells)


def test_identity_and_cells_of_a_finding_do_not_depend_on_the_figures(make_report) -> None:
    one, other = (
        [
            (f.place, f.cells)
            for f in check_report(make_report({ROW + "natural_person": text}), FORM)
            if f.cells and f.check[0] in "RLABY"
        ]
        for text in ("5", "")
    )
    assert one == other
    assert len({place for place, _ in one}) == len(one)


@pytest.mark.parametrize(
    ("file", "entry", "change", "says"),
    [
        ("checks.yaml", "checks", {"formula": "applications.granted.total =="}, "R01_row_sum"),
        ("checks.yaml", "checks", {"formula": "applications.grantd.total == 1", "for_each": {}}, "applications.grantd.total"),
        ("checks.yaml", "checks", {"when": "open('x')"}, "R01_row_sum"),
        ("checks.yaml", "checks", {"show": {"pct": "applications.granted.total ** 2"}}, "R01_row_sum"),
        ("indicators.yaml", "indicators", {"formula": "prev(1)"}, "I01_new"),
        ("indicators.yaml", "indicators", {"undefined_when": "missing"}, "I01_new"),
        ("derived.yaml", "derived", {"formula": "meta.nothing.{col}"}, "denied_all"),
    ],
)
def test_mistake_in_a_formula_names_its_rule(tmp_path: Path, file: str, entry: str, change: dict, says: str) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[entry][0].update(change)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FormError, match=says):
        rules_of(load_form(tmp_path / "data"))


SOUND = {key: "7" for key in FORM.editions["gf2021"].cells if key.endswith(("in_force", "decisions", "amount_wan_yuan"))}
CELLS = tuple(FORM.editions["gf2021"].cells)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lost=st.sets(st.sampled_from(CELLS), max_size=40), wrong=st.sets(st.sampled_from(CELLS), max_size=6))
def test_losing_cells_turns_outcomes_unknown_and_never_around(make_report, lost: set[str], wrong: set[str]) -> None:
    """A pass or fail that stands although cells are lost is the one the whole report has."""
    printed = SOUND | dict.fromkeys(wrong, "3")
    whole = {f.place: f.status for f in check_report(make_report(printed), FORM) if f.check[0] in "RLA"}
    part = {f.place: f.status for f in check_report(make_report(printed | dict.fromkeys(lost, "?")), FORM) if f.check[0] in "RLA"}
    assert part.keys() == whole.keys()
    assert {place for place, status in part.items() if status not in (whole[place], "not_assessable")} == set()


def test_flags_are_said_after_the_sentence(make_report) -> None:
    found = row_check(make_report, {"natural_person": "4", "commercial_enterprise": "", "total": "9"})
    assert message(found, "zh") == "“予以公开”这一行：六类申请人之和是4，总计栏写的是9，相差5。（空白格按0计算）"


def test_heading_on_a_lost_page_is_not_called_missing(make_report) -> None:
    narrative = tuple(NarrativeSection(section=f"s{n}", title="标题", text="") for n in (1, 2, 4, 5, 6))
    meta = {"meta.sections_found": 5}
    for partial, outcome in (((), "fail"), (("t3_requests",), "not_assessable")):
        report = structs.replace(make_report(meta=meta, partial=partial), narrative=narrative)
        found = next(f for f in check_report(report, FORM) if f.check.startswith("S01"))
        assert found.status == outcome
        if outcome == "fail":
            assert message(found, "zh").endswith("缺：“三、收到和处理政府信息公开申请情况”。")


@pytest.mark.parametrize(
    ("title", "signature", "outcome"),
    [
        ("示例市教育局", "示例市教育局", "pass"),
        ("示例市教育局", "市教育局", "pass"),
        ("示例市人民政府", "示例市人民政府办公室", "pass"),
        ("示例市教育局", "示例市民政局", "fail"),
    ],
)
def test_signature_may_shorten_the_name(make_report, title: str, signature: str, outcome: str) -> None:
    report = make_report(meta={"meta.title_organ": title, "meta.sign_organ": signature})
    assert next(f for f in check_report(report, FORM) if f.check.startswith("S11")).status == outcome


@pytest.mark.parametrize(
    ("name", "scope", "published", "outcome", "flags"),
    [
        ("示例市教育局", "own", "2025-02-01", "fail", ()),
        ("示例市人民政府", "region_total", "2025-03-31", "pass", ()),
        ("示例市人民政府", "region_total", "2025-04-01", "fail", ()),
        ("示例市人民政府办公室", "own", "2025-02-01", "fail", ()),
        ("示例市示例区示例街道办事处", "own", "2025-02-01", "fail", ("local_notice",)),
        ("某某", "own", "2025-02-01", "not_assessable", ()),
    ],
)
def test_deadline_follows_the_kind_of_organ(make_report, name, scope, published, outcome: str, flags) -> None:
    report = make_report(organ=describe_organ(name), scope=scope, meta={"meta.publish_date": published})
    found = next(f for f in check_report(report, FORM) if f.check.startswith("S05"))
    assert found.status == outcome
    assert outcome != "fail" or found.flags == flags


def test_signature_stands_for_an_unknown_day_of_publication_and_the_finding_says_so(make_report) -> None:
    report = make_report(organ=describe_organ("示例市教育局"), meta={"meta.sign_date": "2025-02-03"})
    found = next(f for f in check_report(report, FORM) if f.check.startswith("S05"))
    assert (found.status, found.flags) == ("fail", ("signature_date",))
    assert message(found, "zh").endswith("（未见发布日期，按落款日期判断）")
