"""Whether the wording of a year was compared between agencies, and the button that has it compared; copies are findings then."""

from __future__ import annotations

import streamlit as st

from ogi.data_files import read_data
from ogi.labels import Labels
from ogi.store.comparing_texts import compare_texts
from ogi.store.likenesses import TextsOfYear, texts_of
from ogi.store.settling import settle
from ogi.store.texts_job import start, state_of
from pages.parts.person import act, moment, person
from pages.parts.stage import Stage
from pages.parts.store import attempt, look, store, store_for_bulk
from pages.parts.visitor import visitor

AT_ONCE = 300
"""So many reports are compared while one waits, in half a second; more in the background."""
_MOST_YEARS = 6
_WAS_RUNNING = "texts_were_compared"


def show_texts(at: Stage) -> None:
    """Draw how far the texts of the years shown are compared; while one is under way it is drawn anew. Only of the library."""
    if at.collection != "library":
        return
    years = look(lambda c: texts_of(c, at.shown.years))
    if not years:
        return
    labels = at.labels
    with st.popover(labels("desk.texts.title"), icon=":material/content_copy:", key="desk_texts"):
        share = read_data("originality.yaml")["thresholds"]["peer"]
        st.caption(labels("desk.texts.tip", share=f"{share:.0%}"))
        is_running = any(_state(year) == "running" for year in years)
        st.session_state[_WAS_RUNNING] = is_running
        st.fragment(_years, run_every=2.0 if is_running else None)(tuple(years)[:_MOST_YEARS], labels)
        if len(years) > _MOST_YEARS:
            st.caption(labels("desk.texts.more"))


def _years(years: tuple[int, ...], labels: Labels) -> None:
    if st.session_state.get(_WAS_RUNNING) and not any(_state(year) == "running" for year in years):
        st.rerun()  # the whole page: the list may have grown
    for year, texts in look(lambda c: texts_of(c, years)).items():
        state = _state(year)
        st.markdown(_how_far(year, texts, state, labels))
        if state != "running" and not texts.is_whole and visitor().may_edit_everything:
            st.button(
                labels("desk.texts.begin", year=year), key=f"texts_{year}", icon=":material/content_copy:",
                on_click=_begin, args=(year, texts.reports, labels),
            )  # fmt: skip


def _how_far(year: int, texts: TextsOfYear, state: str | None, labels: Labels) -> str:
    if state is not None:
        return labels(f"desk.texts.{state}", year=year)
    if texts.at is None or not texts.compared:
        return labels("desk.texts.never", year=year, reports=texts.reports)
    words = {"year": year, "reports": texts.reports, "compared": texts.compared, "at": moment(texts.at)}
    return labels("desk.texts.whole" if texts.is_whole else "desk.texts.part", **words)


def _state(year: int) -> str | None:
    return state_of(store().records.location, year)


def _begin(year: int, reports: int, labels: Labels) -> None:
    """Compare a year: few reports at once, many in a process of their own."""

    def compare() -> str | None:
        one = store_for_bulk()
        if reports > AT_ONCE:
            start(one.records.location, year, person())
            return None
        alike = compare_texts(one.records, year, act())
        settle(one.records)
        one.publish()
        return labels("desk.texts.done", year=year, alike=alike)

    attempt(compare, labels)
