"""Where the files come from: a folder with all below it, an archive or single file, or a list of paths."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loaders.bundle import is_leftover
from loaders.encoding import decode
from loaders.errors import CannotReadError
from loaders.ingest import large_zip
from loaders.limits import LIMITS

_LISTS = frozenset({"", ".list", ".lst", ".tsv", ".txt"})
_LONGEST_LIST = 512 * 2**20


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file to be taken in, not opened yet."""

    name: str
    """The way to it from the folder, archive or list; shown to people."""
    path: Path
    address: str | None = None
    """Where it was published, and when, where a list says so."""
    published_on: dt.date | None = None
    refused: CannotReadError | None = None
    """Why it is not even opened; ``files_skipped`` where that is on purpose."""
    content: bytes | None = field(default=None, repr=False)
    """Its content, where it was taken out of an archive."""

    def read(self) -> bytes:
        """Return its content.

        Raises:
            CannotReadError: why it cannot be had.
        """
        if self.refused is not None:
            raise self.refused
        if self.content is not None:
            return self.content
        try:
            LIMITS.check_size(self.path.stat().st_size)
            if not self.path.is_file():
                raise CannotReadError("cannot_open", reason="no ordinary file")
            return self.path.read_bytes()
        except OSError as error:
            raise CannotReadError("cannot_open", reason=error.strerror or type(error).__name__) from error


class NoSourceError(Exception):
    """There is nothing at a path that could be taken in; ``code`` names the message ``ingest.error.<code>``."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Source:
    """A folder, a list, one file (a report, an archive of reports) or an archive too large to be taken as one file."""

    path: Path
    kind: str

    @property
    def name(self) -> str:
        """The name by which a run over it is known and gone on with."""
        return _shown(str(self.path))

    def count(self) -> int:
        """Return how many files there are; archives count as one, except a large one that is the source itself."""
        if self.kind != "archive":
            return sum(1 for _ in self)
        try:
            return large_zip.count(self.path)
        except CannotReadError:
            return 1

    def __iter__(self) -> Iterator[Found]:
        """Yield the files, always in the same order."""
        if self.kind == "folder":
            yield from _below(self.path, "")
        elif self.kind == "list":
            yield from _listed(self.path)
        elif self.kind == "archive":
            yield from _inside(self.path)
        else:
            yield Found(name=_shown(self.path.name), path=self.path)


def source_at(path: Path) -> Source:
    """Return what is at a path.

    Raises:
        NoSourceError: ``not_found``, or ``no_permission``.
    """
    place = path.absolute()
    try:
        if place.is_dir():
            os.scandir(place).close()
            return Source(place, "folder")
        with place.open("rb"):
            pass
    except PermissionError as error:
        raise NoSourceError("no_permission", path=_shown(str(path))) from error
    except OSError as error:
        raise NoSourceError("not_found", path=_shown(str(path))) from error
    if place.stat().st_size > LIMITS.file_bytes and large_zip.is_zip(place):
        return Source(place, "archive")
    return Source(place, "list" if _is_list(place) else "file")


def _below(folder: Path, name: str) -> Iterator[Found]:
    """The files of a folder and those below it, by name; links to folders are not followed, they may lead in a circle."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Found(name=name or ".", path=folder, refused=CannotReadError("cannot_open", reason=reason))
        return
    for entry in entries:
        inner, path = f"{name}{_shown(entry.name)}", Path(entry.path)
        if entry.name.startswith(".") or is_leftover(inner):
            yield Found(name=inner, path=path, refused=CannotReadError("files_skipped", count=1, names=_shown(entry.name)))
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(path, f"{inner}/")
        elif entry.is_dir():
            yield Found(name=inner, path=path, refused=CannotReadError("link_to_folder"))
        else:
            yield Found(name=inner, path=path)


def _inside(path: Path) -> Iterator[Found]:
    """The files of a large archive."""
    archive = _shown(path.name)
    try:
        for name, content in large_zip.members(path):
            inner = f"{archive}/{_shown(name)}"
            if isinstance(content, CannotReadError):
                yield Found(name=inner, path=path, refused=content)
            else:
                yield Found(name=inner, path=path, content=content)
    except CannotReadError as error:
        yield Found(name=archive, path=path, refused=error)


def _is_list(path: Path) -> bool:
    """Whether a text file is a list: its first line names a file that is there. A report as text is none."""
    if path.suffix.lower() not in _LISTS or path.stat().st_size > _LONGEST_LIST:
        return False
    return any(found.path.is_file() for _, found in zip(range(20), _listed(path), strict=False))


def _listed(path: Path) -> Iterator[Found]:
    """The lines of a list: path, and after tabs the original address and the day of publication (``2024-01-31``)."""
    try:
        lines = decode(path.read_bytes()).split("\n")
    except (OSError, CannotReadError):
        return
    for line in lines:
        words, address, day = (*(part.strip() for part in line.split("\t")), "", "")[:3]
        if words and not words.startswith("#"):
            try:
                published_on, refused = (dt.date.fromisoformat(day) if day else None), None
            except ValueError:
                published_on, refused = None, CannotReadError("bad_day", day=day)
            yield Found(name=words, path=path.parent / words, address=address or None, published_on=published_on, refused=refused)


def _shown(name: str) -> str:
    """A name that can be stored and printed: bytes that are no text become question marks."""
    return name.encode(errors="replace").decode()
