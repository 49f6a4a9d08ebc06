"""The place of a figure in the document of a report on the desk, wherever that document is kept."""

from __future__ import annotations

from typing import cast

import streamlit as st

from loaders.errors import CannotReadError
from loaders.picture import Extent, Look, Picture, pictures_of
from ogi.labels import Labels, Lang
from ogi.library import Entry
from ogi.report import Report
from pages.parts.desk_source import AtDesk
from pages.parts.report_at_hand import has_page
from pages.parts.report_pictures import picture
from pages.parts.side_panel import is_narrow
from pages.parts.upload_pictures import Refused, pictures, show_picture
from pages.parts.upload_reading import outcomes, upload_sandbox
from pages.parts.uploads import same_reading
from sample_reports.catalogue import sample_documents

_DPI, _KEPT = 144, 200


def show_place(at: AtDesk, key: str, labels: Labels) -> None:
    """Draw the page or the row a cell stands in, with the cell boxed; where there is no picture, say why."""
    chosen = st.segmented_control(
        labels("proof.extent"), ["page", "row"], default="row" if is_narrow() else "page",
        format_func=lambda value: labels(
            "proof.row" if value == "row" else "proof.page" if has_page(at.report, key) else "proof.table"
        ),
        key=f"desk_extent_{is_narrow()}", label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    extent = cast(Extent, chosen or "row")
    shown = picture(at.stored, key, extent, labels) if at.stored else _of_entry(at.entry, key, extent, labels)
    show_picture(shown, labels)


def _of_entry(entry: Entry | None, key: str, extent: Extent, labels: Labels) -> Picture | Refused:
    if entry is None:
        return "picture_not_kept", {}
    if entry.collection == "uploads":
        outcome = next((one for one in outcomes().values() if one.report and same_reading(one.report, entry.report)), None)
        return pictures(outcome, [key], extent, labels)[key] if outcome else ("picture_not_kept", {})
    try:
        return _drawn(entry.report.document.sha256, key, extent, labels.lang, entry.report)
    except CannotReadError as error:
        return error.code, error.params


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _drawn(sha256: str, key: str, extent: Extent, lang: Lang, _report: Report) -> Picture | Refused:
    """Draw the picture of a sample; kept by its document. What the worker gave up on is not kept."""
    path = next((path for path in sample_documents() if path.name == _report.document.name), None)
    if path is None:
        raise CannotReadError("picture_not_kept")
    drawn = upload_sandbox().run(
        pictures_of, path.read_bytes(), _report, [key], Look(extent=extent, dpi=_DPI, kind="svg", lang=lang)
    )
    return drawn.shown.get(key) or drawn.refused[key]
