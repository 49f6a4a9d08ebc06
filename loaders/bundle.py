"""Archives as clerks send them: the files inside one by one, in memory only, each with its bytes or the reason it has none.

Zip files inside zip files are opened too, :data:`DEEPEST` levels deep. Files that operating systems and office programs
leave behind are skipped, and so are the pictures and scripts beside a saved web page; how many is said at the end.
"""

from __future__ import annotations

import gzip
import io
import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.errors import CannotReadError
from loaders.kind import GZIP, HTML, TAR, ZIP, kind_of
from loaders.package import Package, open_package, place_inside

_ARCHIVES = frozenset({ZIP, TAR, GZIP})
DEEPEST = 3
"""Archives in archives: so many levels are opened, the outermost counted."""
MOST_FILES = 2000
"""Files of one archive, nested ones included. A city with all its counties and departments has about a thousand."""
LARGEST_FILE = 100 * 2**20
LARGEST_BUNDLE = 300 * 2**20
"""Bytes of one file and of all files together, once unpacked."""
HIGHEST_RATIO = 300
"""Unpacked to packed size of a file beyond :data:`_HARMLESS` bytes. A page of empty cells reaches 60, a bomb 1000."""
_HARMLESS = 2**22
_LEFTOVER = re.compile(
    r"(?:^|/)(?:__macosx/|\.ds_store$|\._|thumbs\.db$|desktop\.ini$|~\$|~wr[ld]\d+\.tmp$|\.~lock\.)", re.IGNORECASE
)
_BESIDE_A_PAGE = re.compile(r"(.+?)(?:_files|\.files|\.fld)/", re.IGNORECASE)
_NAMED = 5
"""So many of the files left out are called by name."""

Member = tuple[str, bytes | CannotReadError]


def expand(data: bytes, name: str) -> Iterator[Member]:
    """Yield the files inside an archive; a file that is no archive comes out as it went in.

    A name carries the way to the file: ``材料.zip/甲局/报告.pdf``. Nothing is written anywhere; a name such as ``../x`` can only
    mean a place inside. A file that cannot be unpacked yields its reason and the others go on. Reasons about the archive
    as a whole carry its own name: ``empty_archive``, ``files_skipped`` (left out on purpose, no failure),
    ``archive_too_long``.
    """
    yield from _Bundle().expand(data, name, 1)


def is_archive(data: bytes, name: str) -> bool:
    """Whether a file is an archive that :func:`expand` opens; what cannot be told is for the reader of the file to say."""
    try:
        return kind_of(data, name) in _ARCHIVES
    except CannotReadError:
        return False


@dataclass
class _Bundle:
    """What has been taken out so far."""

    files: int = 0
    left: int = field(default_factory=lambda: LARGEST_BUNDLE)
    skipped: list[str] = field(default_factory=list)

    def expand(self, data: bytes, name: str, level: int) -> Iterator[Member]:
        if not is_archive(data, name):
            yield name, data
            return
        if level > DEEPEST:
            yield name, CannotReadError("archive_too_deep", most=DEEPEST)
            return
        try:
            kind = kind_of(data, name)
            members = _zipped(data) if kind == ZIP else _in_tar(data, name, kind)
        except CannotReadError as error:
            yield name, error
            return
        before = self.files
        for path, content in members:
            if self.files >= MOST_FILES:
                yield name, CannotReadError("archive_too_long", most=MOST_FILES)
                break
            yield from self._member(f"{name}/{path}", content, level)
        if self.files == before:
            yield name, CannotReadError("empty_archive")
        if level == 1 and self.skipped:
            names = "、".join(self.skipped[:_NAMED]) + ("…" if len(self.skipped) > _NAMED else "")
            yield name, CannotReadError("files_skipped", count=len(self.skipped), names=names)

    def _member(self, name: str, content: bytes | CannotReadError, level: int) -> Iterator[Member]:
        if _is_leftover(name, content):
            self.skipped.append(posixpath.basename(name))
            return
        if isinstance(content, bytes):
            if len(content) > self.left:
                content = CannotReadError("archive_too_large", limit=LARGEST_BUNDLE // 2**20)
            else:
                self.left -= len(content)
        self.files += 1
        if isinstance(content, bytes):
            yield from self.expand(content, name, level + 1)
        else:
            yield name, content


def is_leftover(name: str) -> bool:
    """Whether an operating system or office program left this file behind, told by the way to it."""
    return _LEFTOVER.search(name) is not None


def _is_leftover(name: str, content: bytes | CannotReadError) -> bool:
    """Whether nobody meant to send this file: told by its name, and beside a saved page by its being no page itself."""
    if is_leftover(name):
        return True
    if not _BESIDE_A_PAGE.search(name) or not isinstance(content, bytes):
        return False
    try:
        return kind_of(content, name) != HTML
    except CannotReadError:
        return True


def _zipped(data: bytes) -> Iterator[Member]:
    package = open_package(data)
    return ((name, part_of(package, name)) for name in package.names())


def part_of(package: Package, name: str) -> bytes | CannotReadError:
    """Return the bytes of a file in a zip archive, or why it cannot be unpacked."""
    packed, unpacked = package.size(name)
    if unpacked > _HARMLESS and unpacked > packed * HIGHEST_RATIO:
        return CannotReadError("too_large_unpacked")
    try:
        return package.read(name, LARGEST_FILE)
    except CannotReadError as error:
        return error


def _in_tar(data: bytes, name: str, kind: str) -> Iterator[Member]:
    """The files of a tar archive, or the one file of a gzip that holds none."""
    if kind == GZIP:
        data = _ungzipped(data)
        inside = posixpath.basename(name)
        inside = inside[:-3] if inside.lower().endswith(".gz") else inside
        try:
            if kind_of(data, inside) != TAR:
                return iter([(inside, data)])
        except CannotReadError:
            return iter([(inside, data)])
    return _tarred(data)


def _ungzipped(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST_BUNDLE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotReadError("damaged", reason=str(error)) from error
    if len(unpacked) > LARGEST_BUNDLE:
        raise CannotReadError("too_large_unpacked")
    return unpacked


def _tarred(data: bytes) -> Iterator[Member]:
    """Ordinary files only: a link or a device of a tar archive means a place outside of it."""
    import tarfile  # noqa: PLC0415 - hardly any file is one, and the command line would wait for it

    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for entry in archive:
                file = archive.extractfile(entry) if entry.isreg() else None
                if file is None:
                    continue
                content = file.read(LARGEST_FILE + 1)
                large = len(content) > LARGEST_FILE
                yield place_inside(entry.name), CannotReadError("too_large_unpacked") if large else content
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        yield "?", CannotReadError("damaged", reason=str(error))
