"""A library checked as a whole: by the identity shown, an unidentified report alone."""

from __future__ import annotations

from ogi.checks.context import Relations
from ogi.form import load_form
from ogi.library import entry_from
from ogi.lineage import Succession
from ogi.organs import describe_organ, organ_id
from ogi.related_reports import beside_each_other, context_of, findings_of
from ogi.report import OrganName

FORM = load_form()


def carried(name: str, count: int) -> dict[str, str]:
    return {f"applications.{name}.natural_person": str(count), f"applications.{name}.total": str(count)}


def carry(entry, context) -> str:
    return next(f.status for f in findings_of(entry, context, FORM) if f.check == "Y01_carry_matches")


def test_year_a_person_corrected_decides_which_report_is_last_years(make_report) -> None:
    """Carried over 4, carried in 5; the report of 2023 was read as 2022."""
    organ = describe_organ("示例市教育局")
    misread = make_report(carried("carried_over", 4), year=2022, organ=organ)
    now = entry_from(make_report(carried("carried_in", 5), year=2024, organ=organ), (), "uploads")
    assert carry(now, context_of([entry_from(misread, (), "uploads"), now])) == "not_assessable"
    assert carry(now, context_of([entry_from(misread, (), "uploads", report_year=2023), now])) == "fail"


def test_organ_a_person_named_decides_who_may_make_rules(make_report) -> None:
    report = make_report({"rules.issued": "1", "rules.in_force": "1"}, organ=describe_organ("示例市教育局"))
    read = entry_from(report, (), "uploads")
    named = entry_from(report, (), "uploads", organ_name="宿迁市人民政府")
    outcomes = [
        next(f.status for f in findings_of(entry, context_of([entry]), FORM) if f.check == "A02_rules_power")
        for entry in (read, named)
    ]
    assert outcomes == ["fail", "not_applicable"]


def test_unidentified_report_is_checked_alone(make_report) -> None:
    unknown = entry_from(make_report(carried("carried_in", 5), year=2024, organ=OrganName(name=None)), (), "uploads")
    assert unknown.organ_id is None
    assert carry(unknown, context_of([unknown])) == "not_assessable"


def year_findings(entry) -> list[str]:
    return [f.status for f in entry.findings if f.check == "Y01_carry_matches"]


def test_entries_beside_each_other_have_the_findings_between_years_and_others_keep_theirs(make_report) -> None:
    """Carried over 4, carried in 5; the same in another collection is another world."""
    organ, other = describe_organ("示例市教育局"), describe_organ("示例市公安局")
    before = entry_from(make_report(carried("carried_over", 4), year=2023, organ=organ), (), "uploads")
    now = entry_from(make_report(carried("carried_in", 5), year=2024, organ=organ), (), "uploads")
    alone = entry_from(make_report(carried("carried_in", 5), year=2024, organ=other), (), "uploads")
    sample = entry_from(now.report, (), "fictional")
    known = {}
    found = beside_each_other([before, now, alone, sample], FORM, known)
    assert [year_findings(entry) for entry in found] == [[], ["fail"], [], []]
    assert found[0] is before
    assert found[2] is alone
    again = beside_each_other([before, now], FORM, known)
    assert again[1].findings is found[1].findings


def test_merged_organ_is_checked_beside_all_of_its_predecessors_or_says_which_is_missing(make_report) -> None:
    """2 and 3 carried over by two bureaus, 5 carried in by the one they became; the second report comes later."""
    old, other, new = "示例市教育局", "示例市体育局", "示例市教体局"
    links = tuple(Succession(organ_id(name), organ_id(new), "merged", 2024) for name in (old, other))
    made = [(old, 2023, {"carried_over": 2}), (new, 2024, {"carried_in": 5}), (other, 2023, {"carried_over": 3})]
    entries = [
        entry_from(make_report(carried(*next(iter(of.items()))), year=year, organ=describe_organ(name)), (), "uploads")
        for name, year, of in made
    ]
    known = {}
    alone = beside_each_other(entries[:2], FORM, known, Relations(links=links))[1]
    (missing,) = (f.missing for f in alone.findings if f.check == "Y01_carry_matches")
    assert missing == (f"before(lacks:{organ_id(other)})",)
    assert year_findings(beside_each_other(entries, FORM, known, Relations(links=links))[1]) == ["pass"]
