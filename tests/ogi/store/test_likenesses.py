"""Texts of a year compared with each other: what is found is a finding of the stored reports, for those texts."""

from __future__ import annotations

import random

import pytest
from msgspec import structs

from ogi.checks import message
from ogi.form import load_form
from ogi.organs import describe_organ
from ogi.report import NarrativeSection
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.audit_list import AuditFilter, audit_lines
from ogi.store.comparing_texts import compare_texts
from ogi.store.corrections import correct
from ogi.store.decisions import decide
from ogi.store.deleting import delete, undelete
from ogi.store.entries import entries_of
from ogi.store.likenesses import CHECK, FACT, texts_of
from ogi.store.publishing import rederive
from ogi.store.reports import open_findings, place_at
from ogi.store.settling import settle
from ogi.store.store import open_store
from ogi.store.texts_job import _JOBS, start, state_of

EDU, SPORT, POLICE, FOREST = "示例市教育局", "示例市体育局", "示例市公安局", "示例市林业局"
WORDS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]


def text(seed: int, sentences: int = 20) -> str:
    """Sentences of forty characters that no other seed gives."""
    draw = random.Random(seed)
    return "".join("".join(draw.choices(WORDS, k=39)) + "。" for _ in range(sentences))


@pytest.fixture
def writes(make_report, paper):
    """Make the report of an organ with a text."""

    def made(name: str, words: str):
        report = structs.replace(
            make_report(organ=describe_organ(name)), narrative=(NarrativeSection(section="s1", title="总体情况", text=words),)
        )
        return paper(report, name + words)

    return made


@pytest.fixture
def stored(records, writes, act) -> dict[str, int]:
    """The bureau of sports has 18 of the 20 sentences of education's text and 2 of its own; the police its own; forestry two."""
    given = {EDU: text(1), SPORT: text(1)[: 18 * 40] + text(2, 2), POLICE: text(3), FOREST: text(4, 2)}
    with records.writing() as c:
        return {name: accept(c, writes(name, words), act).report_id for name, words in given.items()}


def copied(c, report_id: int):
    return next((found for found in open_findings(c, report_id) if found.check == CHECK), None)


def compare(records, act: Act) -> int:
    found = compare_texts(records, 2024, act)
    settle(records)
    return found


def test_wording_of_another_organ_is_found_once_the_year_is_compared_and_stays(records, stored, act) -> None:
    with records.reading() as c:
        assert copied(c, stored[SPORT]) is None
        assert texts_of(c)[2024][:2] == (4, 0)
    assert compare(records, act) == 2
    with records.writing() as c:
        assert texts_of(c)[2024] == (4, 4, act.at)
        found = copied(c, stored[SPORT])
        assert found is not None
        assert (found.severity, found.params["list"], len(found.quotes) > 0) == ("hint", (EDU,), True)
        assert message(found, "zh") == f"正文与{EDU}的报告高度雷同（90.0%）。"
        assert [(other.relation, other.organ, other.value) for other in found.others] == [("peer", EDU, found.others[0].value)]
        assert abs(float(found.others[0].value) - 0.9) < 0.01  # type: ignore[arg-type]
        correct(c, stored[SPORT], "rules.issued", kind="misread", value=4, act=act, changes=None)
        assert copied(c, stored[SPORT]) == found
    rederive(records)
    with records.reading() as c:
        assert copied(c, stored[SPORT]) == found
        outcomes = {organ: status(c, number) for organ, number in stored.items()}
    assert outcomes == {EDU: "fail", SPORT: "fail", POLICE: "pass", FOREST: "not_assessable"}


def status(c, report_id: int) -> str:
    (entry,) = entries_of(c, [place_at(c, report_id).key])
    return next(found.status for found in entry.findings if found.check == CHECK)


def test_decision_on_copied_wording_holds_as_any_other(records, stored, act) -> None:
    compare(records, act)
    with records.writing() as c:
        found = copied(c, stored[SPORT])
        assert found is not None
        decide(c, stored[SPORT], found, "dismissed", act=act)
        assert copied(c, stored[SPORT]) is None
    compare(records, act)
    with records.reading() as c:
        assert copied(c, stored[SPORT]) is None


def test_text_that_changed_was_not_compared_and_neither_was_its_counterpart(records, stored, writes, act) -> None:
    compare(records, act)
    with records.writing() as c:
        accept(c, writes(EDU, text(5)), act)
        assert (copied(c, stored[SPORT]), copied(c, stored[EDU])) == (None, None)
        assert texts_of(c)[2024][:2] == (4, 3)
    compare(records, act)
    with records.writing() as c:
        assert (copied(c, stored[SPORT]), status(c, stored[SPORT])) == (None, "pass")
        assert texts_of(c)[2024].is_whole


def test_copy_of_a_deleted_report_is_no_finding_until_it_is_back(records, stored, act) -> None:
    compare(records, act)
    with records.writing() as c:
        delete(c, stored[EDU], act, None)
        assert copied(c, stored[SPORT]) is None
        undelete(c, stored[EDU], act)
        assert copied(c, stored[SPORT]) is not None


def test_comparison_reaches_the_snapshot(records, stored, act) -> None:
    store = open_store(records.location)
    try:
        store.publish()
        before = {row.organ_id: row.hints for row in store.snapshot().rows_at(range(4))}
        compare(records, act)
        store.publish()
        after = {row.organ_id: row.hints for row in store.snapshot().rows_at(range(4))}
    finally:
        store.close()
    assert sorted(after[organ] - before[organ] for organ in after) == [0, 0, 1, 1]


def test_many_texts_are_compared_by_a_process_of_its_own_and_findings_are_there_when_it_ends(records, stored) -> None:
    """The command without a year does the same for every year in which something was stored since."""
    start(records.location, 2024, "王五")
    assert state_of(records.location, 2024) == "running"
    for job in _JOBS.values():
        assert job.wait(60) == 0
    assert state_of(records.location, 2024) is None
    with records.reading() as c:
        assert copied(c, stored[SPORT]) is not None
        assert texts_of(c)[2024].is_whole
        (line,) = audit_lines(c, AuditFilter(actions=["texts_compared"]), limit=5)[0]
    assert (line.by, line.subject) == ("王五", "2024")


def test_fact_is_the_one_the_check_asks_for(stored) -> None:
    assert FACT in load_form().checks[CHECK].formula
