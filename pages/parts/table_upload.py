"""A table somebody hands in, as rows: read once, in a worker process, and forgotten when it was applied."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loaders.errors import CannotReadError
from ogi.exchange.plain_rows import PlainRows, plain_rows, rows_from
from ogi.exchange.table_file import Columns, Row, TableFileError
from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.upload_reading import upload_sandbox

TYPES = ["xlsx", "csv", "txt"]


def uploaded_rows(name: str, columns: Columns, needed: tuple[str, ...], label: str, labels: Labels) -> Sequence[Row] | None:
    """Draw the field for a file and return its rows; ``None`` without a file, or where it is no such table, which is said.

    Args:
        name: of the field; its key is ``<name>_file``, and after :func:`forget_file` another one.
        columns: the columns and how their heads may be spelt.
        needed: columns that must be there.
        label: above the field.
        labels: the words.
    """
    file = st.file_uploader(label, key=_key(name), type=TYPES)
    if file is None:
        st.session_state.pop(_rows(name), None)
        return None
    known: tuple[str, PlainRows] | None = st.session_state.get(_rows(name))
    try:
        if known is None or known[0] != file.file_id:
            known = file.file_id, upload_sandbox().run(plain_rows, file.getvalue(), columns, needed)
            st.session_state[_rows(name)] = known
        return rows_from(known[1])
    except TableFileError as error:
        st.error(plain(labels(f"exchange.file.error.{error.code}", **error.params)), icon=":material/error:")
    except CannotReadError as error:
        st.error(plain(labels(f"error.{error.code}", **error.params)), icon=":material/error:")
    return None


def forget_file(name: str) -> None:
    """Empty the field, from a callback."""
    st.session_state.pop(_rows(name), None)
    st.session_state[_epoch(name)] = st.session_state.get(_epoch(name), 0) + 1


def _key(name: str) -> str:
    epoch = st.session_state.get(_epoch(name), 0)
    return f"{name}_file_{epoch}" if epoch else f"{name}_file"


def _epoch(name: str) -> str:
    return f"{name}_file_epoch"


def _rows(name: str) -> str:
    return f"{name}_file_rows"
