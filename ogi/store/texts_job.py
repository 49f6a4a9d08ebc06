"""Comparing the texts of a year in a process of its own, so that a server with very many reports stays quick meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Literal

from ogi.store.location import DATA_DIR, DATABASE_URL, Location

State = Literal["running", "failed"]
_JOBS: dict[tuple[str, int], subprocess.Popen[bytes]] = {}
_LOCK = threading.Lock()


def start(location: Location, year: int, by: str) -> None:
    """Begin to compare the texts of a year; nothing where that is under way."""
    with _LOCK:
        name = (str(location.url), year)
        if name in _JOBS and _JOBS[name].poll() is None:
            return
        environment = {**os.environ, DATA_DIR: str(location.folder)}
        if not location.is_sqlite:
            environment[DATABASE_URL] = location.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "ogi.store", "texts", str(year), "--by", by]
        # S603: our own interpreter; the name of a person is one argument of a list, no shell reads it.
        _JOBS[name] = subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )


def state_of(location: Location, year: int) -> State | None:
    """Return how the comparison of a year stands; ``None`` where none was begun by this server, or it is done."""
    with _LOCK:
        job = _JOBS.get((str(location.url), year))
        code = None if job is None else job.poll()
    if job is None or code == 0:
        return None
    return "running" if code is None else "failed"
