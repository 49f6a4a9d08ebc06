"""What a share shows, kept as it was, and what changed since. The figures are those of the reports of conftest, by hand."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from ogi.labels import Labels
from ogi.library import Library
from ogi.shares.changes import changes_since
from ogi.shares.frozen import DamagedError, freeze, thaw
from ogi.shares.grant import shared_view
from ogi.shares.making import content_of
from ogi.view import View

AT = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def view(library) -> View:
    return shared_view(View(), library)


@pytest.fixture(scope="module")
def content(view, library):
    return content_of(view, library)


def figure(content, key: str):
    return next(figure for figure in content.figures if figure.key == key)


def test_headline_is_of_the_newest_year_and_its_change_of_the_same_organs(content) -> None:
    received = figure(content, "applications.received.total")
    assert content.year == 2024
    assert (received.value, received.text) == (157, "157")
    assert received.change == "+10 (+7.1%)"  # 100 + 40 in 2023 against 120 + 30; 丙局 has no 2023
    assert received.direction == 1
    assert "比2023年（2个机关）" in received.notes


def test_charts_keep_gaps_and_say_what_a_year_does_not_cover(content) -> None:
    flow, outcomes, ranked = content.drawings
    assert flow.labels == ("2023", "2024")
    assert flow.series[0].values == (140, 157)
    assert "2023年：2/3个机关有全部数字。" in flow.notes
    assert outcomes.series[0].values == (140, 157)
    assert ranked.labels == ("甲市人民政府", "甲市乙局", "甲市丙局")
    assert ranked.series[0].values == (120, 30, 7)


def test_table_lists_the_organs_of_the_year(content) -> None:
    assert {row[:2] for row in content.table.rows} == {("甲市丙局", "7"), ("甲市乙局", "30"), ("甲市人民政府", "120")}


def test_sources_name_every_document(content) -> None:
    assert (content.reports, content.organs, len(content.sources), content.more_sources) == (5, 3, 5, 0)
    assert content.sources[0].year == 2024
    assert {source.document for source in content.sources} >= {"甲市丙局2024.txt"}


def test_one_organ_has_a_third_chart_in_place_of_the_ranking(library, entries) -> None:
    organ = entries["甲市乙局", 2024].organ_id
    content = content_of(shared_view(View(organs=(organ,)), library), library)
    assert "ranked" not in [drawing.subject for drawing in content.drawings]
    assert content.table is None


def test_open_findings_are_counted_and_printed(view, library, make_entry) -> None:
    broken = content_of(view, library.add(make_entry("甲市丙局", 2023, 7, closed=6)))
    assert broken.errors > 0
    assert any(problem.about == "甲市丙局 · 2023" and "7" in problem.text for problem in broken.problems)
    assert content_of(view, library).errors == 0


def test_frozen_view_comes_back_with_its_time_and_digest(content) -> None:
    kept = freeze(content, AT)
    frozen = thaw(kept)
    assert (frozen.content, frozen.at) == (content, AT)
    digest, body = kept.split(b"\n", 1)
    assert digest.decode() == hashlib.sha256(body).hexdigest() == frozen.sha256
    assert body == frozen.body()


def test_the_same_figures_give_the_same_digest(view, library, content) -> None:
    assert freeze(content_of(view, Library.of(reversed(library.everything))), AT) == freeze(content, AT)


def test_damaged_frozen_view_is_not_shown(content) -> None:
    kept = freeze(content, AT)
    with pytest.raises(DamagedError):
        thaw(kept.replace(b'"157"', b'"158"'))
    with pytest.raises(DamagedError):
        thaw(b"")
    other = b"{}"
    with pytest.raises(DamagedError):
        thaw(hashlib.sha256(other).hexdigest().encode() + b"\n" + other)


def test_nothing_is_said_where_nothing_changed(content) -> None:
    assert changes_since(content, content, Labels("zh")) == ()


def test_a_new_version_of_a_report_is_named_with_the_figures_it_changes(view, library, content, make_entry) -> None:
    today = content_of(view, library.add(make_entry("甲市乙局", 2024, 35, text="更正")))
    said = changes_since(content, today, Labels("zh"))
    assert "新收申请：原为157，现为162。" in said
    assert "换了文件的报告：甲市乙局 2024。" in said
    assert figure(content, "applications.received.total").text == "157"


def test_a_report_taken_away_is_named(view, library, content, entries) -> None:
    today = content_of(view, library.remove(entries["甲市丙局", 2024]))
    said = changes_since(content, today, Labels("zh"))
    assert "报告份数：原为5，现为4。" in said
    assert "不再有的报告：甲市丙局 2024。" in said


def test_a_new_year_is_said_first(view, library, content, make_entry) -> None:
    today = content_of(view, library.add(make_entry("甲市乙局", 2025, 35)))
    assert changes_since(content, today, Labels("en"))[0] == "The newest year was 2024 and is now 2025."
