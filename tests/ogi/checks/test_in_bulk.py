"""Many reports at once have the outcomes each has alone."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from msgspec import structs

from ogi.checks import check_report
from ogi.checks.copied import text_copied
from ogi.checks.in_bulk import STATUSES, check_many
from ogi.checks.many_figures import Many
from ogi.form import load_form
from ogi.report import NarrativeSection, StatedFact

FORM = load_form()
TEXTS = ("0", "1", "30", "4321", "-5", "1.5", "251000元", "8.06万元", "约100", "", "/", "不适用", "?", "*")
Place = tuple[str, ...]


def in_bulk(reports, previous=None, children=None, facts=None) -> dict[int, dict[Place, str]]:
    found: dict[int, dict[Place, str]] = defaultdict(dict)
    for outcome in check_many(Many(reports, FORM, previous, children, facts)):
        of = tuple(outcome.of[name] for name in ("row", "col", "block", "item") if name in outcome.of)
        stated = outcome.stated or (None,) * len(outcome.rows)
        for row, code, fact in zip(outcome.rows.tolist(), outcome.codes.tolist(), stated, strict=True):
            said = (fact.words, str(fact.value)) if fact else ()
            found[row][outcome.check, *of, *said] = STATUSES[code]
    return found


def alone(report, previous=(), children=None, facts=None) -> dict[Place, str]:
    """The outcomes by place; a rule over statements that only are made or not has its place without them in bulk."""
    found = {}
    for finding in check_report(report, FORM, previous, children=children, facts=facts):
        figures = [key for key in FORM.facts if key.startswith("text.") and FORM.facts[key].unit != "bool"]
        numeric = any(key in FORM.checks[finding.check].formula for key in figures)
        stated = finding.stated if numeric else None
        of = tuple(str(finding.params[name]) for name in ("row", "col", "block", "item") if name in finding.params)
        found[finding.check, *of, *((stated.words, str(stated.value)) if stated else ())] = finding.status
    return found


@pytest.fixture
def pair(suqian):
    facts = (
        StatedFact(key="text.requests", value=3646, sentence="收办3646件。", words="收办3646件", unit="jian"),
        StatedFact(key="text.requests", value=3000, sentence="约3000件。", words="约3000件", unit="jian", approximate=True),
        StatedFact(key="text.growth_stated", value=1, sentence="增长1%。", words="增长1%", unit="percent", about="text.requests"),
        StatedFact(key="text.no_disputes", value=True, sentence="没有复议。", words="没有复议", unit=None),
    )
    prose = (
        NarrativeSection(section="s6", title="", text="无。"),
        NarrativeSection(section="s1", title="", text="进一步进一步加强"),
    )
    return [suqian(2023), structs.replace(suqian(2024), facts=facts, narrative=prose)]


def test_two_years_of_one_organ(pair) -> None:
    found = in_bulk(pair, {1: (0,)})
    assert found[1] == alone(pair[1], pair[0])
    assert found[0] == alone(pair[0])
    assert found[1]["Y01_carry_matches",] == "pass"
    assert found[1]["N01_requests", "收办3646件", "3646"] == "pass"
    assert found[1]["N01_requests", "约3000件", "3000"] == "fail"


def test_several_predecessors_are_added_up(make_report) -> None:
    def row(name: str, count: int) -> dict[str, str]:
        return {f"applications.{name}.natural_person": str(count), f"applications.{name}.total": str(count)}

    old = [make_report(row("carried_over", count), year=2023) for count in (2, 3)]
    new = make_report(row("carried_in", 5), year=2024)
    found = in_bulk([*old, new], {2: (0, 1)})[2]
    assert found == alone(new, old)
    assert found["Y01_carry_matches",] == "pass"


def test_parent_and_subordinates(make_report) -> None:
    meta = {"meta.children_received": 2, "meta.children_expected": 2}
    children = [make_report({"reconsideration.total": count}) for count in ("1", "2")]
    parent = make_report({"reconsideration.total": "4"}, scope="region_total")
    found = in_bulk([*children, parent], children={2: (0, 1)}, facts={2: meta})[2]
    assert found == alone(parent, children=children, facts=meta)
    assert found["H03_sum_disputes", "reconsideration"] == "fail"


def any_report(draw: random.Random, year: int, make_report):
    """A report of any edition, states and numbers."""
    edition = draw.choice(("gf2021", "gf2019"))
    mixed = {"t3_requests": "gf2019" if edition == "gf2021" else "gf2021"} if draw.random() < 0.3 else {}
    tables = {table.id: mixed.get(table.id, edition) for table in FORM.editions[edition].tables}
    keys = [cell.key for table, own in tables.items() for cell in FORM.editions[own].table(table).cells]  # type: ignore[union-attr]
    printed = {key: draw.choice(TEXTS) for key in draw.sample(keys, draw.randrange(40))}
    return make_report(printed, edition=edition, editions=mixed, rest=draw.choice(("0", "0", "", "3")), year=year)


@pytest.mark.parametrize("seed", range(8))
def test_any_reports(make_report, seed: int) -> None:
    draw = random.Random(seed)
    found = [any_report(draw, year, make_report) for year in (2019, 2020, 2021, 2022)]
    many = in_bulk(found, {place: (place - 1,) for place in (1, 2, 3)})
    for place, report in enumerate(found):
        single = alone(report, found[max(0, place - 1) : place])
        assert {key: (single.get(key), status) for key, status in many[place].items() if single.get(key) != status} == {}
        assert single.keys() == many[place].keys()


def test_copied_text_is_judged_by_what_is_given(make_report) -> None:
    text = "".join(f"第{word}项工作由专人负责，按月检查并通报结果，全年完成情况良好。" * 2 for word in "甲乙丙丁戊己庚辛壬癸子丑")
    years = [
        structs.replace(make_report(year=year), narrative=(NarrativeSection(section="s1", title="", text=text),))
        for year in (2023, 2024)
    ]
    share = text_copied(years[1], (years[0],)).share
    given_share = in_bulk(years, {1: (0,)}, facts={1: {"meta.text_similarity_prev": share}})[1]  # type: ignore[dict-item]
    assert given_share["Y08_mostly_copied",] == "fail"
    assert in_bulk(years, {1: (0,)})[1]["Y08_mostly_copied",] == "not_assessable"
