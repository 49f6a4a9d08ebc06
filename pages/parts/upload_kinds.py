"""What can be read on this machine, told truthfully: by the readers that are there and by what is installed for them."""

from __future__ import annotations

import streamlit as st

from loaders import scan
from loaders.kind import HTML, OFD, PDF, READERS, TEXT, VALUE_READERS, WEB_ARCHIVE, WORD
from loaders.libreoffice import find_libreoffice
from ogi.labels import Labels
from pages.parts.plain import plain

_ALWAYS = {
    "pdf": PDF,
    "word": WORD,
    "html": HTML,
    "mht": WEB_ARCHIVE,
    "text": TEXT,
    "ofd": OFD,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
"""Kinds that need nothing but this program: the word for each and its media type among the readers."""


def show_kinds(labels: Labels) -> None:
    """List what can be read, and what is missing for the rest."""
    kinds = [labels(f"upload.kinds.{kind}") for kind, media_type in _ALWAYS.items() if media_type in READERS | VALUE_READERS]
    kinds.append(labels("upload.kinds.archives"))
    lines = [
        labels("upload.kinds.always", kinds=labels("list_separator").join(kinds)),
        labels(f"upload.kinds.scan_{'yes' if scan.is_available() else 'no'}"),
        labels(f"upload.kinds.office_{'yes' if find_libreoffice() else 'no'}"),
    ]
    with st.expander(labels("upload.kinds.title"), icon=":material/fact_check:"):
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
