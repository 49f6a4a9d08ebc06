"""Reports are checked beside last year's and those of their region, and again when one of those changes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.exchange.organ_list import ExpectedOrgan
from ogi.organs import describe_organ, organ_id
from ogi.store import schema
from ogi.store.accepting import accept, accept_many
from ogi.store.corrections import correct, undo
from ogi.store.decisions import decide
from ogi.store.deleting import delete, undelete
from ogi.store.entries import entries_of
from ogi.store.expected import replace_list
from ogi.store.identity import set_identity
from ogi.store.listing import ReportFilter, list_reports
from ogi.store.organs import link, unlink
from ogi.store.reports import open_findings
from ogi.store.settling import settle, waiting
from ogi.store.store import open_store
from ogi.store.versions import reread_difference

EDU, SCHOOL = "示例市教育局", "示例市教体局"
OVER, IN, PENALTY = "applications.carried_over.total", "applications.carried_in.total", "penalty.decisions"
CARRY, ITEMS = "Y01_carry_matches", "H04_sum_decisions"


@pytest.fixture
def years(make_report, paper):
    """Make the report of a year: 2023 carries 3 over, 2024 says that 5 were carried in."""

    def made(year: int, organ: str = EDU, **given):
        cells = {2023: {OVER: "3"}, 2024: {IN: "5"}}[year]
        return paper(make_report(cells, year=year, organ=describe_organ(organ)), f"{organ}{year}", **given)

    return made


def checks(c, report_id: int) -> dict[str, tuple]:
    return {found.check: (found.left, found.right) for found in open_findings(c, report_id)}


@pytest.mark.parametrize("order", [(2023, 2024), (2024, 2023)])
def test_year_is_compared_with_the_last_one_whichever_came_first(records, years, act, order) -> None:
    with records.writing() as c:
        found = {year: accept(c, years(year), act).report_id for year in order}
        assert checks(c, found[2024])[CARRY] == (5, 3)
        assert CARRY not in checks(c, found[2023])
        rows = list_reports(c, ReportFilter(check=CARRY)).rows
        assert [row.report_year for row in rows] == [2024]
        (entry,) = entries_of(c, [f"{organ_id(EDU)}.2024.own"])
        assert [f.status for f in entry.findings if f.check == CARRY] == ["fail"]


def test_correction_of_last_year_is_seen_in_this_one(records, years, act) -> None:
    with records.writing() as c:
        before, now = (accept(c, years(year), act).report_id for year in (2023, 2024))
        found = correct(c, before, OVER, kind="misread", value=5, act=act, changes=None)
        assert CARRY not in checks(c, now)
        undo(c, found.correction_id, act)
        assert CARRY in checks(c, now)


def test_deleted_report_is_compared_with_none(records, years, act) -> None:
    with records.writing() as c:
        before, now = (accept(c, years(year), act).report_id for year in (2023, 2024))
        delete(c, before, act, None)
        assert CARRY not in checks(c, now)
        undelete(c, before, act)
        assert CARRY in checks(c, now)
        set_identity(c, before, report_year=2022, act=act, changes=None)
        assert CARRY not in checks(c, now)


def test_successor_is_compared_with_the_organ_it_followed(records, years, act) -> None:
    with records.writing() as c:
        accept(c, years(2023), act)
        now = accept(c, years(2024, SCHOOL), act).report_id
        assert CARRY not in checks(c, now)
        link(c, organ_id(EDU), organ_id(SCHOOL), "renamed", first_year=2024, act=act)
        assert checks(c, now)[CARRY] == (5, 3)
        unlink(c, organ_id(EDU), organ_id(SCHOOL), act)
        assert CARRY not in checks(c, now)


def test_merged_organ_is_compared_with_the_sum_of_those_it_was_merged_from(records, years, make_report, paper, act) -> None:
    """3 and 2 were carried over by two bureaus; one that was merged from both says 5. Alone, neither is compared."""
    sport = "示例市体育局"
    with records.writing() as c:
        accept(c, years(2023), act)
        now = accept(c, years(2024, SCHOOL), act).report_id
        for old in (EDU, sport):
            link(c, organ_id(old), organ_id(SCHOOL), "merged", first_year=2024, act=act)
        assert (CARRY in checks(c, now), carried(c)) == (False, ("not_assessable", (f"before(lacks:{organ_id(sport)})",)))
        other = accept(c, paper(make_report({OVER: "1"}, year=2023, organ=describe_organ(sport)), "other"), act).report_id
        assert checks(c, now)[CARRY] == (5, 4)
        correct(c, other, OVER, kind="misread", value=2, act=act, changes=None)
        assert (CARRY in checks(c, now), carried(c)) == (False, ("pass", ()))


def carried(c) -> tuple:
    (entry,) = entries_of(c, [f"{organ_id(SCHOOL)}.2024.own"])
    return next((f.status, f.missing) for f in entry.findings if f.check == CARRY)


def test_report_before_the_link_begins_is_compared_with_the_organs_own_alone(records, years, act) -> None:
    with records.writing() as c:
        accept(c, years(2023), act)
        now = accept(c, years(2024), act).report_id
        link(c, organ_id(SCHOOL), organ_id(EDU), "merged", first_year=2025, act=act)
        assert checks(c, now)[CARRY] == (5, 3)
        link(c, organ_id(SCHOOL), organ_id(EDU), "merged", first_year=2024, act=act)
        assert CARRY not in checks(c, now)
        link(c, organ_id(SCHOOL), organ_id(EDU), "split", first_year=2024, act=act)
        assert CARRY not in checks(c, now)


def test_predecessor_that_reports_again_is_no_longer_carried_on(records, years, make_report, paper, act) -> None:
    with records.writing() as c:
        accept(c, years(2023), act)
        now = accept(c, years(2024, SCHOOL), act).report_id
        link(c, organ_id(EDU), organ_id(SCHOOL), "renamed", first_year=2024, act=act)
        assert CARRY in checks(c, now)
        again = accept(c, paper(make_report({}, year=2025, organ=describe_organ(EDU)), "again"), act).report_id
        assert CARRY not in checks(c, now)
        delete(c, again, act, None)
        assert CARRY in checks(c, now)


def test_dismissal_ends_when_the_figure_of_the_other_report_changes(records, years, act) -> None:
    with records.writing() as c:
        before, now = (accept(c, years(year), act).report_id for year in (2023, 2024))
        finding = next(f for f in open_findings(c, now) if f.check == CARRY)
        decide(c, now, finding, "dismissed", act=act)
        assert CARRY not in checks(c, now)
        correct(c, before, "rules.issued", kind="misread", value=4, act=act, changes=None)
        assert CARRY not in checks(c, now)
        correct(c, before, OVER, kind="misread", value=4, act=act, changes=None)
        assert checks(c, now)[CARRY] == (5, 4)


DUE = "应报机关"


def due(*names: str) -> list[ExpectedOrgan]:
    return [ExpectedOrgan(organ_id=organ_id(name), name=name) for name in names]


@pytest.fixture
def region(records, make_report, paper, act):
    """示例市 says 46 penalties for its region; its education bureau 5, its police 40."""
    given = [("示例市人民政府", "46", "region_total"), (EDU, "5", "own"), ("示例市公安局", "40", "own")]
    with records.writing() as c:
        return {
            name: accept(c, paper(make_report({PENALTY: number}, scope=scope, organ=describe_organ(name)), name), act).report_id
            for name, number, scope in given
        }


def test_region_total_is_not_held_against_subordinates_of_whom_nobody_knows_how_many_there_are(records, region) -> None:
    with records.reading() as c:
        found = checks(c, region["示例市人民政府"])
    assert not {check for check in found if check.startswith("H")}


def test_region_total_is_compared_with_the_sum_of_those_that_must_report(records, region, act) -> None:
    city, office = region["示例市人民政府"], region[EDU]
    with records.writing() as c:
        replace_list(c, DUE, due(EDU, "示例市公安局"), act)
    assert settle(records)[0] == 1
    with records.writing() as c:
        assert checks(c, city)[ITEMS] == (46, 45)
        correct(c, office, PENALTY, kind="misread", value=6, act=act, changes=None)
        assert ITEMS not in checks(c, city)
        delete(c, office, act, None)
        assert checks(c, city)["H01_children_complete"] == (1, 2)
        replace_list(c, DUE, [], act)
    settle(records)
    with records.reading() as c:
        assert not {check for check in checks(c, city) if check.startswith("H")}


def test_who_must_report_and_did_not_is_missing_and_nothing_is_added_up(records, region, act) -> None:
    with records.writing() as c:
        replace_list(c, DUE, due(EDU, "示例市公安局", "示例市林业局"), act)
    settle(records)
    with records.reading() as c:
        found = [f for f in open_findings(c, region["示例市人民政府"]) if f.check.startswith("H")]
    assert [(f.check, f.left, f.right, f.params["list"]) for f in found] == [("H01_children_complete", 2, 3, ("示例市林业局",))]


def test_reports_read_in_bulk_are_compared_a_little_later(records, years, act) -> None:
    with records.writing() as c:
        found = accept_many(c, [years(year, origin="ingest") for year in (2023, 2024)], act)
        now = found[1].report_id  # type: ignore[union-attr]
        assert CARRY not in checks(c, now)
        assert waiting(c) == 2
        c.execute(sa.delete(schema.snapshot_queue))
    assert settle(records) == (2, 1)
    with records.reading() as c:
        assert CARRY in checks(c, now)
        assert waiting(c) == 0
        assert [row.report_id for row in c.execute(sa.select(schema.snapshot_queue))] == [now]
    assert settle(records) == (0, 0)


def test_snapshot_counts_what_is_found_between_reports(records, years, act) -> None:
    store = open_store(records.location)
    try:
        with records.writing() as c:
            accept(c, years(2024), act)
        store.publish()
        (alone,) = store.snapshot().rows_at([0])
        with records.writing() as c:
            accept(c, years(2023), act)
        store.publish()
        view = store.snapshot()
        (now,) = (row for row in view.rows_at(range(len(view))) if row.report_year == 2024)
    finally:
        store.close()
    assert now.errors == alone.errors + 1


VERSIONS = "S14_versions_conflict"


def test_cells_in_which_the_version_before_differs_are_named_and_can_be_decided_on(records, make_report, paper, act) -> None:
    """The web page says 5 penalties and 3 carried over, the attachment 6 and 3."""
    web, attachment = (paper(make_report({PENALTY: n, OVER: "3"}, organ=describe_organ(EDU)), n) for n in ("5", "6"))
    with records.writing() as c:
        report = accept(c, web, act).report_id
        assert VERSIONS not in checks(c, report)
        accept(c, attachment, act)
        found = next(f for f in open_findings(c, report) if f.check == VERSIONS)
        assert (found.left, found.params["list"], found.cells, found.quotes) == (1, (PENALTY,), (PENALTY,), ())
        assert [(other.relation, other.key, other.value, other.sha256) for other in found.others] == [
            ("version", PENALTY, 5, web.sha256)
        ]
        decide(c, report, found, "dismissed", act=act)
        assert VERSIONS not in checks(c, report)
        accept(c, paper(make_report({PENALTY: "6", OVER: "4"}, organ=describe_organ(EDU)), "correction"), act)
        assert next(f for f in open_findings(c, report) if f.check == VERSIONS).cells == (OVER,)


def test_figure_put_right_is_no_difference_and_a_document_read_anew_no_version(records, make_report, paper, act) -> None:
    """Both documents print 6 and were read as 5; what the first one was read as once does not count."""
    made = {name: paper(make_report({PENALTY: "5"}, organ=describe_organ(EDU)), name) for name in ("web", "attachment")}
    other = paper(make_report({PENALTY: "7"}, organ=describe_organ(EDU)), "attachment")
    with records.writing() as c:
        report = accept(c, made["web"], act).report_id
        accept(c, made["attachment"], act)
        correct(c, report, PENALTY, kind="misread", value=6, act=act, changes=None)
        assert VERSIONS not in checks(c, report)
        gone, new = (getattr(reread_difference(c, report, other), name) for name in ("findings_gone", "findings_new"))
        assert ([f.check for f in gone], [f.check for f in new]) == ([], [VERSIONS])


def test_versions_read_in_bulk_are_compared_a_little_later(records, make_report, paper, act) -> None:
    given = [paper(make_report({PENALTY: n}, organ=describe_organ(EDU)), n, origin="ingest") for n in ("5", "6")]
    with records.writing() as c:
        found = accept_many(c, given, act)
    settle(records)
    with records.reading() as c:
        assert checks(c, found[0].report_id)[VERSIONS] == (1, 0)  # type: ignore[union-attr]
