"""A report beside the organ's other years and its peers: copied passages and figures that stand out. Hints, never counted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import streamlit as st

from ogi.checks.context import ReportKey
from ogi.checks.copied import cells_copied
from ogi.checks.likeness import Likeness, likeness, own_words
from ogi.checks.originality import common_sentences
from ogi.checks.outlier_words import unusual_words
from ogi.checks.outliers import Unusual, observations, unusual
from ogi.checks.wording import key_name
from ogi.data_files import read_data
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report
from ogi.store.listing import ReportFilter, list_reports
from ogi.store.reports import stored
from pages.parts.desk_source import AtDesk
from pages.parts.plain import plain
from pages.parts.stage import stage
from pages.parts.store import look, telling

MOST_PEERS = 200
"""So many reports of like organs are compared at most, those first whose names stand first."""
_SHOWN, _KEPT = 3, 30
_LEAST = 0.2
"""Passages are set side by side from this share of the own words on; below it two reports have little in common."""
_STYLE = """<style>
.alike{display:grid;grid-template-columns:1fr 1fr;gap:.4rem 1.2rem;font-size:.92rem;line-height:1.75}
.alike h4{font-size:.95rem;margin:.4rem 0 0;padding:0}.alike .section{grid-column:1/-1;font-weight:600}
.alike mark{background:rgba(230,159,0,.35);color:inherit}
.alike .who{display:none;font-weight:600}
@media(max-width:640px){.alike{grid-template-columns:1fr}.alike h4{display:none}.alike .who{display:block}}
</style>"""


class Other(NamedTuple):
    """Another report, by its identity and name."""

    key: ReportKey
    name: str
    report: Report


class Compared(NamedTuple):
    """What came of comparing."""

    alike: tuple[tuple[Other, Likeness, Likeness], ...]
    """Reports with words in common, most first: how much of this one stands in the other, and the other way round."""
    copied: float | None
    """Share of the figures that are the same as last year; ``None`` without last year's report."""
    hints: tuple[Unusual, ...]
    history: int
    peers: int


def show_compared(at: AtDesk, labels: Labels, name: str) -> None:
    """Offer the comparison, and draw it once it was asked for."""
    state = f"{at.stored.report_id}.{at.stored.changes}" if at.stored else at.report.document.sha256
    key = f"compare_{name}"
    with st.expander(labels("compared_reports.title"), icon=":material/compare:"):
        st.caption(labels("compared_reports.tip"))
        st.button(
            labels("compared_reports.begin"), key=key, icon=":material/compare:", on_click=st.session_state.__setitem__,
            args=(f"{key}_for", state),
        )  # fmt: skip
        if st.session_state.get(f"{key}_for") != state:
            return
        with telling(labels), st.spinner(labels("compared_reports.comparing")):
            found = _compared(state, at)
        _hints(found, labels)
        _alike(at, found, labels, key)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _compared(state: str, _at: AtDesk) -> Compared:
    """Compare; ``state`` tells one state of a report from another."""
    own, others = _others(_at)
    last_year = ReportKey(own.organ, own.year - 1, own.scope)
    before = [other for other in others if other.key == last_year]
    same_year = [other for other in others if other.key.organ != own.organ]
    words = {other.key: own_words(other.report) for other in same_year} | {own: own_words(_at.report)}
    common = common_sentences(words)
    pairs = [(other, likeness(_at.report, other.report, common)) for other in (*before, *same_year)]
    pairs = [(other, found) for other, found in pairs if (found.share or 0) >= _LEAST]
    pairs.sort(key=lambda pair: -(pair[1].share or 0))
    form = load_form()
    seen = {other.key: observations(other.report, form) for other in others} | {own: observations(_at.report, form)}
    hints = unusual(seen, lambda key: "peers" if key.year == own.year else None)
    return Compared(
        tuple((other, found, likeness(other.report, _at.report, common)) for other, found in pairs[:_SHOWN]),
        cells_copied(_at.report, tuple(other.report for other in before)).share,
        tuple(hint for hint in hints if hint.report == own),
        sum(other.key.organ == own.organ and other.key.year < own.year for other in others),
        len(same_year),
    )


