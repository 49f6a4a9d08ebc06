"""What this server has for everybody: the samples and the library, without the uploads of any session."""

from __future__ import annotations

import threading
from dataclasses import replace

from ogi.library import Library
from pages.parts.sample_library import sample_library
from pages.parts.store import snapshot


class _Kept:
    """The last library made, so that what is built on it is built once for all requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: tuple[object, object] | None = None
        self._library = Library()

    def get(self) -> Library:
        samples, kept = sample_library().library(), snapshot()
        with self._lock:
            if self._parts is None or self._parts[0] is not samples or self._parts[1] is not kept:
                self._parts, self._library = (samples, kept), replace(samples, kept=kept)
            return self._library


_KEPT = _Kept()


def server_library() -> Library:
    """The samples and the newest generation of the library; the same object until either changes."""
    return _KEPT.get()
