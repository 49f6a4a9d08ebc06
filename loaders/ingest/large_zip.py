"""A zip archive too large for the memory: it stays on the disk, and a process with limits takes its files out some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.bundle import is_leftover, part_of
from loaders.errors import CannotReadError
from loaders.package import open_large_package
from loaders.sandbox import Sandbox

_AT_ONCE = 32 * 2**20
"""Bytes of unpacked files handed over in one answer, one file at least."""
_LARGEST = 2**40
"""Bytes of all files together; each is checked against the bounds of one file as it is unpacked."""

Member = tuple[str, bytes | CannotReadError]


def is_zip(path: Path) -> bool:
    """Whether a file begins like a zip archive; nothing of it is parsed."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def count(path: Path) -> int:
    """Return how many files there are.

    Raises:
        CannotReadError: it cannot be opened.
    """
    with Sandbox(1) as sandbox:
        return sandbox.run(_count, str(path))


def members(path: Path) -> Iterator[Member]:
    """Yield the files by name, each with its bytes or the reason it has none; a leftover of a system is not unpacked.

    Raises:
        CannotReadError: it cannot be opened.
    """
    with Sandbox(1) as sandbox:
        start, rest = 0, True
        while rest:
            found, rest = sandbox.run(_take, str(path), start)
            yield from found
            start += len(found)


def _count(path: str) -> int:
    """Runs in the sandbox."""
    return len(open_large_package(Path(path), _LARGEST).names())


def _take(path: str, start: int) -> tuple[list[Member], bool]:
    """Runs in the sandbox."""
    package = open_large_package(Path(path), _LARGEST)
    found: list[Member] = []
    size = 0
    for name in package.names()[start:]:
        if size > _AT_ONCE:
            return found, True
        content = CannotReadError("files_skipped", count=1, names=name) if is_leftover(name) else part_of(package, name)
        size += len(content) if isinstance(content, bytes) else 0
        found.append((name, content))
    return found, False
