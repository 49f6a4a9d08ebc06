"""The one store of this server, and what a visitor sees where it cannot be used.

It is opened with the server. Where that fails the samples and the uploads of the session still work; pages that need the store
say why it cannot be used, and try again when they are drawn next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

from ogi.labels import Labels
from ogi.store.location import StoreError
from ogi.store.permitting import permitted
from ogi.store.snapshot.reader import SnapshotDamagedError, SnapshotView
from ogi.store.store import Store, open_store
from pages.parts.plain import plain
from pages.parts.share_state import shared_code
from pages.parts.visitor import visitor_now

_TRY_AGAIN_SECONDS = 5.0
_SAID, _REPAIRED = "store_said", "store_repair_said"
T = TypeVar("T")


class _OneStore:
    """Opens the store once for all sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._error: StoreError | None = None
        self._tried_at = float("-inf")

    def get(self) -> Store:
        with self._lock:
            if self._store is None:
                now = time.monotonic()
                if self._error is not None and now - self._tried_at < _TRY_AGAIN_SECONDS:
                    raise self._error
                self._tried_at = now
                try:
                    self._store, self._error = open_store(), None
                except StoreError as error:
                    self._error = error
                    raise
            return self._store

    def close(self) -> None:
        with self._lock:
            store, self._store, self._error = self._store, None, None
            self._tried_at = float("-inf")
        if store is not None:
            store.close()


_ONE = _OneStore()


def store() -> Store:
    """The store of this process, opened when first asked for.

    Raises:
        StoreError: it cannot be used; it is tried again at most every five seconds.
    """
    return _ONE.get()


def open_at_start() -> bool:
    """Open the store with the server and return whether it can be used; where it cannot, pages say so."""
    try:
        store()
    except StoreError:
        return False
    return True


def close_store() -> None:
    """Give the store back; the next :func:`store` opens it anew."""
    _ONE.close()


def error_text(error: StoreError, labels: Labels) -> str:
    """What a store error says, in the reader's language."""
    return labels(f"store.error.{error.code}", **error.params)


@contextmanager
def telling(labels: Labels) -> Iterator[None]:
    """Show what the store raises inside as a sentence, in place of what could not be drawn."""
    try:
        yield
    except StoreError as error:
        st.error(plain(error_text(error, labels)), icon=":material/database_off:")


def is_at_hand(labels: Labels) -> bool:
    """Whether the store can be used; draws the reason where it cannot."""
    with telling(labels):
        store()
        return True
    st.caption(labels("library.without"))
    return False


def change(make: Callable[[Any], T]) -> T:
    """Change the records in one transaction, and bring what the pages show up to date.

    Args:
        make: gets the connection.

    Raises:
        StoreError: nothing was changed; ``not_allowed`` or ``outside_limit`` where the visitor may not make this change.
    """
    _refuse_readers_of_links()
    one = store()
    who = visitor_now(lambda: one.records)
    with one.records.writing() as connection:
        made = permitted(connection, who, make)
    one.publish()
    return made


def store_for_bulk() -> Store:
    """The store, for who may change the reports of every organ: bulk reading places them wherever they belong.

    Raises:
        StoreError: it cannot be used; ``not_allowed``.
    """
    _refuse_readers_of_links()
    one = store()
    if not visitor_now(lambda: one.records).may_edit_everything:
        raise StoreError("not_allowed")
    return one


def look(at: Callable[[Any], T]) -> T:
    """Read from the records; ``at`` gets a connection that sees one state of them.

    Raises:
        StoreError: they cannot be read.
    """
    _refuse_readers_of_links()
    with store().records.reading() as connection:
        return at(connection)


def _refuse_readers_of_links() -> None:
    """Keep the records from a session that reads through a link: it has its library, which holds what was shared."""
    if shared_code() is not None:
        raise StoreError("not_granted")


def snapshot() -> SnapshotView | None:
    """The newest generation of the library's facts; ``None`` where the store cannot be used."""
    try:
        return store().snapshot()
    except StoreError:
        return None


def mend(error: SnapshotDamagedError) -> None:
    """Make the snapshot anew after a page met damage in it.

    Raises:
        StoreError: it cannot be made anew now.
    """
    store().mend(error)


def show_trouble(labels: Labels) -> None:
    """Say above figures that the library cannot be shown, and why; once a session, why its figures were made anew."""
    try:
        code = store().repaired
    except StoreError as error:
        st.warning(f"{plain(error_text(error, labels))} {labels('library.without')}", icon=":material/database_off:")
        return
    if code and not st.session_state.get(_REPAIRED):
        st.session_state[_REPAIRED] = True
        st.toast(labels("snapshot.made_anew", reason=labels(f"snapshot.damaged.{code}")), icon=":material/build_circle:")


def attempt(change: Callable[[], str | None], labels: Labels) -> bool:
    """Make a change of the store from a callback and keep what is to be said for the next run; returns whether it was made.

    ``change`` returns the sentence to say, or ``None``.
    """
    try:
        said = change()
    except StoreError as error:
        st.session_state[_SAID] = ("error", error_text(error, labels))
        return False
    if said:
        say(said)
    return True


def say(text: str, *, is_error: bool = False) -> None:
    """Keep a sentence for the next run."""
    st.session_state[_SAID] = ("error" if is_error else "success", text)


def show_said() -> None:
    """Say once what came of the last change."""
    found = st.session_state.pop(_SAID, None)
    if found is None:
        return
    kind, text = found
    if kind == "error":
        st.error(plain(text), icon=":material/error:")
    else:
        st.success(plain(text), icon=":material/check:")
