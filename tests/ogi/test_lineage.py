"""Who stands in an organ's place in which year. Letters are organs; years and links as said in each test."""

from __future__ import annotations

from ogi.lineage import Lineage, Stand, Succession, ancestors, runs_of


def lineage(*links: tuple[str, str, str, int], **reporting: range | tuple[int, ...]) -> Lineage:
    return Lineage("x", tuple(Succession(*link) for link in links), reporting, {})  # type: ignore[arg-type]


def test_chain_of_renamings_is_followed_back() -> None:
    found = lineage(("b", "x", "renamed", 2022), ("a", "b", "renamed", 2020), x=(2022, 2023), b=(2020, 2021), a=(2019,))
    assert [found.stand(year).organs for year in found.years] == [("a",), ("b",), ("b",), ("x",), ("x",)]
    assert {found.between(2019, year) for year in found.years} == {"own"}


def test_merged_organs_stand_together_also_where_one_has_no_report() -> None:
    found = lineage(("a", "x", "merged", 2022), ("b", "x", "merged", 2022), x=(2022,), a=(2020, 2021), b=(2021,))
    assert found.stand(2020) == found.stand(2021) == Stand(("a", "b"), "merged")
    assert (found.reports(2020), found.missing(2020), found.missing(2021)) == (("a",), ("b",), ())
    assert (found.between(2021, 2022), found.between(2020, 2021)) == ("merged", "own")


def test_organ_that_took_in_another_is_added_to_it() -> None:
    found = lineage(("b", "x", "merged", 2022), x=(2021, 2022), b=(2021,))
    assert found.stand(2021) == Stand(("x", "b"), "merged")
    assert found.stand(2022) == Stand(("x",), "own")


def test_organ_that_went_into_several_is_not_joined_whatever_the_link_is_called() -> None:
    found = lineage(("a", "x", "renamed", 2022), ("a", "y", "renamed", 2022), x=(2022,), a=(2020, 2021))
    assert found.stand(2021) == Stand(("a",), "split")
    assert (found.between(2021, 2022), found.between(2020, 2021)) == ("split", "own")


def test_part_that_came_to_an_organ_with_reports_of_its_own_parts_its_years() -> None:
    found = lineage(("a", "x", "split", 2022), x=(2021, 2022), a=(2021,))
    assert found.stand(2021) == Stand(("x",), "split")
    assert found.between(2021, 2022) == "split"


def test_predecessor_that_still_reports_is_not_joined() -> None:
    found = lineage(("a", "x", "renamed", 2022), x=(2022,), a=(2021, 2022))
    assert found.stand(2021) == Stand(("a",), "still_reports")
    assert found.between(2021, 2022) == "still_reports"


def test_own_report_of_a_year_before_the_renaming_stands_alone() -> None:
    found = lineage(("a", "x", "renamed", 2022), x=(2021, 2022), a=(2020, 2021))
    assert [found.stand(year).organs for year in found.years] == [("a",), ("x",), ("x",)]


def test_links_in_a_circle_come_to_an_end() -> None:
    found = lineage(("a", "x", "renamed", 2022), ("x", "a", "renamed", 2022), x=(2022,), a=(2021,))
    assert ancestors("x", found.links) == ("x", "a")
    assert found.years


def test_years_of_the_same_organs_are_told_together() -> None:
    found = lineage(("a", "x", "renamed", 2022), x=(2022, 2023), a=(2019, 2020, 2021))
    assert runs_of(found, found.years) == [(Stand(("a",), "renamed"), (2019, 2020, 2021))]
