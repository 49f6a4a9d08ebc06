"""A link grants its view and nothing else."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from ogi.library import Library
from ogi.report import NarrativeSection
from ogi.shares.grant import Grant, NothingToShareError, UnreadableShareError, shared_view
from ogi.view import View


@pytest.fixture
def organs(entries) -> dict[str, str]:
    """Ids of the three organs by a short name."""
    return {name[-2:]: entry.organ_id for (name, _), entry in entries.items()}


def held_reports(library: Library) -> set[tuple[str | None, int | None]]:
    return {(entry.organ_name, entry.report_year) for entry in library}


def test_grant_is_read_back_as_it_was_written(library, organs) -> None:
    view = shared_view(View(page="agencies", organs=(organs["乙局"],), years=(2024,), measure="fees.amount_wan_yuan"), library)
    assert view.collection == "fictional"
    assert Grant.read(Grant.of(view).written()).view == view


def test_personal_data_is_hidden_unless_the_grant_says_otherwise(library) -> None:
    view = shared_view(View(page="years"), library)
    assert Grant.read(Grant.of(view).written()).hides_personal
    assert not Grant.read(Grant.of(view, hides_personal=False).written()).hides_personal
    assert Grant.read(Grant.of(view, hides_personal=False).written()).view == view
    with pytest.raises(UnreadableShareError):
        Grant.read(f"{Grant.of(view).written()}&personal=hidden")


def test_reader_s_reports_are_the_same_but_for_the_personal_data_in_their_prose(make_entry) -> None:
    entry = make_entry("甲市乙局", 2024, 30)
    text = "联系人：张三，电话：0571-87000001。收到申请30件。"
    report = msgspec.structs.replace(entry.report, narrative=(NarrativeSection(section="s1", title="一", text=text),))
    library = Library.of([replace(entry, report=report)])
    grant = Grant.of(shared_view(View(page="years"), library))
    (found,) = grant.limited(library)
    assert found.report.narrative[0].text == "联系人：［姓名已隐去］，电话：［电话已隐去］。收到申请30件。"
    assert (found.report.cells, found.report_id, found.report.document) == (report.cells, entry.report_id, report.document)
    (shown,) = Grant.of(grant.view, hides_personal=False).limited(library)
    assert shown.report == report


@pytest.mark.parametrize(
    "query",
    [
        "collection=fictional&organs=nobody",
        "collection=fictional&years=abcd",
        "collection=fictional&hidden=1",
        "page=upload&collection=fictional",
        "",
    ],
)
def test_grant_that_is_not_understood_opens_nothing(query: str) -> None:
    """An organ that is left out would leave no organ named, which means all of them."""
    with pytest.raises(UnreadableShareError):
        Grant.read(query)


def test_subordinates_are_granted_by_name_and_nobody_else(entries, organs) -> None:
    library = Library.of(replace(entry, region="甲市") for entry in entries.values())
    view = shared_view(View(children_of=organs["政府"]), library)
    assert set(view.organs) == {organs["乙局"], organs["丙局"]}
    assert view.children_of is None
    names = {name for name, _ in held_reports(Grant.of(view).limited(library))}
    assert names == {"甲市乙局", "甲市丙局"}


def test_groups_shown_as_one_are_not_shared(library, organs) -> None:
    view = shared_view(View(organs=(organs["乙局"],), groups=("gabcdefghij",)), library)
    assert view.groups == ()
    assert {name for name, _ in held_reports(Grant.of(view).limited(library))} == {"甲市乙局"}


@pytest.mark.parametrize("query", ["children_of=oaaaaaaaaaa", "peers_of=oaaaaaaaaaa", "groups=gabcdefghij"])
def test_grant_that_names_organs_by_others_opens_nothing(query: str) -> None:
    """Without organs of its own it would hold all of them."""
    with pytest.raises(UnreadableShareError):
        Grant.read(f"collection=fictional&{query}")


def test_library_of_a_reader_holds_the_granted_reports_only(library, organs) -> None:
    grant = Grant.of(shared_view(View(organs=(organs["乙局"],)), library))
    assert held_reports(grant.limited(library)) == {("甲市乙局", 2023), ("甲市乙局", 2024)}


def test_the_year_before_comes_along_because_its_change_is_shown_but_cannot_be_chosen(library, organs) -> None:
    grant = Grant.of(shared_view(View(organs=(organs["乙局"],), years=(2024,)), library))
    assert held_reports(grant.limited(library)) == {("甲市乙局", 2023), ("甲市乙局", 2024)}
    view, notices = grant.held(replace(grant.view, years=(2023,)))
    assert view.years == (2024,)
    assert notices[0].params["what"] == "别的年度"
    earlier = Grant.of(shared_view(View(organs=(organs["政府"],), years=(2023,)), library))
    assert held_reports(earlier.limited(library)) == {("甲市人民政府", 2023)}


def test_peers_and_kinds_grant_those_organs_only(library, organs) -> None:
    grant = Grant.of(shared_view(View(kinds=("department",)), library))
    assert {name for name, _ in held_reports(grant.limited(library))} == {"甲市乙局", "甲市丙局"}
    peers = shared_view(View(peers_of=organs["乙局"]), library)
    assert peers.peers_of is None
    assert organs["乙局"] in peers.organs


def test_conditions_are_shared_as_the_organs_that_meet_them(library, organs) -> None:
    view = shared_view(View(page="agencies", where=("applications.received.total:over:50",), years=(2024,)), library)
    assert (view.where, view.organs) == ((), (organs["政府"],))
    with pytest.raises(NothingToShareError):
        shared_view(View(page="agencies", where=("applications.received.total:over:5000",)), library)
    with pytest.raises(NothingToShareError):
        shared_view(View(years=(1999,)), library)


def test_pages_of_stored_reports_are_shared_as_the_overview(library, organs) -> None:
    assert shared_view(View(page="upload"), library).page == "overview"
    one = shared_view(View(page="report", report=f"{organs['乙局']}.2024.own"), library)
    assert (one.page, one.organs, one.years, one.scope, one.report) == ("overview", (organs["乙局"],), (2024,), "own", None)


def test_whatever_a_reader_asks_for_the_view_stays_inside(library, organs) -> None:
    grant = Grant.of(
        shared_view(View(page="agencies", organs=(organs["乙局"], organs["丙局"]), years=(2024,), scope="own"), library)
    )
    tried = {
        "page": "upload",
        "collection": "library",
        "organs": (organs["政府"],),
        "years": (2023,),
        "scope": "all",
        "measure": "fees.amount_wan_yuan",
        "against": "litigation_all.total",
        "bubble": "litigation_all.total",
        "figures": ("fees.amount_wan_yuan",),
        "where": ("fees.amount_wan_yuan:over:10",),
        "applicant": "natural_person",
        "values": "amended",
        "baseline": 2020,
        "focus_year": 2023,
        "focus_organ": organs["政府"],
        "peers_of": organs["政府"],
    }
    for name, value in tried.items():
        view, notices = grant.held(replace(grant.view, **{name: value}))
        assert view == grant.view, name
        assert len(notices) == 1, name
    together, _ = grant.held(replace(grant.view, **tried))
    assert together == grant.view


def test_a_reader_may_narrow_and_choose_how_it_is_drawn(library, organs) -> None:
    grant = Grant.of(shared_view(View(page="agencies", organs=(organs["乙局"], organs["丙局"])), library))
    asked = replace(grant.view, organs=(organs["丙局"],), lang="en", chart="table", sort="name", years=(2024,), basis="change")
    assert grant.held(asked) == (asked, ())
    partly, notices = grant.held(replace(grant.view, organs=(organs["丙局"], organs["政府"])))
    assert partly.organs == (organs["丙局"],)
    assert len(notices) == 1


def test_cleared_filters_mean_what_was_shared(library, organs) -> None:
    grant = Grant.of(shared_view(View(page="agencies", organs=(organs["乙局"],), measure="fees.amount_wan_yuan"), library))
    assert grant.held(View(page="agencies", lang="en")) == (replace(grant.view, lang="en"), ())
    assert grant.held(View(page="overview")) == (grant.view, grant.held(View(page="overview"))[1])


def test_an_address_that_names_little_shows_what_was_shared(library, organs) -> None:
    grant = Grant.of(shared_view(View(page="agencies", organs=(organs["乙局"],), measure="fees.amount_wan_yuan"), library))
    assert grant.asked(View(page="agencies", lang="en"), ["lang"]) == replace(grant.view, lang="en")


def test_other_collections_are_not_in_a_reader_s_library(library, make_entry, organs) -> None:
    more = library.add(make_entry("甲市乙局", 2024, 99, collection="uploads", text="其他"))
    grant = Grant.of(shared_view(View(collection="fictional", organs=(organs["乙局"],)), more))
    assert grant.limited(more).collections == ("fictional",)
    assert len(Grant.of(shared_view(View(collection="uploads"), more)).limited(library)) == 0
