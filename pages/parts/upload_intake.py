"""The ways in: files, archives, pasted text. New ones are read at once, with a bar that says how far reading is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.errors import CannotReadError
from loaders.ingest.job import start_job
from loaders.limits import LIMITS
from loaders.paste import read_pasted
from ogi.labels import Labels
from ogi.store.location import StoreError
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import error_text, store_for_bulk
from pages.parts.upload_reading import known_as, read_handed_in
from pages.parts.upload_to_library import store_reason
from pages.parts.visitor import visitor

_TAKEN, _PENDING, _PASTED, _REPEATS = "upload_taken", "upload_pending", "upload_pasted", "upload_repeats"
HandedIn = tuple[bytes, str]
"""Content and name."""


def take_in(labels: Labels) -> None:
    """Draw the ways in and read whatever is new."""
    in_background = _background_switch(labels)
    files = st.file_uploader(labels("upload.files"), accept_multiple_files=True, key="upload_files")
    st.caption(labels("upload.no_address"))
    _paste_box(labels)
    taken: set[str] = st.session_state.setdefault(_TAKEN, set())
    new = [file for file in files or () if file.file_id not in taken]
    if in_background:
        _start_jobs(new, taken, labels)
        new = []
    pending: list[HandedIn] = st.session_state.setdefault(_PENDING, [])
    if new or pending:
        st.session_state[_REPEATS] = []
        _read(new, pending, taken, labels)
    for name, first in st.session_state.get(_REPEATS, ()):
        st.caption(f":material/content_copy: {plain(labels('upload.repeat', name=name, first=first))}")


def _background_switch(labels: Labels) -> bool:
    """Whether files go to the background and straight into the library; offered where there is one.

    Who may change only some organs is not offered it: nobody looks at what is placed where.
    """
    if store_reason(labels) is not None or not visitor().may_edit_everything:
        return False
    return st.toggle(labels("keep.background"), key="upload_background", help=labels("keep.background_tip"))


def _start_jobs(files: Sequence[UploadedFile], taken: set[str], labels: Labels) -> None:
    """Hand files over to the background, unopened; they are on the disk when this returns."""
    for file in files:
        taken.add(file.file_id)
        try:
            start_job(store_for_bulk(), file.getvalue(), file.name, act())
        except CannotReadError as error:
            st.error(plain(labels(f"error.{error.code}", **error.params)), icon=":material/error:")
        except StoreError as error:
            st.error(plain(error_text(error, labels)), icon=":material/database_off:")


def _paste_box(labels: Labels) -> None:
    with (
        st.expander(labels("upload.paste"), icon=":material/content_paste:"),
        st.form("paste_form", clear_on_submit=True, border=False),
    ):
        st.text_area(labels("upload.paste_box"), key="paste_text", height=160)
        st.form_submit_button(labels("upload.paste_read"), on_click=_take_pasted, args=(labels,), key="paste_read")
    if st.session_state.pop("paste_was_empty", False):
        st.warning(labels("upload.paste_empty"), icon=":material/content_paste_off:")


def _take_pasted(labels: Labels) -> None:
    text = st.session_state["paste_text"]
    if not text.strip():
        st.session_state["paste_was_empty"] = True
        return
    number = st.session_state[_PASTED] = st.session_state.get(_PASTED, 0) + 1
    data, name = read_pasted(text)
    suffix = name.rpartition(".")[2]
    st.session_state.setdefault(_PENDING, []).append((data, f"{labels('upload.pasted', number=number)}.{suffix}"))


def _read(files: Sequence[UploadedFile], pending: list[HandedIn], taken: set[str], labels: Labels) -> None:
    """Read one after the other. A run that is cut off by a click goes on with the rest in the next one."""
    count = len(files) + len(pending)
    bar = st.progress(0.0)
    for number, file in enumerate(files, start=1):
        _read_one(file.getvalue(), file.name, _Teller(bar, number, count, labels))
        taken.add(file.file_id)
    number = len(files)
    while pending:
        number += 1
        _read_one(*pending[0], _Teller(bar, number, count, labels))
        pending.pop(0)
    bar.empty()


class _Teller:
    """Says on the bar which file is being read, and at which step it is."""

    def __init__(self, bar: DeltaGenerator, number: int, count: int, labels: Labels) -> None:
        self._bar, self._number, self._count, self._labels = bar, number, count, labels
        self._name, self._step = "", "detect"

    def file(self, name: str) -> None:
        self._name, self._step = name, "detect"
        self._tell()

    def step(self, step: str) -> None:
        self._step = step
        self._tell()

    def _tell(self) -> None:
        words = {"number": self._number, "count": self._count, "name": self._name, "step": self._labels(f"step.{self._step}")}
        self._bar.progress((self._number - 1) / self._count, text=plain(self._labels("upload.reading", **words)))


def _read_one(data: bytes, name: str, teller: _Teller) -> None:
    teller.file(name)
    repeats: list[tuple[str, str]] = st.session_state[_REPEATS]
    first = known_as(hashlib.sha256(data).hexdigest())
    if first is not None:
        repeats.append((name, first))
        return
    for outcome, known in read_handed_in(data, name, teller.file, teller.step):
        if known is not None and known != outcome.name:
            repeats.append((outcome.name, known))


def size_limit() -> int:
    """Megabytes of the largest file that is read."""
    return LIMITS.file_bytes // 2**20
