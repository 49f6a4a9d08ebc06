"""One publisher at a time: a lock on a file, which the system takes back when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE_SECONDS = 0.02


class PublisherBusyError(RuntimeError):
    """Another process has been publishing for longer than one was willing to wait."""


@contextmanager
def publisher_lock(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of a snapshot's folder.

    Raises:
        PublisherBusyError: it could not be had within ``wait_seconds``.
    """
    handle = os.open(folder / "publish.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + wait_seconds
        while not _taken(handle):
            if time.monotonic() >= until:
                raise PublisherBusyError(f"another process is publishing into {folder}")
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
