"""A library too large for frames gives the same figures as the same reports in memory."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd
import pytest

from ogi.facts import Facts, cell_columns, facts_of, table_columns
from ogi.library import Entry, Library, entry_from
from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.selection import selected
from ogi.selection.selected import Selection, select
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot
from ogi.store.snapshot.row import row_of
from ogi.view import View

KEYS = [
    "applications.received.total", "applications.denied_all.total", "fees.amount_wan_yuan", "procurement.amount",
    "I04_grant_rate", "I21_lit_per100", "I27_docs_net", "rules.issued", "rules.newly_made",
]  # fmt: skip
PROVINCES = ("110000", "320100", "320000", None)


def entries(make_report, seed: int) -> list[Entry]:
    """Eleven organs of several levels over four years, with blanks, slashes, words, odd units, both editions and all scopes."""
    draw, found = random.Random(seed), []
    for number in range(11):
        organ = OrganName(
            name=f"{number}号局", level=draw.choice(("city", "county")), kind=draw.choice(("department", "government")),
            region=draw.choice(("江苏省", "北京市", None)), region_code=draw.choice(PROVINCES),
        )  # fmt: skip
        for year in (2019, 2020, 2021, 2022):
            for scope in draw.sample(("own", "unknown", "region_total"), draw.choice((0, 1, 1, 1, 2, 3))):
                edition = draw.choice(("gf2019", "gf2021"))
                report = make_report(edition=edition, year=year, scope=scope, organ=organ, rest=draw.choice(("0", "", "?", "3")))
                cells = dict(report.cells)
                for key in draw.sample(sorted(cells), 60):
                    state = draw.choice(("reported", "reported", "reported", "blank", "dash", "text", "unreadable"))
                    value = draw.randrange(400) if state == "reported" else None
                    unit = draw.choice((None, None, "元", "美元")) if cell_columns()[key].kind == "amount" else None
                    cells[key] = msgspec.structs.replace(cells[key], value=value, state=state, unit=unit)
                report = msgspec.structs.replace(report, cells=cells)
                entry = entry_from(report, (), "library")
                found.append(entry)
    return found


@pytest.fixture(params=[1, 2], scope="module")
def published(request, make_report, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Entry], Path]:
    """Reports, and the folder of a snapshot that holds them."""
    reports, folder = entries(make_report, request.param), tmp_path_factory.mktemp("published")
    half = len(reports) // 2
    publisher = Publisher(folder)
    publisher.publish([row_of(entry, version=1) for entry in reports[:half]])
    publisher.publish([row_of(entry, version=1) for entry in reports[half - 3 :]])
    return reports, folder


@pytest.fixture
def both(published: tuple[list[Entry], Path], monkeypatch: pytest.MonkeyPatch):
    """The same reports in memory, and in a snapshot of which nothing is taken into memory."""
    reports, folder = published
    monkeypatch.setattr(selected, "WIDE", -1)
    view = Snapshot(folder).view()
    assert len(view) == len(reports)

    def select_both(**choices) -> tuple[Selection, Selection]:
        chosen = View(collection="library", **choices)
        return select(Library.of(reports), chosen), select(Library(kept=view), chosen)

    return select_both


CHOICES = [
    {}, {"scope": "own"}, {"scope": "region_total"}, {"years": (2020, 2022)}, {"levels": ("county",)}, {"kinds": ("government",)},
    {"regions": ("江苏省",)}, {"baseline": 2019}, {"years": (2010,)}, {"scope": "system_total"},
]  # fmt: skip


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_sums_headlines_and_ranks_are_those_of_reports_in_memory(both, choices) -> None:
    small, wide = both(**choices)
    assert (wide.is_wide, small.is_wide) == (True, False)
    assert wide.years == small.years
    assert [notice.key for notice in wide.notices] == [notice.key for notice in small.notices]
    one, other = small.totals(KEYS), wide.totals(KEYS)
    pd.testing.assert_frame_equal(other.frame, one.frame)
    assert (other.scope, other.notes) == (one.scope, one.notes)
    pd.testing.assert_frame_equal(wide.headline(KEYS), small.headline(KEYS))
    pd.testing.assert_frame_equal(wide.by_province(KEYS), small.by_province(KEYS))
    for key in KEYS:
        for year in small.years:
            pd.testing.assert_frame_equal(wide.top(key, year, 5), small.top(key, year, 5))
            for organ in small.identity["organ_id"].unique()[:3]:
                assert wide.percentile(organ, key, year) == small.percentile(organ, key, year)


def test_every_column_is_that_of_reports_in_memory(both) -> None:
    small, wide = both()
    order = np.argsort(small.facts.report_ids(np.arange(len(small.facts))))
    other = np.argsort(wide.facts.report_ids(np.arange(len(wide.facts))))
    for key in small.facts.column:
        np.testing.assert_array_equal(wide.facts.printed(key)[other], small.facts.printed(key)[order], key)
        np.testing.assert_array_equal(wide.facts.counted(key)[other], small.facts.counted(key)[order], key)
        np.testing.assert_array_equal(wide.facts.codes(key)[other], small.facts.codes(key)[order], key)
        assert sorted(wide.facts.flags_of(key).values()) == sorted(small.facts.flags_of(key).values())


def test_few_reports_are_taken_into_memory_and_give_the_same_frames(both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selected, "WIDE", 1000)
    small, wide = both()
    assert isinstance(wide.facts, Facts)
    pd.testing.assert_frame_equal(wide.long(KEYS), small.long(KEYS))
    pd.testing.assert_frame_equal(wide.coverage, small.coverage)
    pd.testing.assert_frame_equal(wide.series, small.series)


def test_amended_figures_are_added_where_the_view_asks_for_them(suqian, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = entry_from(suqian(2024), (), "library")
    row = row_of(entry, version=1, amended={"applications.granted.total": 1531, "fees.amount_wan_yuan": Decimal("7.5")})
    Publisher(tmp_path).publish([row])
    keys = ["applications.granted.total", "fees.amount_wan_yuan", "applications.received.total", "I05_full_grant_rate"]
    for limit in (-1, 1000):
        monkeypatch.setattr(selected, "WIDE", limit)
        library = Library(kept=Snapshot(tmp_path).view())
        printed = select(library, View(collection="library")).totals(keys).frame
        amended = select(library, View(collection="library", values="amended"))
        assert printed["value"].tolist() == [1431.0, 72701.2578, 3525.0, pytest.approx(1431 / 3521)]
        assert amended.totals(keys).frame["value"].tolist() == [1531.0, 7.5, 3525.0, pytest.approx(1531 / 3521)]
        assert amended.notices == ()
    line = amended.long(keys)
    assert line["flags"].tolist() == ["amended", "amended", "", "amended"]


def test_library_comes_after_uploads_and_before_the_samples(both, suqian) -> None:
    _, wide = both()
    library = Library(kept=wide.facts)  # type: ignore[arg-type]
    assert library.collections == ("library",)
    assert select(library.add(entry_from(suqian(2024), (), "fictional")), View()).facts is wide.facts
    assert facts_of(library.add(entry_from(suqian(2024), (), "uploads")), "library") is wide.facts
    assert select(library.add(entry_from(suqian(2024), (), "uploads")), View()).facts.collection == "uploads"


def test_facts_read_figure_by_figure_are_those_of_reports_taken_out_whole(both) -> None:
    _, wide = both()
    rows = np.flatnonzero(np.arange(len(wide.facts)) % 3 > 0)
    whole, read = wide.facts.narrowed(rows), wide.facts.window(rows)
    assert not read.is_wide
    pd.testing.assert_frame_equal(read.identity, whole.identity)
    every = np.arange(len(whole))
    assert read.report_ids(every).tolist() == whole.report_ids(every).tolist()
    assert read.has_amendments == whole.has_amendments
    for table in table_columns():
        assert read.editions_of(table).tolist() == whole.editions_of(table).tolist()
    for key in whole.column:
        np.testing.assert_array_equal(read.printed(key), whole.printed(key), key)
        np.testing.assert_array_equal(read.counted(key), whole.counted(key), key)
        np.testing.assert_array_equal(read.codes(key), whole.codes(key), key)
        assert read.flags_of(key) == whole.flags_of(key)
        assert read.amended(key) == whole.amended(key)


def test_agencies_stand_one_by_one_where_only_a_few_figures_are_asked(both) -> None:
    small, wide = both(scope="own", levels=("county",))
    many = select(Library(kept=wide.facts), wide.view, most=1000)  # type: ignore[arg-type]
    assert (wide.is_wide, many.is_wide) == (True, False)
    pd.testing.assert_frame_equal(many.long(KEYS), small.long(KEYS))
    assert many.notices == small.notices
    assert select(Library(kept=wide.facts), wide.view, most=len(many.facts) - 1).is_wide  # type: ignore[arg-type]


def test_chosen_organs_are_found_in_a_large_library_whatever_else_is_asked(both) -> None:
    every, _ = both()
    organs = tuple(every.identity["organ_id"].unique()[[1, 4]])
    small, wide = both(organs=(*organs, organ_id("无此局")), scope="own", years=(2020, 2021))
    shown = [set(found.facts.report_ids(found.rows).tolist()) for found in (small, wide)]
    assert shown[0] == shown[1]
    assert {name.split(".")[0] for name in shown[0]} <= set(organs)
    assert [notice.key for notice in wide.notices] == [notice.key for notice in small.notices]
