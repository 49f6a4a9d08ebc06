"""The reports everybody on this server has: the samples and the library, without anybody's uploads."""

from __future__ import annotations

import threading
from dataclasses import replace

from ogi.library import Library
from pages.parts.sample_library import sample_library
from pages.parts.store import snapshot


class _OpenLibrary:
    """Puts both together; the same object as long as neither changes, so that what is built on it is kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Library, object, Library] | None = None

    def get(self) -> Library:
        samples, kept = sample_library().library(), snapshot()
        with self._lock:
            if self._known is None or self._known[0] is not samples or self._known[1] is not kept:
                self._known = (samples, kept, replace(samples, kept=kept))
            return self._known[2]


_ONE = _OpenLibrary()


def open_library() -> Library:
    """Return the samples read so far and the newest generation of the library; of the library nothing without a store."""
    return _ONE.get()
