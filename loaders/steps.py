"""Reading a file in a worker process while telling which step it is at.

A worker answers only once, when it is done; so it notes each step in a small file, and who waits looks into it.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from loaders.errors import CannotReadError
from loaders.read import read_report, read_reports
from loaders.sandbox import Sandbox
from ogi.report import Report

T = TypeVar("T")
OnStep = Callable[[str], None]
_LOOK_EVERY_SECONDS = 0.03


def noting(read: Callable[..., T], data: bytes, name: str, notes: str) -> T:
    """Read a file with ``read`` and append the name of each step to the file ``notes``. Runs in the worker."""

    def note(step: str) -> None:
        with Path(notes).open("a", encoding="ascii") as file:
            file.write(f"{step}\n")

    return read(data, name, on_step=note)


def read_in_sandbox(sandbox: Sandbox, data: bytes, name: str, on_step: OnStep | None = None) -> Report:
    """Read a report in a worker process; ``on_step`` is told each step, in the thread of the caller.

    Raises:
        CannotReadError: the file cannot be read, or the worker ran out of time or memory; see :mod:`loaders.sandbox`.
    """
    return _run(sandbox, read_report, data, name, on_step)


def read_reports_in_sandbox(
    sandbox: Sandbox, data: bytes, name: str, on_step: OnStep | None = None
) -> list[Report | CannotReadError]:
    """Read every report in a file in a worker process; as :func:`read_in_sandbox` otherwise."""
    return _run(sandbox, read_reports, data, name, on_step)


def _run(sandbox: Sandbox, read: Callable[..., T], data: bytes, name: str, on_step: OnStep | None) -> T:
    if on_step is None:
        return sandbox.run(read, data, name)
    with tempfile.TemporaryDirectory(prefix="ogi-steps-") as folder:
        notes = Path(folder) / "steps"
        notes.touch()
        result: list[T | BaseException] = []

        def work() -> None:
            try:
                result.append(sandbox.run(noting, read, data, name, str(notes)))
            except BaseException as error:  # handed to the caller below
                result.append(error)

        thread = threading.Thread(target=work, name="reading", daemon=True)
        thread.start()
        told = 0
        while True:
            thread.join(_LOOK_EVERY_SECONDS)
            steps = notes.read_text(encoding="ascii").splitlines()
            for step in steps[told:]:
                on_step(step)
            told = len(steps)
            if not thread.is_alive():
                break
    outcome = result[0]
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome
