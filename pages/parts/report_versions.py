"""The versions of a stored report, what differs between them, going back to one, and reading the document anew."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from loaders.errors import CannotReadError
from loaders.reader_version import reader_version
from loaders.steps import read_reports_in_sandbox
from ogi.labels import Labels
from ogi.report import Reading, Report
from ogi.store.prepared import Prepared, prepare
from ogi.store.reports import StoredReport, StoredVersion, version_report
from ogi.store.versions import VersionDifference, replace_version, reread_difference, restore
from pages.parts.findings_list import finding_line
from pages.parts.person import act, moment, person_name
from pages.parts.plain import plain
from pages.parts.reason import reasoned_button
from pages.parts.report_at_hand import bytes_of
from pages.parts.store import attempt, change, look
from pages.parts.upload_reading import upload_sandbox
from pages.parts.visitor import visitor

_REREAD = "report_reread"


def show_versions(stored: StoredReport, labels: Labels) -> None:
    """Draw the list of versions, newest first, the difference to an older one, and the way to a newer reading."""
    for version in reversed(stored.versions):
        st.markdown(_version_line(version, stored, labels))
    if len(stored.versions) > 1:
        _compare(stored, labels)
    if stored.version.sha256 is not None and visitor().may_edit:
        _reread(stored, labels)


def _version_line(version: StoredVersion, stored: StoredReport, labels: Labels) -> str:
    line = labels(
        "versions.line",
        number=version.number,
        origin=labels(f"versions.origin.{version.origin}"),
        name=version.document_name or labels("report.no_document"),
        reader=version.reader or "—",
        by=person_name(version.by, labels),
        at=moment(version.at),
    )
    why = f" · {plain(version.why)}" if version.why else ""
    mark = f" :green-badge[{labels('versions.current')}]" if version.number == stored.current else ""
    return f"- {plain(line)}{why}{mark}"


def _compare(stored: StoredReport, labels: Labels) -> None:
    others = [version.number for version in reversed(stored.versions) if version.number != stored.current]
    number = st.selectbox(
        labels("versions.compare", number=stored.current), others, key="version_other",
        format_func=lambda value: labels("versions.number", number=value),
    )  # fmt: skip
    other = look(lambda c: version_report(c, stored.report_id, number))
    frame = cells_frame(other, stored.printed, (number, stored.current), labels)
    if frame.empty:
        st.caption(labels("versions.no_difference"))
    else:
        st.dataframe(frame, hide_index=True, key="version_cells", alt=labels("versions.compare", number=stored.current))
    if not visitor().may_edit:
        return
    back = partial(_restore, stored, number, labels)
    reasoned_button(labels("versions.restore", number=number), "restore", back, labels, icon=":material/restore:")


def cells_frame(one: Report, other: Report, numbers: tuple[int | str, int | str], labels: Labels) -> pd.DataFrame:
    """The cells that two readings print or read otherwise, one line each with both."""
    keys = dict.fromkeys((*one.cells, *other.cells))
    pairs = [(key, one.cells.get(key), other.cells.get(key)) for key in keys]
    rows = [(labels.field(key), *_words(a, labels), *_words(b, labels)) for key, a, b in pairs if _seen(a) != _seen(b)]
    heads = [labels("versions.cell")]
    for number in numbers:
        name = labels("versions.number", number=number) if isinstance(number, int) else number
        heads += [labels("versions.printed", number=name), labels("versions.read", number=name)]
    return pd.DataFrame(rows, columns=pd.Index(heads))


def _seen(reading: Reading | None) -> tuple[object, ...] | None:
    return reading and (reading.raw.strip(), reading.value, reading.state)


def _words(reading: Reading | None, labels: Labels) -> tuple[str, str]:
    if reading is None:
        return "", labels("state.not_asked")
    return reading.raw.strip(), f"{reading.value}" if reading.value is not None else labels(f"state.{reading.state}")


def _restore(stored: StoredReport, number: int, labels: Labels, why: str) -> None:
    def make() -> str:
        change(lambda c: restore(c, stored.report_id, number, act(why), stored.changes))
        return labels("versions.restored", number=number)

    attempt(make, labels)


def _reread(stored: StoredReport, labels: Labels) -> None:
    st.markdown(f"**{labels('reread.title')}**")
    st.caption(labels("reread.text", reader=reader_version()))
    if st.button(labels("reread.read"), key="reread", icon=":material/sync:"):
        with st.spinner(labels("reread.reading")):
            st.session_state[_REREAD] = (stored.report_id, stored.changes, _read_anew(stored, labels))
    report_id, changes, found = st.session_state.get(_REREAD, (None, None, None))
    if (report_id, changes) != (stored.report_id, stored.changes):
        return
    if isinstance(found, str):
        st.error(plain(found), icon=":material/error:")
    elif found is not None:
        prepared, difference = found
        _offer(stored, prepared, difference, labels)


def _read_anew(stored: StoredReport, labels: Labels) -> tuple[Prepared, VersionDifference] | str:
    """Read the stored document with the readers of this version; a sentence where that fails."""
    data = bytes_of(stored)
    if data is None:
        return labels("check.no_bytes")
    try:
        reports = read_reports_in_sandbox(upload_sandbox(), data, stored.printed.document.name)
    except CannotReadError as error:
        return labels(f"error.{error.code}", **error.params)
    part = stored.version.part
    found = reports[part - 1] if part <= len(reports) else None
    if not isinstance(found, Report):
        return labels("reread.part_gone") if found is None else labels(f"error.{found.code}", **found.params)
    prepared = prepare(found, data, part=part, origin="reread", reader=reader_version())
    return prepared, look(lambda c: reread_difference(c, stored.report_id, prepared))


def _offer(stored: StoredReport, prepared: Prepared, difference: VersionDifference, labels: Labels) -> None:
    """Show what would change; nothing is replaced before the person says so."""
    if difference.is_same:
        st.success(labels("reread.same"), icon=":material/check:")
        return
    st.markdown(labels("reread.found", cells=len(difference.cells), tables=len(difference.tables)))
    frame = cells_frame(stored.printed, prepared.report, (stored.current, labels("reread.new")), labels)
    if not frame.empty:
        st.dataframe(frame, hide_index=True, key="reread_cells", alt=labels("reread.title"))
    for name, before, after in difference.identity:
        st.markdown(f"- {plain(labels('reread.identity', what=labels(f'reread.{name}'), before=before, after=after))}")
    for key, findings in (("gone", difference.findings_gone), ("new_findings", difference.findings_new)):
        if findings:
            st.markdown(f"**{labels(f'reread.{key}', count=len(findings))}**")
            st.markdown("  \n".join(finding_line(finding, labels) for finding in findings))
    if difference.flagged:
        names = labels("list_separator").join(labels.field(correction.key) for correction in difference.flagged)
        st.warning(plain(labels("reread.flagged", names=names)), icon=":material/difference:")
    st.button(
        labels("reread.replace"), key="reread_replace", type="primary", icon=":material/published_with_changes:",
        on_click=partial(_replace, stored, prepared, labels),
    )  # fmt: skip


def _replace(stored: StoredReport, prepared: Prepared, labels: Labels) -> None:
    def make() -> str:
        number = change(lambda c: replace_version(c, stored.report_id, prepared, act(), stored.changes))
        return labels("reread.replaced", number=number)

    attempt(make, labels)
    st.session_state.pop(_REREAD, None)
