"""The worker's side of the sandbox: takes jobs from standard input one by one and answers on standard output.

Run as a program of its own rather than through :mod:`multiprocessing`, which would import the server's main module, and
with it the whole user interface, into every worker.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import shutil
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from loaders.errors import CannotReadError

try:
    import resource
except ImportError:  # Windows has no such limits; the time limit of the parent is all there is
    resource = None

_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
"""Audit events of Python that mean the network (PEP 578)."""
LENGTH = struct.Struct(">Q")
Job = tuple[Callable[..., Any], tuple[Any, ...], float]
"""Function, arguments, seconds of processor time."""
Answer = tuple[str, Any]
"""``done`` with the result, ``cannot`` with code and parameters, or ``failed`` with the exception's name and traceback."""


def send(stream: BinaryIO, payload: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(payload)) + payload)
    stream.flush()


class TooLongError(Exception):
    """The other side announced a message longer than allowed."""


def receive(stream: BinaryIO, most: int | None = None) -> bytes:
    """Read one message of at most ``most`` bytes.

    Raises:
        EOFError: the other side is gone.
        TooLongError: it announced more; the stream is of no further use.
    """
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    if most is not None and length > most:
        raise TooLongError
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def serve(memory_bytes: int, written_bytes: int, folder: str) -> None:
    """Answer jobs until the parent closes the pipe or dies. ``folder`` is for temporary files and goes with the process."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the server
    _limit_memory(memory_bytes, written_bytes)
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs, folder), daemon=True).start()
    sys.addaudithook(_refuse_network)
    while True:
        send(answers, _answer(jobs.get()))


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    """Whatever a document points at: a reader opens no connection and asks for no address."""
    del args
    if event in _NETWORK:
        raise PermissionError(event)


def _listen(jobs: queue.SimpleQueue[bytes], folder: str) -> None:
    """Take in jobs; when the parent is gone, end at once with all that was started, even in the middle of a job."""
    while True:
        try:
            jobs.put(receive(sys.stdin.buffer))
        except (EOFError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError, AttributeError):
                os.killpg(0, signal.SIGKILL)
            os._exit(0)


def _answer(message: bytes) -> bytes:
    try:
        function, args, cpu_seconds = pickle.loads(message)  # noqa: S301 - from our own parent
        _limit_time(cpu_seconds)
        return pickle.dumps(("done", function(*args)))
    except CannotReadError as error:
        answer = ("cannot", (error.code, error.params))
    except MemoryError:
        answer = ("cannot", ("too_large", {}))
    except RecursionError:
        answer = ("cannot", ("too_nested", {}))
    except Exception as error:
        places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        answer = ("failed", (type(error).__name__, places))
    return pickle.dumps(answer)


def _limit_memory(memory_bytes: int, written_bytes: int) -> None:
    """Limit the address space to what is in use now and ``memory_bytes`` more, and the size of files; no core files."""
    if resource is None:
        return
    try:
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:  # macOS
        used = 2**30
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (used + memory_bytes, used + memory_bytes))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (written_bytes, written_bytes))


def _limit_time(cpu_seconds: float) -> None:
    """Allow so much processor time from now on; beyond it the system ends the process."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime + cpu_seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
