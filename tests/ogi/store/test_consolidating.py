"""The consolidated tables of a region from what is stored: who belongs to it, who is missing, and what the sums are."""

from __future__ import annotations

import pytest

from ogi.exchange.organ_list import ExpectedOrgan
from ogi.organs import describe_organ, organ_id
from ogi.store.accepting import accept
from ogi.store.consolidating import heads, region
from ogi.store.corrections import correct
from ogi.store.expected import replace_list
from ogi.store.location import StoreError
from ogi.store.organs import link

CITY, EDU, POLICE, EAST, WEATHER = "示例市人民政府", "示例市教育局", "示例市公安局", "示例市东湖区人民政府", "示例市气象局"
PENALTY = "penalty.decisions"


@pytest.fixture
def city(records, paper, make_report, act):
    """示例市 for 2024: education 5 penalties, police 40 (misread as 4), 东湖区 with its towns 100; the city itself says 145."""
    given = [
        (CITY, 2024, "145", "region_total"), (CITY, 2024, "1", "own"), (EDU, 2024, "5", "own"), (POLICE, 2024, "4O", "own"),
        (EAST, 2024, "100", "region_total"), (EAST, 2024, "60", "own"), ("示例市东湖区教育局", 2024, "9", "own"),
        (WEATHER, 2024, "8", "own"), ("示例市林业局", 2023, "2", "own"),
    ]  # fmt: skip
    with records.writing() as c:
        for name, year, penalty, scope in given:
            report = make_report({PENALTY: penalty}, year=year, scope=scope, organ=describe_organ(name))
            found = accept(c, paper(report, f"{name}{year}{scope}"), act)
            if name == POLICE:
                correct(c, found.report_id, PENALTY, kind="misread", value=40, act=act, changes=None)
    return records


def names(members) -> set[str]:
    return {member.name for member in members}


def test_region_is_added_up_from_what_is_stored(city) -> None:
    with city.reading() as c:
        found = region(c, organ_id(CITY), 2024)
    assert names(found.membership.members) == {EDU, POLICE, EAST, "示例市林业局"}
    assert names(found.membership.vertical) == {WEATHER}
    assert names(found.membership.below) == {"示例市东湖区教育局"}
    sums, comparison = found.added_up()
    cell = sums.cells[PENALTY]
    assert (cell.value, cell.given, cell.expected, names(sums.missing)) == (145, 3, 4, {"示例市林业局"})
    assert comparison is not None
    assert comparison.cells[PENALTY].status == "equal_with_gaps"


def test_organ_that_was_followed_by_another_is_not_missing(city, act) -> None:
    with city.writing() as c:
        link(c, organ_id("示例市林业局"), organ_id(EDU), "merged", first_year=2024, act=act)
        found = region(c, organ_id(CITY), 2024)
    sums, comparison = found.added_up()
    assert sums.cells[PENALTY].is_complete
    assert comparison is not None
    assert comparison.cells[PENALTY].status == "equal"


def test_list_says_who_belongs_to_the_region(city, act) -> None:
    listed = [ExpectedOrgan(organ_id=organ_id(name), name=name) for name in (EDU, "示例市水利局")]
    listed.append(ExpectedOrgan(organ_id=organ_id(POLICE), name=POLICE, last_year=2023))
    with city.writing() as c:
        replace_list(c, "市直", listed, act)
        found = region(c, organ_id(CITY), 2024, "市直")
    assert [(m.name, m.report is None) for m in found.membership.members] == [(EDU, False), ("示例市水利局", True)]


def test_government_without_total_for_its_region_has_nothing_to_compare(city) -> None:
    with city.reading() as c:
        found = region(c, organ_id(EAST), 2023)
        assert found.head.report is None
    with pytest.raises(StoreError) as refused, city.reading() as c:
        region(c, "oaaaaaaaaaa", 2024)
    assert refused.value.code == "no_organ"


def test_regions_to_choose_from_are_governments_with_reports_the_larger_first(city) -> None:
    with city.reading() as c:
        assert [head.name for head in heads(c)] == [CITY, EAST]


def test_office_that_reports_for_its_region_can_be_chosen_and_a_town_cannot(records, paper, make_report, act) -> None:
    with records.writing() as c:
        for name, scope in (("示例市人民政府办公室", "region_total"), ("示例市东湖区柳溪镇人民政府", "own"), (EDU, "own")):
            accept(c, paper(make_report({PENALTY: "1"}, year=2024, scope=scope, organ=describe_organ(name)), name), act)
        assert [head.name for head in heads(c)] == ["示例市人民政府办公室"]
