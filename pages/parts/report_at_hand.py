"""The stored report a page is about: found by the key in the address."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from ogi.labels import Labels
from ogi.report import Report, Scope
from ogi.store.reports import StoredReport, document_bytes, find, stored
from ogi.view import View
from pages.parts.stage import stage
from pages.parts.store import look


def report_of(view: View) -> StoredReport | None:
    """The report the view names, or ``None`` where it names none or there is none under this key any more.

    Raises:
        StoreError: the store cannot be read.
    """
    if view.report is None:
        return None
    organ, year, scope = view.report.split(".")

    def at(connection: Any) -> StoredReport | None:
        report_id = find(connection, organ, int(year), cast(Scope, scope))
        return None if report_id is None else stored(connection, report_id)

    return look(at)


def bytes_of(stored_report: StoredReport) -> bytes | None:
    """The document the current version was read from; ``None`` where it was keyed in or is not kept."""
    sha256 = stored_report.version.sha256
    return None if sha256 is None else look(lambda connection: document_bytes(connection, sha256))


def title_of(report: StoredReport, labels: Labels) -> str:
    """A report by organ, year and scope."""
    place = report.place
    return labels("report.title", organ=place.organ.name or "", year=place.report_year, scope=labels(f"view.scope.{place.scope}"))


def show_absent(labels: Labels) -> None:
    """Say that the address names no report, or one that is not there, and where to go."""
    asked = stage().view.report is not None
    with st.container(border=True, horizontal_alignment="center", key="empty_report"):
        name = "gone" if asked else "none"
        st.subheader(labels(f"report.{name}_title"), anchor=False, icon=":material/find_in_page:", text_alignment="center")
        st.markdown(labels(f"report.{name}_text"), text_alignment="center")
        st.page_link(stage().pages["reports"], label=labels("report.to_list"), icon=":material/list:")


def has_page(report: Report, key: str) -> bool:
    """Whether a cell stands on a page that can be shown as it is."""
    reading = report.cells.get(key)
    return reading is not None and reading.source is not None and reading.source.page is not None
