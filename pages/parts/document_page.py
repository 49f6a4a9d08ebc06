"""The document of a stored report, page by page, beside what is typed from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st

from loaders.errors import CannotReadError
from loaders.picture.page import has_pages, page_png
from ogi.labels import Labels
from ogi.store.reports import StoredReport
from pages.parts.plain import plain
from pages.parts.report_at_hand import bytes_of
from pages.parts.side_panel import is_narrow, side_panel
from pages.parts.upload_reading import upload_sandbox

_DPI = 144
_KEPT = 100


@contextmanager
def beside_document(stored: StoredReport | None, labels: Labels) -> Iterator[None]:
    """What is drawn inside stands beside the pages of the document; on a narrow screen below them, folded up.

    Without a document (nothing is stored yet, or the report was keyed in), or with one that has no pages, it has the whole
    width.
    """
    if stored is None or stored.version.sha256 is None:
        yield
        return
    if not has_pages(stored.printed.document.media_type):
        _offer_file(stored, labels)
        yield
        return
    if is_narrow():
        with side_panel(is_open=False), st.expander(labels("document_page.open"), icon=":material/description:"):
            _show_pages(stored, labels)
        yield
        return
    form, document = st.columns([3, 2], gap="medium")
    with document, side_panel(is_open=False):
        _show_pages(stored, labels)
    with form:
        yield


def _offer_file(stored: StoredReport, labels: Labels) -> None:
    document = stored.printed.document
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/hide_image: {plain(labels('document_page.no_pages', name=document.name))}", width="content")
        st.download_button(
            labels("report.download"), partial(_bytes, stored), file_name=document.name, mime=document.media_type,
            on_click="ignore", type="tertiary", icon=":material/download:", key="document_page_download",
        )  # fmt: skip


def _show_pages(stored: StoredReport, labels: Labels) -> None:
    document = stored.printed.document
    number, pages = first_page(stored), document.pages or 1
    key = f"document_page_{stored.report_id}"
    if pages > 1:
        number = st.pagination(pages, default=min(number, pages), key=key)
    try:
        png = _drawn(stored.version.sha256 or "", number, document.media_type, stored)
    except CannotReadError as error:
        st.caption(f":material/hide_image: {plain(labels(f'error.{error.code}', **error.params))}")
        return
    st.image(png, output_format="PNG", alt=labels("document_page.alt", name=document.name, number=number))
    st.caption(labels("document_page.title", number=number, pages=pages))


def first_page(stored: StoredReport) -> int:
    """The page to begin with: the last one a figure was read from, what is missing mostly follows it; else the first."""
    sources = (reading.source for reading in stored.printed.cells.values())
    return max((source.page for source in sources if source is not None and source.page), default=1)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _drawn(sha256: str, number: int, media_type: str, _stored: StoredReport) -> bytes:
    """Draw a page in a worker; a document never changes, so it is kept by its digest.

    Raises:
        CannotReadError: the page cannot be drawn.
    """
    data = bytes_of(_stored)
    if data is None:
        raise CannotReadError("picture_not_kept")
    return upload_sandbox().run(page_png, data, media_type, number, _DPI)


def _bytes(stored: StoredReport) -> bytes:
    return bytes_of(stored) or b""
