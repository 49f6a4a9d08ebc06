"""Pictures of the places of stored figures: drawn in a worker when asked for, and kept for all visitors of this server."""

from __future__ import annotations

import streamlit as st

from loaders.errors import CannotReadError
from loaders.picture import Extent, Look, Picture, pictures_of
from ogi.labels import Labels, Lang
from ogi.store.reports import StoredReport
from pages.parts.report_at_hand import bytes_of
from pages.parts.upload_pictures import Refused
from pages.parts.upload_reading import upload_sandbox

_DPI = 144
_KEPT = 300


def picture(stored: StoredReport, key: str, extent: Extent, labels: Labels) -> Picture | Refused:
    """Return the picture of a cell of the version that counts, or why there is none.

    Raises:
        StoreError: the document cannot be read from the store.
    """
    try:
        if stored.version.sha256 is None:
            raise CannotReadError("picture_keyed")
        return _drawn((stored.report_id, stored.current, stored.version.sha256), key, extent, labels.lang, stored)
    except CannotReadError as error:
        return error.code, error.params


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _drawn(version: tuple[int, int, str], key: str, extent: Extent, lang: Lang, _stored: StoredReport) -> Picture | Refused:
    """Draw a picture; a version never changes, so it is kept by its number. What the worker gave up on is not kept."""
    data = bytes_of(_stored)
    if data is None:
        raise CannotReadError("picture_not_kept")
    look = Look(extent=extent, dpi=_DPI, kind="svg", lang=lang)
    drawn = upload_sandbox().run(pictures_of, data, _stored.printed, [key], look)
    return drawn.shown.get(key) or drawn.refused[key]
