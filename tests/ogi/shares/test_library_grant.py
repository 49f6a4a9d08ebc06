"""Grants of a library that is kept in a snapshot: few reports come into memory, all of them stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.facts import facts_of
from ogi.library import Library
from ogi.organs import organ_id
from ogi.selection import selected
from ogi.shares import grant as grants
from ogi.shares.grant import Grant, TooWideError, shared_view
from ogi.shares.making import content_of
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot
from ogi.store.snapshot.row import FactsRow
from ogi.view import View

RECEIVED = "applications.received.total"


@pytest.fixture
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Thirty organs over two years: organ n received n applications in 2022 and 10 n in 2023. More than twenty are too many."""
    rows = [
        FactsRow(
            organ_id=organ_id(f"{n}号局"), organ_name=f"{n}号局", level="city", kind="department", region="江苏省",
            region_code="320100", report_year=year, scope="own", document_name=f"{n}.pdf",
            document_sha256="ab" * 32, version=1, editions={"t3_requests": "gf2021"}, numbers={RECEIVED: n * factor},
        )
        for n in range(30)
        for year, factor in ((2022, 1), (2023, 10))
    ]  # fmt: skip
    Publisher(tmp_path).rebuild(rows)
    monkeypatch.setattr(selected, "WIDE", 20)
    monkeypatch.setattr(grants, "WIDE", 20)
    return Library(kept=Snapshot(tmp_path, lambda _: ()).view())


def test_few_granted_reports_are_all_there_is_in_the_session(country: Library) -> None:
    grant = Grant.of(shared_view(View(organs=(organ_id("7号局"),)), country))
    limited = grant.limited(country)
    facts = facts_of(limited, "library")
    assert sorted(facts.identity["report_year"].tolist()) == [2022, 2023]
    assert set(facts.identity["organ_name"]) == {"7号局"}
    content = content_of(grant.view, limited)
    assert content.figures[0].text == "70"
    assert content.figures[0].change == "+63"  # 7 in 2022; below ten no percentage
    assert grant.opens(country)


def test_the_whole_library_stays_where_it_is(country: Library) -> None:
    grant = Grant.of(shared_view(View(), country))
    assert facts_of(grant.limited(country), "library").columns is country.kept.columns  # type: ignore[union-attr, attr-defined]
    assert Grant.of(grant.view, hides_personal=False).limited(country).kept is country.kept
    content = content_of(grant.view, country)
    assert content.figures[0].text == "4,350"  # 10 × (0 + 1 + … + 29)
    assert content.drawings[-1].labels[0] == "29号局"
    assert content.reports == 60
    assert content.table is None


def test_a_large_part_of_a_library_opens_no_interactive_page(country: Library) -> None:
    organs = tuple(organ_id(f"{n}号局") for n in range(15))
    grant = Grant.of(shared_view(View(organs=organs), country))
    with pytest.raises(TooWideError):
        grant.limited(country)
    assert not grant.opens(country)
    assert content_of(grant.view, country).figures[0].text == "1,050"  # its page and its file are there all the same


def test_without_a_library_nothing_is_shown(country: Library) -> None:
    grant = Grant.of(shared_view(View(), country))
    assert len(grant.limited(Library())) == 0
    assert not grant.opens(Library())
