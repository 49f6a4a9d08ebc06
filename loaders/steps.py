"""Reading a file in a worker process while telling which step it is at.

A worker answers only once, when it is done; so it notes each step in a small file, and who waits looks into it.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.report import Report

_LOOK_EVERY_SECONDS = 0.03


def read_noting(data: bytes, name: str, notes: str) -> Report:
    """Read a report and append the name of each step to the file ``notes``. Runs in the worker."""

    def note(step: str) -> None:
        with Path(notes).open("a", encoding="ascii") as file:
            file.write(f"{step}\n")

    return read_report(data, name, on_step=note)


def read_in_sandbox(sandbox: Sandbox, data: bytes, name: str, on_step: Callable[[str], None] | None = None) -> Report:
    """Read a report in a worker process; ``on_step`` is told each step, in the thread of the caller.

    Raises:
        CannotReadError: the file cannot be read, or the worker ran out of time or memory; see :mod:`loaders.sandbox`.
    """
    if on_step is None:
        return sandbox.run(read_report, data, name)
    with tempfile.TemporaryDirectory(prefix="ogi-steps-") as folder:
        notes = Path(folder) / "steps"
        notes.touch()
        result: list[Report | BaseException] = []

        def work() -> None:
            try:
                result.append(sandbox.run(read_noting, data, name, str(notes)))
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
