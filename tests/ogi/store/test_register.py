"""The register of organs: what it tells of each, and adding to it."""

from __future__ import annotations

import pytest

from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.store.accepting import accept
from ogi.store.organs import link, merge_organs
from ogi.store.register import add_organs, missing_of, named, registered, registered_organ, would_move

CITY, PLANNING, RESOURCES, COUNTY = "宿迁市人民政府", "宿迁市规划局", "宿迁市自然资源和规划局", "沭阳县人民政府"
WATER, WEATHER = "沭阳县水利局", "宿迁市气象局"


def described(*names: str) -> dict[str, OrganName]:
    return {number: organ for number, organ in map(named, names) if number is not None}


@pytest.fixture
def two(records, paper, suqian, act):
    """Reports of the planning office for 2023, and of its successor for 2023 and 2024."""
    with records.writing() as c:
        for year, name in ((2023, PLANNING), (2023, RESOURCES), (2024, RESOURCES)):
            accept(c, paper(suqian(year), f"{year}{name}", organ_name=name), act)
    return records


def test_added_organs_are_described_by_their_names_and_know_who_is_above_them(records, act) -> None:
    with records.writing() as c:
        assert add_organs(c, described(CITY, COUNTY, WATER, WEATHER), act) == 4
        rows = {row.name: row for row in registered(c).rows}
    assert {name: (row.level, row.kind, row.parent) for name, row in rows.items()} == {
        CITY: ("city", "government", None),
        COUNTY: ("county", "government", CITY),
        WATER: ("county", "department", COUNTY),
        WEATHER: ("city", "vertical", "中国气象局"),
    }
    assert rows[WATER].region == "江苏省宿迁市沭阳县"
    assert rows[WATER].reports == 0


def test_organ_that_is_there_is_not_added_again(records, act) -> None:
    with records.writing() as c:
        add_organs(c, described(CITY), act)
        assert missing_of(c, described(CITY, WATER)) == {organ_id(WATER)}
        assert add_organs(c, described(CITY, WATER), act) == 1


def test_name_of_several_organs_has_no_id(records) -> None:
    number, organ = named("鼓楼区财政局")
    assert number is None
    assert len(organ.candidates) > 1


def test_links_are_seen_from_both_ends(two, act) -> None:
    with two.writing() as c:
        link(c, organ_id(PLANNING), organ_id(RESOURCES), "renamed", first_year=2024, act=act)
        rows = {row.name: row for row in registered(c).rows}
    assert [(one.name, one.kind, one.first_year) for one in rows[RESOURCES].before] == [(PLANNING, "renamed", 2024)]
    assert [one.name for one in rows[PLANNING].after] == [RESOURCES]
    assert rows[PLANNING].before == ()


def test_merged_organ_is_found_under_the_other_one_by_either_name(two, act) -> None:
    with two.writing() as c:
        add_organs(c, described(WATER, COUNTY), act)
        merge_organs(c, organ_id(WATER), organ_id(COUNTY), act)
        (row,) = registered(c, "水利").rows
        assert (row.name, row.merged) == (COUNTY, ((organ_id(WATER), WATER),))
        found = registered_organ(c, organ_id(WATER))
        assert found is not None
        assert found.organ_id == organ_id(COUNTY)
        assert registered_organ(c, "oaaaaaaaaaa") is None


def test_merging_says_before_what_would_move_and_what_stands_in_the_way(two) -> None:
    with two.reading() as c:
        assert would_move(c, organ_id(PLANNING), organ_id(CITY)) == (1, ())
        assert would_move(c, organ_id(PLANNING), organ_id(RESOURCES)) == (1, ((2023, "region_total"),))


def test_register_is_narrowed_and_paged(two, act) -> None:
    with two.writing() as c:
        add_organs(c, described(CITY, COUNTY, WATER), act)
        assert [row.name for row in registered(c, levels=("county",)).rows] == [COUNTY, WATER]
        assert [row.name for row in registered(c, "宿迁市", kinds=("government",)).rows] == [CITY, COUNTY]
        page = registered(c, offset=1, limit=2)
        assert (page.total, len(page.rows)) == (5, 2)
        reports = {row.name: (row.reports, row.first_year, row.last_year) for row in registered(c).rows}
    assert reports[RESOURCES] == (2, 2023, 2024)
    assert reports[CITY] == (0, None, None)
