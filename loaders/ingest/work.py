"""What a worker does with one file: read it and make it ready for storing, in a process of its own with the readers' limits.

Runs wherever the executor runs it: in a process of its pool, in a thread, on another machine. The document itself is parsed one
process further down (:mod:`loaders.sandbox`), so a file that hangs or explodes ends that process only. Everything that crosses is
plain bytes, words and numbers: who receives it parses it with the types it expects.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loaders.errors import CannotReadError

if TYPE_CHECKING:
    from loaders.sandbox import Sandbox

Failure = tuple[str, dict[str, Any]]
"""Code and parameters of a :class:`CannotReadError`."""
ReadPart = tuple[bytes, None] | tuple[None, Failure]
"""A report as :func:`loaders.ingest.ready.packed` sends it, or why it cannot be read."""
FileRead = tuple[str, list[ReadPart]]
"""``read`` with the reports of a file in their order, or ``archive`` with nothing: its files are to be taken out one by one."""
Unpacked = tuple[list[tuple[str, bytes | Failure]], bool]
"""Files of an archive by name, and whether there are more."""


def read_file(data: bytes, name: str, nice: int = 0) -> FileRead:
    """Read every report in a file.

    Args:
        data: its content.
        name: its name, shown to people.
        nice: how much to stand back behind other programs, 0 to 19.

    Raises:
        CannotReadError: nothing in it can be read, or the reader ran out of time or memory or broke down (``crashed``).
    """
    return _sandbox().run(_read, data, name, nice)


def unpack(data: bytes, name: str, start: int) -> Unpacked:
    """Take files out of an archive, from number ``start`` on, as many as fit into one answer.

    Raises:
        CannotReadError: the archive as a whole cannot be opened.
    """
    return _sandbox().run(_unpack, data, name, start)


@lru_cache(maxsize=1)
def _sandbox() -> Sandbox:
    """The reading processes below this process: as many as are asked for at once, started when first needed."""
    from loaders.sandbox import Sandbox  # noqa: PLC0415 - not needed by who only names the functions above

    return Sandbox(workers=os.cpu_count() or 2)


def end_readers() -> None:
    """End the reading processes below this process; what they are at is given up. They are started anew when needed."""
    if _sandbox.cache_info().currsize:
        _sandbox().close()
        _sandbox.cache_clear()


def _read(data: bytes, name: str, nice: int) -> FileRead:
    """Runs in the sandbox."""
    from loaders.bundle import is_archive  # noqa: PLC0415 - the readers are loaded below the executor's process, not in it
    from loaders.ingest.ready import packed  # noqa: PLC0415
    from loaders.read import read_reports  # noqa: PLC0415

    if nice and hasattr(os, "nice"):
        os.nice(max(0, nice - os.nice(0)))
    if is_archive(data, name):
        return "archive", []
    found = read_reports(data, name)
    return "read", [(None, (r.code, r.params)) if isinstance(r, CannotReadError) else (packed(r), None) for r in found]


def _unpack(data: bytes, name: str, start: int) -> Unpacked:
    """Runs in the sandbox."""
    from loaders.intake import take  # noqa: PLC0415 - as above

    members, rest = take(data, name, start)
    return [
        (inner, (found.code, found.params) if isinstance(found, CannotReadError) else found) for inner, found in members or ()
    ], rest
