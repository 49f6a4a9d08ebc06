"""The panel of one cell of a stored report: its place in the document, the three values, findings, correction and history."""

from __future__ import annotations

from typing import cast

import streamlit as st

from loaders.picture import Extent, Picture
from ogi.checks import message
from ogi.doubts import PlaceToCheck, marked_readings
from ogi.labels import Labels
from ogi.report import Reading
from ogi.store.reports import StoredReport
from pages.parts.address import change_view
from pages.parts.cell_correction import show_correction, show_history
from pages.parts.findings_list import COLOURS
from pages.parts.plain import plain
from pages.parts.report_at_hand import has_page
from pages.parts.report_findings import show_findings
from pages.parts.report_pictures import picture
from pages.parts.report_tables import set_words
from pages.parts.side_panel import is_narrow, side_panel
from pages.parts.upload_check import printed_words, read_words, reasons
from pages.parts.upload_pictures import show_picture
from pages.parts.widgets import draw

NONE = ""


def show_panel(stored: StoredReport, picked: str | None, labels: Labels) -> None:
    """Draw the panel of the picked cell; where none is picked, how to pick one, and the findings."""
    with side_panel(is_open=picked is not None):
        _picker(stored, picked, labels)
        if picked is None:
            st.caption(labels("report.pick_hint"))
            show_findings(stored, labels)
            return
        st.markdown(f"**{plain(labels.field(picked))}**")
        st.markdown(values_words(stored, picked, labels))
        for finding in stored.findings:
            if picked in finding.cells:
                badge = f":{COLOURS[finding.severity]}-badge[{labels(f'checks.severity.{finding.severity}')}]"
                st.markdown(f"{badge} {plain(message(finding, labels.lang))}")
        _picture(stored, picked, labels)
        if stored.deleted_at is None:
            show_correction(stored, picked, labels)
        show_history(stored, picked, labels)


def values_words(stored: StoredReport, key: str, labels: Labels) -> str:
    """The values of a cell as Markdown, each by its own name: printed, read, set by a person."""
    reading = stored.printed.cells.get(key)
    lines = _read_lines(reading, labels) if reading else [labels("report.not_in_document")]
    for correction in stored.corrections:
        if correction.key == key:
            name = labels(f"report.value.{correction.kind}")
            lines.append(f"**{plain(name)}{plain(set_words(correction, labels))}**")
            if correction.printed_changed:
                lines.append(f":orange[:material/warning: {plain(labels('report.printed_changed'))}]")
    return "  \n".join(lines)


def _read_lines(reading: Reading, labels: Labels) -> list[str]:
    lines = [plain(printed_words(reading, labels)), read_words(reading, labels)]
    lines.append(plain(labels("report.state", state=labels(f"state.{reading.state}"), percent=f"{reading.confidence:.0%}")))
    if reading.is_marked:
        lines += [plain(why) for why in reasons(PlaceToCheck(readings=(reading,)), labels)]
    return lines


def _picker(stored: StoredReport, picked: str | None, labels: Labels) -> None:
    """The way to a cell by its name, and to the next one somebody should look at."""
    keys = list(dict.fromkeys((*stored.effective.cells, *([picked] if picked else []))))
    draw(
        st.selectbox,
        "cell",
        picked or NONE,
        none=NONE,
        label=labels("proof.pick"),
        options=[NONE, *keys],
        format_func=lambda key: labels.field(key) if key else labels("proof.pick_placeholder"),
        help=labels("proof.pick_tip"),
        label_visibility="collapsed" if picked else "visible",
    )
    with st.container(horizontal=True):
        doubtful = to_check(stored)
        if doubtful:
            place = doubtful.index(picked) + 1 if picked in doubtful else 0
            st.button(
                labels("report.next_doubt", count=len(doubtful)), key="next_doubt", icon=":material/visibility:", type="tertiary",
                on_click=change_view, kwargs={"cell": doubtful[place % len(doubtful)]},
            )  # fmt: skip
        if picked:
            st.button(
                labels("report.close_cell"), key="close_cell", icon=":material/close:", type="tertiary",
                on_click=change_view, kwargs={"cell": None},
            )  # fmt: skip


def to_check(stored: StoredReport) -> list[str]:
    """The cells a person should look at: uncertain ones nobody corrected, and those of a finding, in the order of the form."""
    wanted = {reading.key for reading in marked_readings(stored.effective)}
    wanted |= {key for finding in stored.findings if finding.severity != "hint" for key in finding.cells}
    wanted |= {correction.key for correction in stored.corrections if correction.printed_changed}
    return [key for key in stored.effective.cells if key in wanted]


def _picture(stored: StoredReport, key: str, labels: Labels) -> None:
    whole = labels("proof.page" if has_page(stored.printed, key) else "proof.table")
    chosen = st.segmented_control(
        labels("proof.extent"),
        ["page", "row"],
        default="row" if is_narrow() else "page",
        format_func=lambda value: labels("proof.row") if value == "row" else whole,
        key=f"stored_extent_{is_narrow()}",
        label_visibility="collapsed",
        persist_state="session",
    )
    shown = picture(stored, key, cast(Extent, chosen or "row"), labels)
    show_picture(shown, labels)
    if isinstance(shown, Picture):
        if shown.is_redrawn:
            st.caption(labels("proof.redrawn"))
        suffix = "svg" if shown.media_type == "image/svg+xml" else "png"
        st.download_button(
            labels("proof.save"), shown.data, f"{key}.{suffix}", shown.media_type, on_click="ignore", type="tertiary",
            icon=":material/download:", key="save_picture",
        )  # fmt: skip
