"""Stored documents that today's readers understand otherwise than the library holds them, each with the way to its report."""

from __future__ import annotations

from html import escape

import streamlit as st

from loaders.ingest.job import Job
from loaders.ingest.outcome import reason
from ogi.labels import Labels
from ogi.store.ingests import FileRecord
from ogi.store.reports import places_at
from pages.parts.address import current_view, go_to
from pages.parts.plain import plain
from pages.parts.report_list import linked_html, report_link
from pages.parts.store import look


def show_read_otherwise(job: Job, labels: Labels) -> None:
    """Draw the list; a click opens the report where it can be read again and compared."""
    files, count = job.read_otherwise, job.read_otherwise_count
    with st.expander(labels("ingest.read_otherwise", count=count), icon=":material/difference:"):
        st.markdown(plain(reason(files[0], labels)))
        linked_html(_html(files, labels), f"otherwise_{job.ingest.ingest_id}", lambda key: _open(key, labels))
        if len(files) < count:
            st.caption(labels("ingest.more_failures", shown=len(files), count=count))


def _html(files: list[FileRecord], labels: Labels) -> str:
    places = look(lambda c: places_at(c, [file.report_id for file in files if file.report_id is not None]))
    lines: list[str] = []
    for file in files:
        place = places.get(file.report_id or 0)
        if place is None:
            said = escape(labels("ingest.read_otherwise_gone"))
        else:
            scope = labels(f"view.scope.{place.scope}")
            title = labels("report.title", organ=place.organ.name or "", year=place.report_year, scope=scope)
            said = report_link(place.key, title, current_view())
        lines.append(f"<article>{said}&ensp;<small>{escape(file.name)}</small></article>")
    return "".join(lines)


def _open(key: str, labels: Labels) -> None:
    st.session_state["report_tabs"] = labels("report.tab.versions")
    go_to("report", report=key, cell=None)
