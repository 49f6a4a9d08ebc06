"""What is kept of facts: made once, never spoiled, never mixed up between views, generations and uploads."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from threading import Event
from typing import Any
from weakref import ref

import numpy as np
import pandas as pd
import pytest

from ogi.comparison.organ_grid import organ_grid
from ogi.facts import Facts, Kept, facts_from, facts_of, line_of
from ogi.library import Library, entry_from
from ogi.organs import organ_id
from ogi.report import Document, OrganName, Reading, Report, TableReading
from ogi.selection import Selection, select
from ogi.selection import selected as selected_module
from ogi.selection.asked import _PRESENTATION, OF_HEADLINES, asked_of
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot
from ogi.store.snapshot.row import FactsRow
from ogi.view import View

NEW = "applications.received.total"
OFFICE, BUREAU = organ_id("宿迁市财政局"), organ_id("宿迁市统计局")
REPORT = f"{OFFICE}.2023.own"
ANOTHER: dict[str, Any] = {
    "page": "years", "measure": "penalty.decisions", "basis": "share", "sort": "name", "chart": "bars", "focus_year": 2023,
    "focus_organ": BUREAU, "applicant": "natural_person", "rows": "changed", "applicants": "each", "against": NEW, "bubble": NEW,
    "figures": (NEW,), "where": (f"{NEW}:over:1",), "peers_of": BUREAU, "report": REPORT, "cell": NEW, "search": "局",
    "only": ("errors",), "order": "year", "list_page": 2, "children_of": BUREAU, "groups": ("gabcdefghij",), "lines": ("total",),
    "severities": ("error",), "standings": ("open",), "check": "R01_row_sum", "finding": "R01_row_sum received",
}  # fmt: skip
"""Another value for every field that only says how something is shown."""


def row(name: str, year: int, new: int, **changed: Any) -> FactsRow:
    found: dict[str, Any] = {
        "organ_id": organ_id(name), "organ_name": name, "level": "city", "kind": "department", "region": "江苏省", "scope": "own",
        "region_code": "321300", "report_year": year, "document_name": f"{name}{year}.pdf", "document_sha256": "ab" * 32,
        "version": 1, "editions": {"t3_requests": "gf2021"}, "numbers": {NEW: new},
    }  # fmt: skip
    return FactsRow(**(found | changed))


def report(name: str, year: int, new: int) -> Report:
    return Report(
        document=Document(name=f"{name}{year}.html", sha256=f"{name}{year}{new}", media_type="text/html"),
        organ=OrganName(name=name, level="city", kind="department", region="宿迁市"),
        report_year=year,
        scope="own",
        tables={"t3_requests": TableReading(edition="gf2021", status="complete")},
        cells={NEW: Reading(key=NEW, raw=str(new), value=new, state="reported")},
    )


def library(*reports: Report) -> Library:
    return Library.of(entry_from(one, (), "fictional") for one in reports)


@pytest.fixture
def two() -> Library:
    """Two bureaus in two years: 10 and 20 applications, then 11 and 22."""
    return library(
        report("宿迁市财政局", 2022, 10), report("宿迁市财政局", 2023, 11),
        report("宿迁市统计局", 2022, 20), report("宿迁市统计局", 2023, 22),
    )  # fmt: skip


def received(selection: Selection) -> list[tuple[int, int]]:
    """Year and applications of every report shown."""
    frame = selection.long([NEW])
    pairs = zip(frame["report_year"], frame["value"], strict=True)
    return sorted((year, int(value)) for year, value in pairs if not pd.isna(value))


def test_the_same_is_made_once() -> None:
    kept, made = Kept(), []
    assert [kept.get("name", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]


def test_of_two_that_ask_at_once_one_makes_it_and_both_get_it() -> None:
    kept, begun, again, go = Kept(), Event(), Event(), Event()

    def make() -> str:
        (again if begun.is_set() else begun).set()
        assert go.wait(30)
        return "made"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "name", make)
        assert begun.wait(30)
        second = pool.submit(kept.get, "name", make)
        made_again = again.wait(0.1)
        go.set()
        assert [first.result(30), second.result(30)] == ["made", "made"]
    assert not made_again


def test_who_waited_makes_it_where_the_first_failed() -> None:
    kept, begun, go = Kept(), Event(), Event()

    def fail() -> str:
        begun.set()
        assert go.wait(30)
        raise ValueError("not now")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "name", fail)
        assert begun.wait(30)
        second = pool.submit(kept.get, "name", lambda: "made")
        go.set()
        with pytest.raises(ValueError, match="not now"):
            first.result(30)
        assert second.result(30) == "made"


def test_what_is_made_may_ask_for_another_thing_kept() -> None:
    kept = Kept()
    assert kept.get("outer", lambda: kept.get("inner", lambda: 3) + 1) == 4


def test_what_was_not_asked_for_longest_makes_room() -> None:
    kept = Kept(room=200_000)
    made: list[str] = []

    def get(name: str) -> None:
        kept.get(name, lambda: made.append(name) or np.zeros(10_000))  # 80 000 bytes

    for name in ("first", "second", "first", "third", "first", "second"):
        get(name)
    assert made == ["first", "second", "third", "second"]
    assert kept.used <= 200_000


def test_what_has_no_room_is_made_every_time() -> None:
    kept = Kept(room=1_000)
    assert kept.get("large", lambda: np.zeros(1_000)).tolist() == [0.0] * 1_000
    assert (len(kept), kept.used) == (0, 0)


def test_weight_of_what_has_no_arrays_is_told() -> None:
    kept = Kept(room=1_000_000)
    kept.get("text", lambda: "x", weight=700_000)
    kept.get("other", lambda: "y", weight=lambda made: 400_000 if made == "y" else 0)
    assert len(kept) == 1


def test_failure_is_not_kept() -> None:
    kept = Kept()

    def fail() -> int:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        kept.get("name", fail)
    assert kept.get("name", lambda: 7) == 7


def test_nothing_found_is_kept_too() -> None:
    kept, made = Kept(), []
    for _ in range(2):
        assert kept.get("name", lambda: made.append(1)) is None
    assert made == [1]


def test_arrays_cannot_be_written_into() -> None:
    found = Kept().get("name", lambda: np.zeros(3))
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda frame: frame.__setitem__("value", 0),
        lambda frame: frame.loc.__setitem__((slice(None), "value"), 0),
        lambda frame: frame.iloc.__setitem__((0, 0), 99),
        lambda frame: setattr(frame, "columns", ["a", "b"]),
        lambda frame: frame.insert(0, "new", 1),
    ],
)
def test_writing_into_a_frame_changes_it_for_nobody_else(spoil: Callable[[pd.DataFrame], None]) -> None:
    kept = Kept()
    for _ in range(2):  # once what was made, once what was kept
        frame = kept.get("name", lambda: pd.DataFrame({"value": [1.0, 2.0], "year": [2022, 2023]}))
        assert frame.to_dict("list") == {"value": [1.0, 2.0], "year": [2022, 2023]}
        spoil(frame)
    assert kept.get("name", pd.DataFrame).to_dict("list") == {"value": [1.0, 2.0], "year": [2022, 2023]}


def test_sums_written_into_are_whole_for_the_next_reader(two: Library) -> None:
    view = View(collection="fictional")
    frame = select(two, view).totals([NEW]).frame
    frame["value"] = 0
    assert select(two, view).totals([NEW]).frame["value"].tolist() == [30, 33]


def test_two_readers_of_the_same_share_what_was_made(two: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = selected_module.long
    monkeypatch.setattr(selected_module, "long", lambda *args: made.append(1) or real(*args))
    for page, before in (("overview", None), ("agencies", 2022), ("overview", 2023)):
        received(select(two, View(collection="fictional", page=page, baseline=before)))  # type: ignore[arg-type]
    assert made == [1]


def test_fields_said_to_be_of_presentation_are_all_tried() -> None:
    assert set(ANOTHER) == set(_PRESENTATION)


@pytest.mark.parametrize("name", sorted(ANOTHER))
def test_presentation_changes_neither_reports_nor_figures(two: Library, name: str) -> None:
    """Each choice is made anew from facts of its own, so that nothing kept can hide a difference."""
    plain, other = (
        View(collection="fictional", baseline=2022),
        View(collection="fictional", baseline=2022, **{name: ANOTHER[name]}),
    )
    one, two_ = (select(facts_from([line_of(e) for e in two.entries], "fictional"), view) for view in (plain, other))
    assert asked_of(plain) == asked_of(other)
    pd.testing.assert_frame_equal(one.long([NEW]), two_.long([NEW]))
    pd.testing.assert_frame_equal(one.coverage, two_.coverage)
    pd.testing.assert_frame_equal(one.series, two_.series)
    pd.testing.assert_frame_equal(one.totals([NEW]).frame, two_.totals([NEW]).frame)
    pd.testing.assert_frame_equal(one.headline([NEW]), two_.headline([NEW]))


def test_every_other_field_tells_selections_apart() -> None:
    values: dict[str, Any] = {
        "lang": "en", "collection": "library", "organs": (OFFICE,), "scope": "own", "years": (2022,), "baseline": 2022,
        "values": "amended", "levels": ("city",), "kinds": ("department",), "regions": ("江苏省",),
    }  # fmt: skip
    others = {field.name for field in fields(View)} - set(_PRESENTATION) - set(OF_HEADLINES)
    assert {name for name in others if asked_of(View(**{name: values[name]})) != asked_of(View())} == others


def test_views_of_two_visitors_do_not_mix(two: Library) -> None:
    everything, one, year = (
        View(collection="fictional"),
        View(collection="fictional", organs=(OFFICE,)),
        View(collection="fictional", years=(2023,)),
    )
    for _ in range(2):
        assert received(select(two, everything)) == [(2022, 10), (2022, 20), (2023, 11), (2023, 22)]
        assert received(select(two, one)) == [(2022, 10), (2023, 11)]
        assert received(select(two, year)) == [(2023, 11), (2023, 22)]


def test_change_is_against_the_baseline_of_each_visitor() -> None:
    reports = [report("宿迁市财政局", year, new) for year, new in ((2021, 100), (2022, 130), (2023, 150))]
    shown = library(*reports)
    changes = {
        before: select(shown, View(collection="fictional", baseline=before)).headline([NEW])["change"].tolist()
        for before in (None, 2021, None, 2021)
    }
    assert changes == {None: [20], 2021: [50]}


def test_kind_of_applicant_is_each_readers_own(two: Library) -> None:
    keys = [select(two, View(collection="fictional", applicant=one)).key(NEW) for one in ("total", "natural_person", "total")]
    assert keys == [NEW, "applications.received.natural_person", NEW]


def test_names_are_in_the_language_of_each_reader() -> None:
    city = report("宿迁市人民政府", 2023, 5)
    shown = Library.of([replace(entry_from(city, (), "fictional"), scope="region_total")])
    names = [select(shown, View(collection="fictional", lang=lang)).series["organ_name"].item() for lang in ("zh", "en", "zh")]
    assert names[0] == names[2] != names[1]


def test_selection_changed_by_hand_keeps_nothing_for_others(two: Library) -> None:
    shown = select(two, View(collection="fictional"))
    assert received(shown) == [(2022, 10), (2022, 20), (2023, 11), (2023, 22)]
    assert received(replace(shown, years=(2023,))) == [(2023, 11), (2023, 22)]
    assert received(shown) == [(2022, 10), (2022, 20), (2023, 11), (2023, 22)]


def test_another_generation_has_other_figures(tmp_path: Path) -> None:
    publisher, snapshot, view = Publisher(tmp_path), Snapshot(tmp_path), View(collection="library")
    publisher.rebuild([row("宿迁市财政局", 2023, 11)])
    first = snapshot.view()
    assert received(select(Library(kept=first), view)) == [(2023, 11)]
    publisher.publish([row("宿迁市财政局", 2023, 12, version=2)])
    second = snapshot.view()
    assert received(select(Library(kept=second), view)) == [(2023, 12)]
    assert received(select(Library(kept=first), view)) == [(2023, 11)]  # a run under way goes on with its own


def test_an_older_generation_is_gone_from_memory_as_soon_as_nobody_shows_it(tmp_path: Path) -> None:
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    publisher.rebuild([row("宿迁市财政局", 2022, 10)])
    shown = select(Library(kept=snapshot.view()), View(collection="library"))
    assert shown.totals([NEW]).frame["value"].tolist() == [10]
    old = ref(snapshot.view())
    publisher.publish([row("宿迁市财政局", 2022, 99)])
    snapshot.refresh()
    assert shown.totals([NEW]).frame["value"].tolist() == [10]  # whoever shows it goes on doing so
    gc.disable()  # what Python would find some day does not count
    try:
        del shown
        assert old() is None
    finally:
        gc.enable()


def test_samples_of_a_visitor_with_uploads_are_kept_apart(two: Library) -> None:
    view = View(collection="fictional")
    more = two.add(entry_from(report("宿迁市审计局", 2023, 7), (), "fictional"))
    assert [len(select(shown, view).series) for shown in (two, more, two)] == [2, 3, 2]
    assert facts_of(two, "fictional").kept is not facts_of(more, "fictional").kept


def test_reports_of_the_library_are_fetched_once_a_generation(tmp_path: Path) -> None:
    Publisher(tmp_path).rebuild([row("宿迁市财政局", 2022, 1), row("宿迁市财政局", 2023, 2)])
    fetched: list[str] = []

    def find(keys):
        fetched.extend(keys)
        return tuple(entry_from(report("宿迁市财政局", int(key.split(".")[1]), 1), (), "fictional") for key in keys)

    library_ = Library(kept=Snapshot(tmp_path, find).view())
    for _ in range(2):
        entries = select(library_, View(collection="library")).entries
        assert [entry.report_year for entry in entries] == [2022, 2023]
    assert sorted(fetched) == [f"{OFFICE}.2022.own", REPORT]


def test_matrix_of_agencies_is_what_the_frame_says(two: Library) -> None:
    """The matrix is made without a frame in between; both must tell the same."""
    for view in (View(collection="fictional"), View(collection="fictional", organs=(BUREAU,))):
        shown = select(two, view)
        grid = organ_grid(shown, NEW)
        frame = shown.side_by_side([NEW])
        assert grid.values.ravel().tolist() == frame["value"].tolist()
        assert grid.states.ravel().tolist() == frame["state"].tolist()
        assert grid.report_ids.ravel().tolist() == frame["report_id"].tolist()
        assert list(grid.organs) == frame["organ_id"].drop_duplicates().tolist()


def test_facts_have_one_place_for_what_is_kept() -> None:
    facts = facts_from([line_of(entry_from(report("宿迁市财政局", 2023, 1), (), "fictional"))], "fictional")
    assert isinstance(facts, Facts)
    assert facts.kept is facts.kept
