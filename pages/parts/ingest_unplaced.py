"""Files bulk reading could read but not place: a person says organ and year, and they go into the library."""

from __future__ import annotations

from pathlib import PurePosixPath

import streamlit as st

import ogi
from loaders.errors import CannotReadError
from loaders.steps import read_reports_in_sandbox
from ogi.labels import Labels
from ogi.report import Report, Scope
from ogi.store.ingests import FileRecord
from ogi.store.prepared import prepare
from ogi.store.reports import document_bytes, stored
from ogi.store.unplaced import place_file, unplaced_of
from pages.parts.key_in_form import SCOPES
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.report_at_hand import title_of
from pages.parts.store import attempt, change, look
from pages.parts.upload_reading import upload_sandbox

_SHOWN = 500
_FIRST_YEAR, _LAST_YEAR = 2008, 2099


def show_unplaced(ingest_id: int, count: int, labels: Labels) -> None:
    """Draw the choice of a file, what was read of it, and the fields that place it."""
    with st.expander(labels("unplaced.title", count=count), icon=":material/not_listed_location:", expanded=True):
        st.caption(labels("unplaced.intro"))
        found = {file.number: (file, is_kept) for file, is_kept in look(lambda c: unplaced_of(c, ingest_id, _SHOWN))}
        if len(found) < count:
            st.caption(labels("unplaced.more", shown=len(found)))
        number = st.selectbox(
            labels("unplaced.choose"), list(found), index=None, key=f"unplaced_{ingest_id}",
            placeholder=labels("unplaced.choose_placeholder"), format_func=lambda value: _name(found[value][0], labels),
        )  # fmt: skip
        if number is None:
            return
        file, is_kept = found[number]
        if not is_kept or file.sha256 is None:
            st.warning(labels("unplaced.not_kept"), icon=":material/upload_file:")
            return
        _show_file(ingest_id, file, labels)


def _name(file: FileRecord, labels: Labels) -> str:
    return file.name if file.part == 1 else labels("unplaced.part", name=file.name, part=file.part)


def _show_file(ingest_id: int, file: FileRecord, labels: Labels) -> None:
    assert file.sha256 is not None
    with st.spinner(labels("unplaced.reading")):
        try:
            report, data = _read(file.sha256, file.part, PurePosixPath(file.name).name)
        except CannotReadError as error:
            st.error(plain(labels(f"error.{error.code}", **error.params)), icon=":material/error:")
            return
    if report is None:
        st.error(labels("reread.part_gone"), icon=":material/error:")
        return
    cells = sum(reading.value is not None for reading in report.cells.values())
    st.markdown(labels("unplaced.found", tables=len(report.tables), cells=cells))
    with st.form(key=f"place_{ingest_id}_{file.number}", border=False):
        organ_box, year_box, scope_box = st.columns([5, 2, 4])
        name = f"{ingest_id}_{file.number}"
        with organ_box:
            organ = _ask_organ(report, name, labels)
        year = year_box.number_input(
            labels("upload.year"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR, value=report.report_year, step=1,
            key=f"place_year_{name}",
        )  # fmt: skip
        scope = scope_box.selectbox(
            labels("upload.scope"), SCOPES, index=SCOPES.index(report.scope), key=f"place_scope_{name}",
            format_func=lambda value: labels("upload.scope_unknown" if value == "unknown" else f"view.scope.{value}"),
        )  # fmt: skip
        if not st.form_submit_button(labels("unplaced.keep"), type="primary", icon=":material/inventory_2:"):
            return
    if not organ or year is None:
        st.error(labels("upload.need_organ" if not organ else "upload.need_year"))
        return
    _place(ingest_id, file, (report, data), (organ, int(year), scope), labels)


def _ask_organ(report: Report, name: str, labels: Labels) -> str:
    """The organ: one of those it may be where its name is not unique, else as it was read or as it is typed."""
    if report.organ.candidates:
        chosen = st.selectbox(
            labels("unplaced.candidates"), report.organ.candidates, index=None, accept_new_options=True,
            key=f"place_organ_{name}", placeholder=labels("unplaced.candidates_placeholder"),
        )  # fmt: skip
        return (chosen or "").strip()
    typed = st.text_input(labels("upload.organ"), report.organ.name or "", key=f"place_organ_{name}", max_chars=120)
    return typed.strip()


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(sha256: str, part: int, name: str) -> tuple[Report | None, bytes]:
    """Read the document anew; it never changes, so the reading is kept for a while. ``None``: it has no such report any more.

    Raises:
        CannotReadError: it cannot be read now.
    """
    data = look(lambda c: document_bytes(c, sha256)) or b""
    reports = read_reports_in_sandbox(upload_sandbox(), data, name)
    found = reports[part - 1] if part <= len(reports) else None
    if isinstance(found, CannotReadError):
        raise found
    return found, data


def _place(ingest_id: int, file: FileRecord, read: tuple[Report, bytes], place: tuple[str, int, Scope], labels: Labels) -> None:
    organ, year, scope = place

    def make() -> str:
        prepared = prepare(*read, part=file.part, reader=ogi.__version__, organ_name=organ, report_year=year, scope=scope)
        accepted = change(lambda c: place_file(c, ingest_id, file, prepared, act()))
        title = title_of(look(lambda c: stored(c, accepted.report_id)), labels)
        return labels("unplaced.done", name=file.name, key=title)

    attempt(make, labels)
    st.rerun()
