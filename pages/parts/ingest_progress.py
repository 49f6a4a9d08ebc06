"""How far bulk reading is: a bar for each run under way, and what came of those that ended lately.

Drawn from the tables of the store, not from the session: it is there after a reload, in another browser, and for a run started on
the command line.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.ingest.job import Job, jobs, stop_job
from loaders.ingest.outcome import OUTCOMES, reason
from loaders.ingest.progress import duration
from ogi.labels import Labels
from pages.parts.address import is_turning
from pages.parts.ingest_otherwise import show_read_otherwise
from pages.parts.ingest_unplaced import show_unplaced
from pages.parts.person import moment, person_name
from pages.parts.plain import plain
from pages.parts.store import attempt, store, store_for_bulk, telling
from pages.parts.visitor import visitor

_WAS_RUNNING = "ingest_was_running"
_ICONS = {"running": "sync", "interrupted": "sync_problem", "finished": "check_circle", "stopped": "stop_circle"}


def show_jobs(labels: Labels) -> None:
    """Draw the runs; while one is under way they draw themselves anew each second. Draws nothing where there is none."""
    with telling(labels):
        is_running = any(job.is_running for job in jobs(store()))
        st.session_state[_WAS_RUNNING] = is_running
        st.fragment(_draw, run_every=1.0 if is_running else None)(labels)


def _draw(labels: Labels) -> None:
    with telling(labels):
        found = jobs(store())
        if st.session_state.get(_WAS_RUNNING) and not any(job.is_running for job in found):
            st.rerun()  # the whole page: what has arrived is counted there, too
        for job in found:
            _show(job, labels)
        if is_turning():
            st.rerun()  # a click in here draws only this part anew, and another page was asked for


def _show(job: Job, labels: Labels) -> None:
    ingest = job.ingest
    state = "interrupted" if job.is_interrupted else ingest.state
    with st.container(border=True, key=f"ingest_{ingest.ingest_id}"):
        st.markdown(f":material/{_ICONS[state]}: **{plain(labels(f'ingest.state.{state}', source=ingest.source))}**")
        st.caption(plain(f"{moment(ingest.at)} · {person_name(ingest.by, labels)}"))
        if ingest.state == "running":
            total = max(ingest.total, ingest.done, 1)
            st.progress(ingest.done / total, text=plain(_how_far(job, labels)))
        st.markdown(plain(_counts(job, labels)))
        if ingest.counts.get("failed"):
            _failures(job, labels)
        if job.read_otherwise:
            show_read_otherwise(job, labels)
        may_change = visitor().may_edit_everything
        if may_change and (unplaced := ingest.counts.get("unplaced")):
            show_unplaced(ingest.ingest_id, unplaced, labels)
        if may_change and ingest.state == "running":
            st.button(
                labels("ingest.stop"),
                key=f"ingest_stop_{ingest.ingest_id}",
                icon=":material/stop:",
                help=labels("ingest.stop_tip"),
                on_click=_stop,
                args=(ingest.ingest_id, labels),
            )


def _how_far(job: Job, labels: Labels) -> str:
    ingest = job.ingest
    left = job.seconds_left if job.is_running else None
    if left is None:
        return labels("ingest.done_of", done=ingest.done, total=ingest.total)
    return labels("ingest.done_of_left", done=ingest.done, total=ingest.total, left=duration(left))


def _counts(job: Job, labels: Labels) -> str:
    counts = job.ingest.counts
    parts = [labels(f"ingest.count.{outcome}", count=counts[outcome]) for outcome in OUTCOMES if counts.get(outcome)]
    return labels("ingest.count_separator").join(parts) or labels("ingest.nothing_yet")


def _failures(job: Job, labels: Labels) -> None:
    """The files that could not be read, each with its reason."""
    count = job.ingest.counts["failed"]
    with st.expander(labels("ingest.failed_files", count=count), icon=":material/rule:"):
        rows = [(file.name, reason(file, labels)) for file in job.failures]
        columns = [labels(f"ingest.column.{name}") for name in ("name", "reason")]
        alt = labels("ingest.failed_files", count=count)
        st.dataframe(pd.DataFrame(rows, columns=pd.Index(columns)), hide_index=True, alt=alt)
        if len(rows) < count:
            st.caption(labels("ingest.more_failures", shown=len(rows), count=count))


def _stop(ingest_id: int, labels: Labels) -> None:
    def stop() -> None:
        stop_job(store_for_bulk(), ingest_id)

    attempt(stop, labels)
