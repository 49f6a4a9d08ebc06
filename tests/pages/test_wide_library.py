"""A library with more reports than can be drawn one by one: sums, provinces and ranks instead of charts, and a way on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from ogi.library import Library
from ogi.organs import organ_id
from ogi.selection import selected
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot
from ogi.store.snapshot.row import FactsRow
from pages.parts import sidebar, uploads

Visit = Callable[..., AppTest]
RECEIVED = "applications.received.total"


@pytest.fixture
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty organs of two provinces over two years: organ n received n applications in 2022 and 10 n in 2023."""
    rows = [
        FactsRow(
            organ_id=organ_id(f"{n}号局"), organ_name=f"{n}号局", level="city", kind="department", region="江苏省",
            region_code="320100" if n % 2 else "110100", report_year=year, scope="own", document_name=f"{n}.pdf",
            document_sha256="ab" * 32, version=1, editions={"t3_requests": "gf2021"}, numbers={RECEIVED: n * factor},
        )
        for n in range(30)
        for year, factor in ((2022, 1), (2023, 10))
    ]  # fmt: skip
    Publisher(tmp_path).rebuild(rows)
    library = Library(kept=Snapshot(tmp_path).view())
    monkeypatch.setattr(uploads, "session_library", lambda: library)
    monkeypatch.setattr(selected, "WIDE", 20)
    monkeypatch.setattr(sidebar, "_OFFERED", 10)


def tables(at: AppTest) -> list[list]:
    return [table.value.to_numpy().tolist() for table in at.dataframe]


@pytest.mark.parametrize("page", ["overview", "applications", "disputes", "proactive"])
def test_sums_provinces_and_ranks_are_shown_instead_of_charts(visit: Visit, country: None, page: str) -> None:
    at = visit(page, f"collection=library&measure={RECEIVED}")
    years, provinces, top = tables(at)
    received = {line[0]: line[2:4] for line in reversed(years)}  # applications received are the first figure of each year
    assert received == {2022: [435, 30], 2023: [4350, 30]}
    assert [[line[0], line[1]] for line in provinces] == [["江苏省", 2250], ["北京市", 2100]]
    assert top[0] == [1, "29号局", 290]
    assert any("60份报告" in note.value for note in at.info)


def test_many_agencies_are_drawn_one_by_one_where_a_page_shows_a_few_figures_of_each(visit: Visit, country: None) -> None:
    """Sixty reports are many here: twenty are the most of which everything is shown. In 2023 they received 0, 10 … 290."""
    at = visit("agencies", f"collection=library&measure={RECEIVED}&focus_year=2023")
    assert not any("份报告，超过" in note.value for note in at.info)
    assert "30个机关中30个有数字。中位数145" in "\n".join(note.value for note in (*at.markdown, *at.caption))
    assert sorted(at.dataframe[-1].value.iloc[:, 1].tolist()) == [10 * n for n in range(30)]
    assert len(json.loads(at.get("plotly_chart")[0].proto.spec)["data"]) == 1
    at = visit("agencies", f"collection=library&measure={RECEIVED}&chart=heatmap")
    (trace,) = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    assert (trace["type"], len(trace["y"])) == ("heatmap", 30)


def test_few_reports_of_the_library_are_shown_as_charts(visit: Visit, country: None) -> None:
    at = visit("applications", f"collection=library&organs={organ_id('7号局')}")
    assert not any("份报告超过" in note.value for note in at.info)


def test_agency_is_found_by_a_part_of_its_name(visit: Visit, country: None) -> None:
    at = visit("overview", "collection=library")
    assert at.multiselect(key="filter_organs").options == []
    at.text_input(key="organ_search").set_value("29号").run()
    assert at.multiselect(key="filter_organs").options == ["29号局"]
    at.multiselect(key="filter_organs").select("29号局").run()
    assert at.query_params["organs"] == organ_id("29号局")


def test_another_generation_shows_other_figures_to_a_visitor_who_stays(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Charts are kept; what a correction publishes must be drawn all the same."""
    row = FactsRow(
        organ_id=organ_id("甲局"), organ_name="甲局", level="city", kind="department", region="江苏省", region_code="320100",
        report_year=2023, scope="own", document_name="1.pdf", document_sha256="ab" * 32, version=1,
        editions={"t3_requests": "gf2021"}, numbers={RECEIVED: 11},
    )  # fmt: skip
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    publisher.rebuild([row])
    kept = [Library(kept=snapshot.view())]
    monkeypatch.setattr(uploads, "session_library", lambda: kept[-1])
    at = visit("overview", "collection=library")
    assert {metric.label: metric.value for metric in at.metric}["新收申请"] == "11"
    publisher.publish([msgspec.structs.replace(row, version=2, numbers={RECEIVED: 12})])
    kept.append(Library(kept=snapshot.view()))
    at.run()
    assert {metric.label: metric.value for metric in at.metric}["新收申请"] == "12"


def test_two_visitors_see_each_their_own_choice(visit: Visit, country: None) -> None:
    """Thirty organs are kept for both; organ n received 10 n applications in 2023."""
    shown = {}
    for organ in ("7号局", "8号局", "7号局"):
        at = visit("overview", f"collection=library&organs={organ_id(organ)}")
        shown.setdefault(organ, set()).add({metric.label: metric.value for metric in at.metric}["新收申请"])
    assert shown == {"7号局": {"70"}, "8号局": {"80"}}
