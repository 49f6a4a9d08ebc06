"""Figures per head in the library: the region's own total over the residents of its year; nothing without them, and never 0."""

from __future__ import annotations

import numpy as np
import pytest

from ogi.brief.build import brief_of
from ogi.comparison.organ_grid import organ_grid
from ogi.exchange.population_table import Population
from ogi.facts import facts_of
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Library, entry_from
from ogi.organs import describe_organ, id_of
from ogi.selection import select
from ogi.store.accepting import accept
from ogi.store.populations import put, remove
from ogi.store.store import open_store
from ogi.view.state import View

HEAD, RECEIVED = "I19_new_per_10k", "applications.received.total"
SUQIAN, HUAIAN = "宿迁市人民政府", "淮安市人民政府"
CODE = {SUQIAN: "321300", HUAIAN: "320800"}


@pytest.fixture
def store(records, make_report, paper, act):
    """宿迁 received 3,525 in 2024 and 2,994 in 2023, 淮安 900; the office of 宿迁 100, which is no region."""
    given = [(SUQIAN, 2024, 3525, "region_total"), (SUQIAN, 2023, 2994, "region_total"), (HUAIAN, 2024, 900, "region_total")]
    given.append((SUQIAN, 2024, 100, "own"))
    found = open_store(records.location)
    with records.writing() as c:
        for name, year, count, scope in given:
            report = make_report({RECEIVED: str(count)}, year=year, organ=describe_organ(name), scope=scope)
            accept(c, paper(report, f"{name}{year}{scope}"), act)
    found.publish()
    yield found
    found.close()


def grid(store, scope: str = "region_total"):
    library = Library(kept=store.snapshot())
    return organ_grid(select(library, View(collection="library", scope=scope)), HEAD)  # type: ignore[arg-type]


def test_applications_per_head_are_those_of_the_region_and_its_year(store, act) -> None:
    """3,525 over 4,990,000 people are 7.064… in ten thousand."""
    assert np.isnan(grid(store).values).all()
    assert set(grid(store).states.ravel()) == {"no_population", "no_report"}
    with store.records.writing() as c:
        put(c, [Population(region_code=CODE[SUQIAN], year=2024, people=4_990_000, source="统计公报")], act)
    store.publish()
    found = grid(store)
    row, column = found.organs.index(id_of(describe_organ(SUQIAN))), found.years.index(2024)
    assert found.values[row, column] == pytest.approx(3525 / 499)
    assert (found.numerators[row, column], found.denominators[row, column]) == (3525, 4_990_000)
    assert (found.unit, found.is_rate, found.is_share) == ("per10k", True, False)
    assert np.isnan(found.values).sum() == found.values.size - 1
    assert found.states[row, found.years.index(2023)] == "no_population"
    assert np.isnan(grid(store, "own").values).all()


def test_many_reports_added_up_where_they_are_give_the_same(store, act) -> None:
    with store.records.writing() as c:
        put(c, [Population(region_code=CODE[name], year=2024, people=4_990_000, source="公报") for name in CODE], act)
    store.publish()
    view = store.snapshot()
    frame = select(Library(kept=view), View(collection="library", scope="region_total", years=(2024,))).totals([HEAD]).frame
    (line,) = frame.to_dict("records")
    assert (line["value"], line["n_present"]) == (pytest.approx((3525 + 900) / 998), 2)
    assert view.printed("meta.population_10k")[~np.isnan(view.printed("meta.population_10k"))].tolist() == [499.0, 499.0]


def test_population_taken_away_leaves_a_gap_again(store, act) -> None:
    with store.records.writing() as c:
        put(c, [Population(region_code=CODE[SUQIAN], year=2024, people=4_990_000, source="统计公报")], act)
    store.publish()
    with store.records.writing() as c:
        remove(c, CODE[SUQIAN], 2024, act)
    store.publish()
    assert np.isnan(grid(store).values).all()
    store.rebuild_snapshot()
    assert np.isnan(grid(store).values).all()


def test_reasons_and_unit_are_said_in_both_languages() -> None:
    form = load_form()
    for lang in ("zh", "en"):
        labels = Labels(lang)
        assert labels("selection.reason.no_population")
        assert labels.unit(form.indicators[HEAD].unit) in ("件/万人", "per 10,000 residents")


def test_reports_of_nowhere_have_no_population(make_report) -> None:
    entry = entry_from(make_report(organ=describe_organ(SUQIAN), scope="region_total"), (), "published")
    facts = facts_of(Library.of([entry]), "published")
    assert np.isnan(facts.counted("meta.population_10k")).all()


def test_brief_of_a_region_tells_it_with_its_base_or_why_there_is_none(store, act) -> None:
    def told() -> str:
        chosen = select(Library(kept=store.snapshot()), View(collection="library", scope="region_total", organs=(organ,)))
        brief = brief_of(chosen, Labels("zh"), who=SUQIAN, sentence="", made_on="2026-01-02", organ=organ)
        assert brief is not None
        return next(sentence.text for sentence in brief.further if sentence.key == HEAD)

    organ = id_of(describe_organ(SUQIAN)) or ""
    assert told() == "每万人申请量：2024年没有数字（未录入该地区当年人口，或不是地区汇总口径），不按0计。"
    people = {2023: 4_990_000, 2024: 4_980_000}
    with store.records.writing() as c:
        put(c, [Population(region_code=CODE[SUQIAN], year=year, people=n, source="公报") for year, n in people.items()], act)
    store.publish()
    # 3525 / 498 = 7.078…; 2994 / 499 = 6.000
    assert told() == (
        "每万人申请量：2024年7.08件/万人（3,525/4,980,000），比2023年的6.00件/万人（2,994/4,990,000）上升1.08件/万人。"
    )
