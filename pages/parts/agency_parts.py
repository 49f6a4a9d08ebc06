"""The parts of the page of one agency: its reports, what changed, where it stands, what is open, where the figures come from."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from ogi.charts.agencies.words import figure_name, said, unit_word
from ogi.charts.words import axis_title
from ogi.comparison.peers import peers_of
from ogi.comparison.profile import Place, places_of
from ogi.facts import facts_of
from ogi.labels import Labels
from ogi.library import Entry
from ogi.selection.scopes import of_scope
from ogi.view.groups import is_group
from pages.parts.address import query_of
from pages.parts.agencies_parts import STANDARD
from pages.parts.choices import say_absent
from pages.parts.compared import Compared, said_changes
from pages.parts.findings_list import failing, finding_line, is_reminder
from pages.parts.opening import show_sound
from pages.parts.organ_picker import show_peers_note
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.widgets import draw

_FINDINGS = 8
_PEERS = 1_000_000
"""Up to so many reports of peers; where a whole country is loaded an agency has ten thousand peers and more."""


def choose_agency(at: Stage) -> str:
    """Let the reader choose the agency of the page; the first one shown where none is chosen."""
    series = at.selection.series
    names = dict(zip(series["organ_id"].tolist(), series["organ_name"].tolist(), strict=True))
    organ = str(at.agency)
    if at.view.focus_organ not in (None, organ):
        say_absent(at, at.labels("groups.no_profile" if is_group(at.view.focus_organ) else "agency.absent"))
    draw(st.selectbox, "focus_organ", organ, label=at.labels("agency.choose"), options=list(names), format_func=names.__getitem__)
    return organ


def alone(at: Stage, organ: str) -> Stage:
    """The same view of this agency only."""
    return replace(
        at, joined=None, view=replace(at.view, organs=(organ,), levels=(), kinds=(), regions=(), peers_of=None, children_of=None)
    )


def among_peers(at: Stage, organ: str) -> Stage:
    """The same view of the agency and its peers, of which a few figures are shown, however many they are."""
    view = replace(at.view, organs=(), levels=(), kinds=(), regions=(), peers_of=organ, children_of=None)
    return replace(at, joined=None, view=view, most=_PEERS)


def in_year(at: Stage, year: int) -> Stage:
    """The same view of one year."""
    return replace(at, joined=None, view=replace(at.view, years=(year,)))


def show_changes(compared: Compared, at: Stage) -> None:
    """Say what changed most, with the way to every cell."""
    labels, (before, after) = at.labels, compared.pair
    st.subheader(labels("agency.changed", before=before, after=after), anchor=False)
    lines = said_changes(compared, labels)
    st.markdown("\n".join(f"- {plain(line)}" for line in lines) or labels("comparison.years.nothing_changed"))
    query = query_of(replace(at.view, page="years", focus_organ=compared.organ, focus_year=after, baseline=before), "years")
    st.page_link(at.pages["years"], label=labels("agency.every_cell"), icon=":material/difference:", query_params=query)


def show_places(at: Stage, organ: str, year: int) -> None:
    """Draw the figures of the agency beside the median of its peers, with the percentile and how many peers have a number."""
    labels = at.labels
    st.subheader(labels("agency.places", year=year), help=labels("agency.places_tip"), anchor=False)
    show_peers_note(at)
    chosen = in_year(at, year).selection
    places = places_of(chosen, organ, [chosen.key(key) for key in (*STANDARD, *of_scope(at.view.scope))], year)
    st.dataframe(
        pd.DataFrame([_row(place, at) for place in places]),
        hide_index=True,
        key="places",
        placeholder="–",
        alt=labels("agency.places", year=year),
    )
    query = query_of(replace(at.view, page="agencies", focus_organ=organ), "agencies")
    st.page_link(at.pages["agencies"], label=labels("agency.all_peers"), icon=":material/leaderboard:", query_params=query)


def peers_exist(at: Stage, organ: str) -> bool:
    """Whether there is anybody to stand beside."""
    return len(peers_of(facts_of(at.library, at.collection), organ).organs) > 1


def _row(place: Place, at: Stage) -> dict[str, str]:
    labels, grid = at.labels, place.grid
    value = said(grid, place.value, labels) if place.value is not None else labels(f"selection.reason.{place.state}")
    if place.base is not None:
        value += f" (n={place.base:,.0f})" + (labels("comparison.table.small") if place.is_small else "")
    return {
        labels("agencies.figure"): axis_title(labels, figure_name(grid, labels), unit_word(grid, labels)),
        labels("agency.value"): value,
        labels("agency.median"): said(grid, place.median, labels),
        labels("agency.percentile"): "–" if place.percentile is None else f"{place.percentile:.0f}",
        labels("agency.rank"): "–" if place.rank is None else f"{place.rank}/{place.known}",
        labels("charts.column.coverage"): f"{place.known}/{place.expected}",
    }


def show_open(at: Stage, entries: list[Entry], missing: list[int]) -> None:
    """List what does not add up, newest first, and the years without a report."""
    labels = at.labels
    st.subheader(labels("agency.open"), anchor=False)
    pairs = [(entry, finding) for entry in entries for finding in failing(entry.findings) if not is_reminder(finding)]
    for entry, finding in pairs[:_FINDINGS]:
        st.markdown(finding_line(finding, labels, str(entry.report_year)))
    if len(pairs) > _FINDINGS:
        st.caption(labels("agency.more", count=len(pairs) - _FINDINGS))
    if not pairs:
        show_sound(at, labels("brief.no_findings"))
    if missing:
        st.caption(f":material/event_busy: {labels('agency.no_report', years=labels('list_separator').join(map(str, missing)))}")


def show_sources(at: Stage, entries: list[Entry]) -> None:
    """List the documents behind the figures, those of predecessors by their name."""
    labels = at.labels
    st.subheader(labels("brief.sources"), anchor=False)
    is_joined = len({entry.organ_id for entry in entries}) > 1
    st.markdown("\n".join("- " + plain(_source(entry, labels, is_joined=is_joined)) for entry in entries))


def _source(entry: Entry, labels: Labels, *, is_joined: bool) -> str:
    document, who = entry.report.document, f"{entry.organ_name} " if is_joined else ""
    if not document.name:
        return labels("agency.keyed", who=who, year=entry.report_year)
    return who + labels("brief.source", year=entry.report_year, name=document.name, sha=document.sha256[:16])
