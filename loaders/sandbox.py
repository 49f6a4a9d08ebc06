"""Strangers' files are read in worker processes with limits; the server process never parses them.

A worker that hangs, crashes or eats memory is ended and replaced; its job fails with a reason, every other job goes on.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import msgspec

from loaders.errors import CannotReadError
from loaders.limits import Limits
from loaders.sandbox_worker import Answer, TooLongError, receive, send
from ogi.journal import tell

T = TypeVar("T")

_MOST_PLACES, _LONGEST_NAME = 40, 200
_ROOT = Path(__file__).resolve().parent.parent
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH")
"""What a worker sees of the environment: no passwords and no keys of the server."""
_TRUSTED_TYPES = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("builtins", "bytearray"),
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("msgspec._utils", "rebuild"),
    ("loaders.errors", "rebuild"),
}

_NO_ANSWER: Answer = ("gone", None)


class Sandbox:
    """A few worker processes, started when first needed. May be used from many threads at once."""

    def __init__(self, workers: int = 2, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(None)
        self._closed = threading.Event()
        self._running: set[_Worker] = set()
        self._end = weakref.finalize(self, _end_all, self._running)

    def run(self, function: Callable[..., T], *args: Any, timeout: float | None = None) -> T:
        """Return ``function(*args)``, worked out in a worker; waits for a free one.

        ``function`` is found by its name in the worker, so it must be importable there; arguments and result are pickled.
        ``timeout`` in seconds replaces the time on the clock of the limits.

        Raises:
            CannotReadError: what the function raised itself; or ``file_too_large``, ``took_too_long``, ``crashed``,
                ``too_large``, ``too_nested``, ``answer_too_large``, and ``unexpected`` for any other exception, which is
                logged.
            RuntimeError: the sandbox is closed.
        """
        for arg in args:
            if isinstance(arg, bytes | bytearray | memoryview):
                self.limits.check_size(len(arg))
        message = pickle.dumps((function, args, self.limits.cpu_seconds))
        worker = self._free.get()
        try:
            worker = self._ready(worker)
            return _result(worker.ask(message, self.limits.wall_seconds if timeout is None else timeout), function)
        finally:
            self._free.put(worker)

    def _ready(self, worker: _Worker | None) -> _Worker:
        """The worker of a slot, or a new one where it is gone or worn out."""
        if self._closed.is_set():
            raise RuntimeError("the sandbox is closed")
        if worker is not None and worker.is_alive() and worker.jobs < self.limits.jobs_per_worker:
            return worker
        if worker is not None:
            self._running.discard(worker)
            worker.end()
        worker = _Worker(self.limits)
        self._running.add(worker)
        if self._closed.is_set():  # closed while it was starting
            worker.end()
        return worker

    def close(self) -> None:
        """End all workers; jobs under way fail with ``crashed``."""
        self._closed.set()
        self._end()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _end_all(workers: set[_Worker]) -> None:
    while workers:
        workers.pop().end()


class _Worker:
    """One process, the pipes to it, and a folder of its own for temporary files, which goes when it goes.

    It leads a session of its own, so that whatever it started (LibreOffice) can be ended with it.
    """

    def __init__(self, limits: Limits) -> None:
        self.jobs = 0
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="ogi-reading-")
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), environment.get("PYTHONPATH"))))
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), self._folder)
        arguments = (str(limits.memory_bytes), str(limits.written_bytes), self._folder)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-X", "utf8", "-m", "loaders.sandbox_worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._to = cast(BinaryIO, self._process.stdin)
        self._from = cast(BinaryIO, self._process.stdout)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, message: bytes, timeout: float) -> Answer:
        """Give the worker a job and wait for its answer; a worker that gives none is ended.

        The exchange has a thread of its own, because neither writing to nor reading from a pipe can be given up elsewhere.
        """
        self.jobs += 1
        answers: queue.SimpleQueue[bytes | Answer] = queue.SimpleQueue()
        threading.Thread(target=self._exchange, args=(message, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=timeout)
        except queue.Empty:
            self.end()
            return ("cannot", ("took_too_long", {"seconds": math.ceil(timeout)}))
        except BaseException:  # given up from outside: the answer still to come must not be taken for the next job's
            self.end()
            raise
        if isinstance(answer, tuple):
            self.end()
            return ("cannot", self._reason()) if answer == _NO_ANSWER else answer
        try:
            kind, value = _Unpickler(io.BytesIO(answer)).load()
        except Exception as error:
            self.end()
            return ("failed", (type(error).__name__, []))
        if kind == "cannot" and value[0] == "too_large":
            self.end()  # its memory is in pieces
        return kind, value

    def _exchange(self, message: bytes, answers: queue.SimpleQueue[bytes | Answer]) -> None:
        try:
            send(self._to, message)
            answers.put(receive(self._from, self._limits.answer_bytes))
        except TooLongError:
            answers.put(("cannot", ("answer_too_large", {"limit": self._limits.answer_bytes // 2**20})))
        except (OSError, EOFError, ValueError):
            answers.put(_NO_ANSWER)

    def _reason(self) -> tuple[str, dict[str, int]]:
        """Why the process is gone: the signal that ended it tells."""
        status = self._process.returncode
        if status == -getattr(signal, "SIGXCPU", 0):
            return ("took_too_long", {"seconds": round(self._limits.cpu_seconds)})
        return ("crashed", {"status": status})

    def end(self) -> None:
        """End the process and what it started, whatever they are doing, and remove its folder."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        end_session(self._process.pid)
        shutil.rmtree(self._folder, ignore_errors=True)
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):  # a job it was not sent in full
                pipe.close()


def end_session(leader: int) -> None:
    """Kill every process of the session that ``leader`` led, also those in process groups of their own (Linux only)."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name of the program, in brackets, may itself hold blanks and brackets; state, parent, group, session follow.
            session = int(entry.read_text(errors="replace").rpartition(")")[2].split()[3])
            if session == leader:
                os.kill(int(entry.parent.name), signal.SIGKILL)


class _Unpickler(pickle.Unpickler):
    """Takes from a worker, which a malicious file may have taken over, only values of our own types."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _TRUSTED_TYPES:
            return super().find_class(module, name)
        if module.startswith(("ogi.", "loaders.")) and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and (issubclass(found, msgspec.Struct) or is_dataclass(found)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a type of a result")


def _result(answer: Answer, function: Callable[..., Any]) -> Any:
    kind, value = answer
    if kind == "done":
        return value
    if kind == "cannot":
        code, params = value
        raise CannotReadError(code, **params)
    name, places = str(value[0])[:_LONGEST_NAME], [str(place)[:_LONGEST_NAME] for place in value[1][-_MOST_PLACES:]]
    event_id = tell(
        "failed", level=logging.ERROR, what="reader", job=getattr(function, "__qualname__", "?"), error_type=name, where=places
    )
    raise CannotReadError("unexpected", reason=f"{name} · {event_id}")
