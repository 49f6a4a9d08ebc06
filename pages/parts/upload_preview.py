"""The tables of one report as read, in the official layout. Any cell can be picked to see where it stands in the document."""

from __future__ import annotations

from typing import cast

import streamlit as st

from loaders.picture import Extent, Picture
from ogi.doubts import PlaceToCheck
from ogi.labels import Labels
from ogi.report import Report
from pages.parts.clickable_table import clickable_table
from pages.parts.findings_list import marks
from pages.parts.official_tables import missing_tables, table_html, tables_of
from pages.parts.plain import plain
from pages.parts.upload_check import printed_words, read_words, reasons
from pages.parts.upload_pictures import pictures, show_picture
from pages.parts.upload_reading import Outcome


def show_preview(outcome: Outcome, report: Report, labels: Labels, *, is_open: bool) -> None:
    """Draw the tables, folded unless ``is_open``; nothing of them is sent while they are folded."""
    box = st.expander(
        labels("upload.preview"), expanded=is_open, icon=":material/table_view:", key=f"preview_{outcome.key}", on_change="rerun"
    )
    if box.open:
        with box:
            _tables(outcome, report, labels)


@st.fragment
def _tables(outcome: Outcome, report: Report, labels: Labels) -> None:
    st.caption(labels("preview.legend"))
    picked = _picker(outcome, report, labels)
    found = marks(outcome.findings, labels)
    for table, edition in tables_of(report):
        title = labels("preview.table_title", table=table.label(labels.lang), edition=edition.label(labels.lang))
        st.markdown(f"**{plain(title)}**")
        html = table_html(table, report, found, labels)
        picked = clickable_table(html, f"table_{outcome.key}_{table.id}") or picked
    if report.free_rows:
        show_free_rows(report, labels)
    for table in missing_tables(report):
        st.markdown(f":gray[{plain(labels('preview.missing', table=table.label(labels.lang)))}]")
    if picked in report.cells:
        st.dialog(labels("proof.title"), width="large")(_proof)(outcome, report, picked, labels)


def show_free_rows(report: Report, labels: Labels) -> None:
    """Lines of tables in no official form, as found."""
    st.markdown(f"**{labels('preview.free_rows')}**")
    content, unit = labels("preview.content"), labels("preview.unit")
    rows = []
    for row in report.free_rows:
        heads = row.heads or tuple(labels("preview.value", number=place + 1) for place in range(len(row.values)))
        rows.append({content: row.label, unit: row.unit} | dict(zip(heads, row.values, strict=True)))
    st.dataframe(rows, hide_index=True, alt=labels("preview.free_rows"))


def _picker(outcome: Outcome, report: Report, labels: Labels) -> str | None:
    """The way to a cell without a mouse: choose it by name; returns the key when asked to show it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            labels("proof.pick"),
            list(report.cells),
            index=None,
            format_func=labels.field,
            placeholder=labels("proof.pick_placeholder"),
            help=labels("proof.pick_tip"),
            key=f"pick_{outcome.key}",
        )
        show = st.button(labels("proof.show"), key=f"show_{outcome.key}", icon=":material/image_search:", disabled=chosen is None)
    return chosen if show else None


def _proof(outcome: Outcome, report: Report, key: str, labels: Labels) -> None:
    """The picture of one cell with what was read there."""
    reading = report.cells[key]
    place = PlaceToCheck(readings=(reading,))
    why = [plain(sentence) for sentence in reasons(place, labels)] if reading.is_marked else []
    lines = [f"**{plain(labels.field(key))}**", plain(printed_words(reading, labels)), read_words(reading, labels), *why]
    st.markdown("  \n".join(lines))
    has_page = reading.source is not None and reading.source.page is not None
    whole = labels("proof.page" if has_page else "proof.table")
    chosen = st.segmented_control(
        labels("proof.extent"),
        ["row", "page"],
        default="row",
        format_func=lambda value: labels("proof.row") if value == "row" else whole,
        key=f"extent_{outcome.key}",
        label_visibility="collapsed",
    )
    extent = cast(Extent, chosen or "row")
    picture = pictures(outcome, [key], extent, labels)[key]
    show_picture(picture, labels)
    if isinstance(picture, Picture):
        if picture.is_redrawn:
            st.caption(labels("proof.redrawn"))
        suffix = "svg" if picture.media_type == "image/svg+xml" else "png"
        st.download_button(
            labels("proof.save"), picture.data, f"{key}.{suffix}", picture.media_type, on_click="ignore", type="tertiary",
            icon=":material/download:", key=f"save_{outcome.key}",
        )  # fmt: skip
