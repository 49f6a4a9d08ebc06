"""Readings by recognition are questioned by the form's own sums and by their confidence, and never changed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from loaders.doubts import BREAKS_SUM, BY_ORDER, LOW_CONFIDENCE, NOT_READ, questioned
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Document, OrganName, Reading, Report, Source, State, TableReading

FORM = load_form()
BLOCK = ("upheld", "corrected", "other_result", "pending", "total")


def report(reconsideration: Mapping[str, int | None], *, page: int = 2, confidence: float = 0.99) -> Report:
    """A report of which table 四 was read from a picture; every block but the first is zero."""
    cells = {}
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        for column in BLOCK:
            value = reconsideration[column] if block == "reconsideration" else 0
            state: State = "unreadable" if value is None else "reported"
            key = f"{block}.{column}"
            cells[key] = Reading(
                key=key,
                raw=str(value),
                value=value,
                state=state,
                source=Source(page=page, bbox=(0, 0, 9, 9)),
                confidence=confidence,
            )
    return Report(
        document=Document(name="a.pdf", sha256="00", media_type="application/pdf", pages=2),
        organ=OrganName(name="示例市财政局"),
        report_year=2023,
        scope="own",
        tables={"t4_disputes": TableReading(edition="gf2021", status="complete")},
        cells=cells,
    )


def doubts(found: Report) -> dict[str, tuple[str, ...]]:
    return {key: reading.doubts for key, reading in found.cells.items() if reading.doubts}


HOLDS = dict(zip(BLOCK, (3, 1, 2, 4, 10), strict=True))
FAILS = HOLDS | {"corrected": 7}


def test_cells_of_a_sum_that_does_not_hold_are_marked_and_keep_their_values() -> None:
    before = report(FAILS)
    found = questioned(before, FORM, (2,))
    assert doubts(found) == {f"reconsideration.{column}": (BREAKS_SUM,) for column in BLOCK}
    assert {k: r.value for k, r in found.cells.items()} == {k: r.value for k, r in before.cells.items()}
    assert all(found.cells[f"reconsideration.{column}"].is_marked for column in BLOCK)


def test_cells_of_sums_that_hold_are_not_marked() -> None:
    assert doubts(questioned(report(HOLDS), FORM, (2,))) == {}


def test_a_sum_on_a_page_with_text_is_left_to_the_checks() -> None:
    before = report(FAILS, page=1)
    assert doubts(questioned(before, FORM, (2,))) == {}
    assert questioned(before, FORM, ()) is before


def test_little_confidence_is_a_doubt_although_every_sum_holds() -> None:
    found = questioned(report(HOLDS, confidence=0.6), FORM, (2,))
    assert set(doubts(found).values()) == {(LOW_CONFIDENCE,)}
    assert len(doubts(found)) == 15


def test_a_cell_that_could_not_be_read_asks_to_be_typed() -> None:
    found = questioned(report(HOLDS | {"pending": None}), FORM, (2,))
    assert doubts(found)["reconsideration.pending"] == (NOT_READ,)
    assert found.cells["reconsideration.pending"].value is None


def test_the_notice_says_how_many_cells_to_look_at() -> None:
    (notice,) = questioned(report(FAILS), FORM, (2,)).notices
    assert (notice.code, notice.params) == ("pages_were_recognised", {"pages": "2", "cells": 5})
    assert set(notice.keys) == {f"reconsideration.{column}" for column in BLOCK}


def test_the_crossing_of_two_failing_sums_is_named_before_the_cells_around_it() -> None:
    """A misread cell of the request table breaks its row and its column; the cells of only one of them are not suspected."""
    columns = [c.key for c in next(t for t in FORM.editions["gf2021"] if t.id == "t3_requests").columns]
    cells = {}
    for row in FORM.editions["gf2021"].table("t3_requests").rows:
        for column in columns:
            key = f"applications.{row.key}.{column}"
            value = (
                {"received": 1, "result_total": 1, "granted": 1}.get(row.key, 0) if column in ("natural_person", "total") else 0
            )
            cells[key] = Reading(key=key, raw=str(value), value=value, state="reported", source=Source(page=1, bbox=(0, 0, 9, 9)))
    wrong = "applications.granted.natural_person"
    cells[wrong] = msgspec.structs.replace(cells[wrong], raw="7", value=7)
    base = report(HOLDS)
    found = questioned(
        msgspec.structs.replace(base, tables={"t3_requests": TableReading(edition="gf2021", status="complete")}, cells=cells),
        FORM,
        (1,),
    )
    assert set(doubts(found)) == {wrong}


@pytest.mark.parametrize("code", [LOW_CONFIDENCE, NOT_READ, BREAKS_SUM])
def test_each_doubt_has_its_words(code: str) -> None:
    for lang in ("zh", "en"):
        assert Labels(lang)(f"doubt.{code}")


ROW = ("natural_person", "commercial_enterprise", "research_institution", "social_welfare_organisation", "total")


def row_of(rule: str, states: Mapping[str, State]) -> Report:
    """A row of table 三 as read from a picture, its figures all 0 where there are any."""
    cells = {}
    for place, column in enumerate(ROW):
        key, state = f"applications.granted.{column}", states.get(column, "reported")
        value = 0 if state == "reported" else None
        cells[key] = Reading(
            key=key,
            raw="0",
            value=value,
            state=state,
            source=Source(page=2, bbox=(place, 5, place + 1, 9)),
            confidence=0.99,
            rule=rule,
        )
    tables = {"t3_requests": TableReading(edition="gf2021", status="partial")}
    return msgspec.structs.replace(report(HOLDS), cells=cells, tables=tables)


def test_row_told_by_its_order_is_marked_whole_where_one_of_its_cells_is_illegible() -> None:
    """The edge of a picture or a lost rule shifts such a row, and every figure then stands one place too far."""
    found = questioned(row_of("no_header", {"total": "text"}), FORM, (2,))
    others = {f"applications.granted.{column}": (BY_ORDER,) for column in ROW[:-1]}
    assert doubts(found) == others | {"applications.granted.total": (NOT_READ,)}
    assert Labels("en")("doubt.by_order").startswith("No head names the columns")


@pytest.mark.parametrize(("rule", "states"), [("", {"total": "text"}), ("no_header", {})])
def test_row_under_a_head_or_wholly_legible_is_not_marked_for_its_order(rule: str, states: Mapping[str, State]) -> None:
    found = questioned(row_of(rule, states), FORM, (2,))
    assert BY_ORDER not in {code for codes in doubts(found).values() for code in codes}
