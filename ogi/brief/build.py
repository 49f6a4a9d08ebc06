"""A brief made from a selection: one agency, or several added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ogi.brief.chart_data import agencies_chart, charts_of
from ogi.brief.content import Brief, Tables
from ogi.brief.findings import open_findings, sources_of
from ogi.brief.past import past_of
from ogi.brief.sentences import (
    Sentence,
    absent_sentence,
    change_sentence,
    movers_sentence,
    peer_sentence,
    record_sentence,
    run_sentence,
)
from ogi.brief.storable import storable_in
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import organ_grid
from ogi.labels import Labels
from ogi.selection import Selection
from ogi.selection.scopes import of_scope

HEADLINE = (
    "applications.received.total",
    "applications.result_total.total",
    "I04_grant_rate",
    "applications.carried_over.total",
    "reconsideration.total",
    "litigation_all.total",
)
FURTHER = (
    "applications.due.total",
    "applications.granted.total",
    "applications.partially_granted.total",
    "applications.denied_all.total",
    "applications.unable_all.total",
    "applications.not_processed_all.total",
    "applications.other_all.total",
    "I07_denied_rate",
    "I09_unable_rate",
    "I11_refused_rate",
    "I14_carried_over_rate",
    "I16_natural_share",
    "I22_dispute_per100",
    "I23_review_corrected_rate",
    "I24_lit_loss_rate",
    "normative_documents.issued",
    "normative_documents.repealed",
    "normative_documents.in_force",
    "licensing.decisions",
    "penalty.decisions",
    "coercion.decisions",
    "fees.amount_wan_yuan",
)
_LISTED = 200
"""Findings and sources of more than so many are counted and not listed."""


def brief_of(
    selection: Selection,
    labels: Labels,
    *,
    who: str,
    sentence: str,
    made_on: str,
    tables: Tables | None = None,
    organ: str = "",
    peers: Selection | None = None,
    said: Sequence[str] = (),
) -> Brief | None:
    """Return the brief; ``None`` where nothing that may be added up is shown.

    Args:
        selection: of one agency, or of several; the newest year shown is told, against the baseline of the view or the year
            before it.
        labels: the language.
        who: the agency, or how many there are.
        sentence: what is shown, in words.
        made_on: the day, ``YYYY-MM-DD``.
        tables: the official tables.
        organ: the id of the agency; ``""`` for several.
        peers: the agency among its peers.
        said: which years are those of predecessors, or which agencies a sum lacks, in sentences.
    """
    scope = (selection.added_rows if selection.is_wide else selection.added).scope
    keys = list(dict.fromkeys(map(selection.key, (*HEADLINE, *FURTHER, *of_scope(scope)))))
    frame = selection.headline(keys)
    if bool(frame["year"].isna().to_numpy().all()):
        return None
    rows = frame.to_dict("records")
    year = int(rows[0]["year"])
    states = _states(selection, keys, year, organ)
    told = [change_sentence(row, labels, who=who, state=states.get(row["key"], "")) for row in rows]
    entries = selection.entries
    findings, sources = open_findings(entries, labels), sources_of(entries, labels)
    charts = list(charts_of(selection, labels, applicant=selection.view.applicant))
    if not organ and (one := agencies_chart(selection, selection.key(selection.view.measure), year, labels)) is not None:
        charts.insert(0, one)
    made = Brief(
        lang=labels.lang,
        title=labels("brief.page.title", who=who, year=year),
        sentence=sentence,
        scope_note=sentence_of(labels, *(() if organ else (note.text(labels) for note in selection.added.notes)), *said),
        year=year,
        who=who,
        headline=tuple(told[: len(HEADLINE)]),
        standing_out=tuple(_standing_out(selection, rows, labels, who=who, organ=organ, peers=peers)),
        further=tuple(told[len(HEADLINE) :]),
        charts=tuple(charts),
        findings=tuple(findings[:_LISTED]),
        finding_count=len(findings),
        sources=tuple(sources[:_LISTED]),
        report_count=len(entries),
        tables=tables,
        made_on=made_on,
    )
    return storable_in(made)


def _states(selection: Selection, keys: Sequence[str], year: int, organ: str) -> dict[str, str]:
    """Why one agency has no number in the year."""
    if not organ:
        return {}
    frame = selection.long_added(keys)
    frame = frame.loc[(frame["report_year"] == year) & frame["value"].isna()]
    return dict(zip(frame["key"].tolist(), frame["state"].tolist(), strict=True))


def _standing_out(
    selection: Selection, rows: list[dict[str, Any]], labels: Labels, *, who: str, organ: str, peers: Selection | None
) -> list[Sentence]:
    found: list[Sentence | None] = []
    year = int(rows[0]["year"])
    noteworthy = {*map(selection.key, HEADLINE), *(row["key"] for row in rows if row["kind"] == "rate")}
    for row in rows:
        if row["key"] not in noteworthy:
            continue
        past = past_of(selection, row["key"])
        if past and past[-1].year == year:
            found += [
                record_sentence(row["key"], past, labels, who=who),
                run_sentence(row["key"], past, labels, who=who),
            ]
        if organ and peers is not None and not peers.is_wide:
            found.append(peer_sentence(organ_grid(peers, row["key"]), organ, year, labels))
    if not organ:
        found += _of_agencies(selection, rows, labels, year)
    return [sentence for sentence in found if sentence is not None]


def _of_agencies(selection: Selection, rows: list[dict[str, Any]], labels: Labels, year: int) -> list[Sentence | None]:
    """Where the changes of the main counts come from, and who lacks the first of them."""
    found: list[Sentence | None] = []
    for row in rows[: len(HEADLINE)]:
        before = row["previous_year"]
        if row["kind"] != "rate" and not pd.isna(before) and int(before) in selection.years:
            grid = organ_grid(selection, row["key"], "change", int(before))
            found.append(movers_sentence(grid, year, int(before), labels))
    found.append(absent_sentence(organ_grid(selection, rows[0]["key"]), year, labels))
    return found
