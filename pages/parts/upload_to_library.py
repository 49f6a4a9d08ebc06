"""From an upload into the library: one report by one click, or all that were read completely; what is there already is said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from loaders.reader_version import reader_version
from ogi.duplicates import differing_cells
from ogi.labels import Labels
from ogi.library import Entry
from ogi.store.accepting import Accepted, accept_many
from ogi.store.location import StoreError
from ogi.store.prepared import Prepared, prepare
from ogi.store.reports import StoredReport, find, stored
from pages.parts.address import go_to
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import attempt, change, error_text, look, say, store
from pages.parts.upload_reading import Outcome, bytes_of

_KEPT = "upload_kept"


def is_kept(outcome: Outcome) -> bool:
    """Whether a report was taken into the library in this session, as it is."""
    return outcome.key in _kept()


def store_reason(labels: Labels) -> str | None:
    """Why nothing can be kept, or ``None``."""
    try:
        store()
    except StoreError as error:
        return error_text(error, labels)
    return None


def show_keeping(outcome: Outcome, entry: Entry, labels: Labels, *, is_ready: bool) -> None:
    """Draw the button that keeps a report, and what keeping it would mean or has done."""
    reason = store_reason(labels)
    if reason is not None:
        st.warning(plain(labels("keep.no_store", reason=reason)), icon=":material/database_off:")
        return
    kept = _kept().get(outcome.key)
    if kept is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(labels(f"keep.{kept.outcome}"), icon=":material/inventory_2:")
            st.button(
                labels("keep.open"), key=f"open_{outcome.key}", icon=":material/arrow_forward:",
                on_click=go_to, args=("report",), kwargs={"report": kept.key, "cell": None},
            )  # fmt: skip
        return
    older = _there(entry) if is_ready else None
    if older is not None:
        st.caption(f":material/content_copy: {plain(_already(older, entry, labels))}")
    st.button(
        labels("keep.one"),
        key=f"keep_{outcome.key}",
        type="primary",
        icon=":material/inventory_2:",
        disabled=not is_ready,
        on_click=partial(keep, [(outcome, entry)], labels),
    )


def keep(ready: Sequence[tuple[Outcome, Entry]], labels: Labels) -> None:
    """Keep reports under the identity shown; for callbacks."""
    prepared = [_prepared(outcome, entry) for outcome, entry in ready]

    def make() -> str | None:
        results = change(lambda connection: accept_many(connection, prepared, act()))
        failed = _note(ready, results)
        if failed:
            names = labels("list_separator").join(f"{name}: {error_text(error, labels)}" for name, error in failed)
            say(labels("keep.not_all", kept=len(ready) - len(failed), names=names), is_error=True)
            return None
        return labels("keep.done", count=len(results))

    attempt(make, labels)


def _note(ready: Iterable[tuple[Outcome, Entry]], results: Iterable[Accepted | StoreError]) -> list[tuple[str, StoreError]]:
    """Remember what was kept; returns what was not."""
    failed = []
    for (outcome, _), result in zip(ready, results, strict=True):
        if isinstance(result, StoreError):
            failed.append((outcome.name, result))
        else:
            _kept()[outcome.key] = result
    return failed


def _prepared(outcome: Outcome, entry: Entry) -> Prepared:
    assert outcome.report is not None
    data = bytes_of(outcome)
    # Exported figures name the document they were read from, and that is not what was handed in: they are kept without one.
    if data is not None and hashlib.sha256(data).hexdigest() != outcome.report.document.sha256:
        data = None
    return prepare(
        outcome.report,
        data,
        part=outcome.part,
        reader=reader_version(),
        organ_name=entry.organ_name,
        report_year=entry.report_year,
        scope=entry.scope,
    )


def _there(entry: Entry) -> StoredReport | None:
    """The report of this organ, year and scope in the library."""
    organ, year = entry.organ_id, entry.report_year
    if organ is None or year is None:
        return None

    def at(connection: Any) -> StoredReport | None:
        report_id = find(connection, organ, year, entry.scope)
        return None if report_id is None else stored(connection, report_id)

    return look(at)


def _already(older: StoredReport, entry: Entry, labels: Labels) -> str:
    """What is in the library already, and what keeping this one would do."""
    if older.printed == entry.report:
        return labels("keep.is_there", number=older.current)
    differences = len(differing_cells(older.printed, entry.report))
    return labels("keep.would_be_version", number=older.current, cells=differences)


def _kept() -> dict[str, Accepted]:
    return st.session_state.setdefault(_KEPT, {})