def _others(at: AtDesk) -> tuple[ReportKey, list[Other]]:
    """The identity of the report, the other years of its organ, and like organs of its year: same level, kind and scope."""
    if at.stored is not None:
        return look(lambda connection: _of_store(connection, at))
    entry = at.entry
    assert entry is not None
    assert entry.organ_id is not None
    assert entry.report_year is not None
    own, found = ReportKey(entry.organ_id, entry.report_year, entry.scope), []
    for one in stage().library.collection(entry.collection):
        if one.organ_id is None or one.report_year is None or one.report_id == entry.report_id:
            continue
        is_peer = (one.report_year, one.scope, one.level, one.kind) == (own.year, own.scope, entry.level, entry.kind)
        if one.organ_id == own.organ or is_peer:
            key = ReportKey(one.organ_id, one.report_year, one.scope)
            found.append(Other(key, f"{one.organ_name} · {one.report_year}", one.report))
    return own, found


def _of_store(connection: Any, at: AtDesk) -> tuple[ReportKey, list[Other]]:
    assert at.stored is not None
    place = at.stored.place
    own = ReportKey(place.organ_id, place.report_year, place.scope)
    years = list_reports(connection, ReportFilter(organ_ids=[own.organ], scopes=[own.scope]), limit=MOST_PEERS).rows
    level = ReportFilter(years=[own.year], levels=[place.organ.level], scopes=[own.scope])
    near = list_reports(connection, level, sort="organ", limit=MOST_PEERS).rows
    rows = {row.report_id: row for row in (*years, *(row for row in near if row.kind == place.organ.kind))}
    rows.pop(at.stored.report_id, None)
    return own, [
        Other(
            ReportKey(row.organ_id, row.report_year, row.scope),
            f"{row.organ_name} · {row.report_year}",
            stored(connection, number).effective,
        )
        for number, row in rows.items()
    ]


def _hints(found: Compared, labels: Labels) -> None:
    st.markdown(f"**{labels('compared_reports.hints')}**")
    st.caption(labels("compared_reports.against", history=found.history, peers=found.peers))
    form = load_form()
    lines = [f"- {plain(unusual_words(hint, labels, form))}" for hint in found.hints]
    st.markdown("\n".join(lines) or labels("compared_reports.no_hints"))


def _alike(at: AtDesk, found: Compared, labels: Labels, key: str) -> None:
    st.markdown(f"**{labels('compared_reports.alike')}**")
    if found.copied is not None:
        st.markdown(labels("compared_reports.copied", share=f"{found.copied:.0%}"))
    if not found.alike:
        st.markdown(labels("compared_reports.not_alike", share=f"{_LEAST:.0%}"))
        return
    limits = read_data("originality.yaml")["thresholds"]
    words = {name: f"{limits[name]:.0%}" for name in ("copied", "mostly_copied", "peer")}
    st.caption(labels("compared_reports.thresholds", **words))
    chosen = st.selectbox(
        labels("compared_reports.which"), range(len(found.alike)), key=f"{key}_which",
        format_func=lambda number: labels(
            "compared_reports.other", name=found.alike[number][0].name, share=f"{found.alike[number][1].share or 0:.0%}"
        ),
    )  # fmt: skip
    other, ours, theirs = found.alike[chosen or 0]
    if ours.same_figures is not None:
        st.caption(labels("compared_reports.same_figures", share=f"{ours.same_figures:.0%}"))
    st.html(_STYLE + side_by_side(at.report, other, ours, theirs, labels))


def side_by_side(report: Report, other: Other, ours: Likeness, theirs: Likeness, labels: Labels) -> str:
    """Return the sections that share words as HTML, this report on the left, what both have marked; every text escaped."""
    form, parts = load_form(), []
    heads = f"<h4>{escape(labels('compared_reports.this'))}</h4><h4>{escape(other.name)}</h4>"
    for section in dict.fromkeys(passage.section for passage in ours.passages):
        title = escape(key_name(section, labels, form))
        parts.append(f'<div class="section">{title}</div>')
        for name, one, found in (
            (labels("compared_reports.this"), report, ours),
            (other.name, other.report, theirs),
        ):
            shared = [passage.text for passage in found.passages if passage.section == section]
            parts.append(f'<div><span class="who">{escape(name)}</span>{marked(one, section, shared)}</div>')
    return f'<div class="alike">{heads}{"".join(parts)}</div>'


def marked(report: Report, section: str, shared: Sequence[str]) -> str:
    """Return a section of a report as HTML with the shared passages marked, which are printed in it in this order."""
    text = "".join("".join(part.text.split()) for part in report.narrative if part.section == section)
    out, at = [], 0
    for passage in shared:
        place = text.find(passage, at)
        if place >= 0:
            out += [escape(text[at:place]), f"<mark>{escape(passage)}</mark>"]
            at = place + len(passage)
    return "".join([*out, escape(text[at:])])
