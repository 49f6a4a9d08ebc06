"""Zip files opened with care: office documents, OFD and plain archives are all packages of named parts.

Nothing is ever written to a disk, a part never grows beyond what is allowed, whatever its directory promises, and names
are made readable: Chinese Windows writes them in GBK without saying so.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from loaders.errors import CannotReadError

LARGEST_PART = 64 * 2**20
"""Bytes of one part once unpacked. The largest real part of text seen has 0.4 MB; a bomb has gigabytes."""
LARGEST_PACKAGE = 512 * 2**20
"""Bytes of a whole package: as its directory states them, and again as they are read."""
MOST_PARTS = 20_000
"""Entries of a directory. Listing a million costs a gigabyte before the first is read."""
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_UNICODE_PATH = 0x7075
_ENTRY = b"PK\x01\x02"


class Package:
    """The parts of a zip file by name.

    Names have ``/`` between folders, never begin with one and hold no ``..``; they are found whatever their case, as
    the rules of office packages want it. A name that stands twice gets `` (2)`` the second time.
    """

    def __init__(self, data: bytes | Path, largest: int | None = None) -> None:
        largest = LARGEST_PACKAGE if largest is None else largest
        with _said():
            if isinstance(data, bytes) and data.count(_ENTRY) > MOST_PARTS:
                raise CannotReadError("too_large_unpacked")
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > largest:
                raise CannotReadError("too_large_unpacked")
        self._left = largest
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._entries[_unused(place_inside(_name(entry)), self._entries)] = entry
        self._folded = {name.casefold(): name for name in reversed(self._entries)}

    def names(self) -> list[str]:
        """The names of all parts, folders left out, in the order of the directory."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of one part.

        Args:
            name: a name of :meth:`names`; a leading slash, backslashes and another case do not matter.
            most: bytes it may have; :data:`LARGEST_PART` where left out.

        Raises:
            CannotReadError: ``damaged`` (also where there is no such part), ``password_needed``, ``too_large_unpacked``.
        """
        entry = self._find(name)
        if entry is None:
            raise CannotReadError("damaged", reason=f"no part {name}")
        if entry.flag_bits & _ENCRYPTED:
            raise CannotReadError("password_needed")
        most = min(LARGEST_PART if most is None else most, self._left)
        with _said(), self._zip.open(entry) as part:
            data = part.read(most + 1)
        if len(data) > most:
            raise CannotReadError("too_large_unpacked")
        self._left -= len(data)
        return data

    def size(self, name: str) -> tuple[int, int]:
        """Bytes of a part packed and unpacked as the directory states them: a claim, not a measure; zeros for no part."""
        entry = self._find(name)
        return (entry.compress_size, entry.file_size) if entry else (0, 0)

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        entry = self._entries.get(name)
        if entry is None:
            entry = self._entries.get(self._folded.get(place_inside(name).casefold(), ""))
        return entry


def open_package(data: bytes) -> Package:
    """Open a zip file that is in memory.

    Raises:
        CannotReadError: ``damaged``; ``too_large_unpacked``, where its directory already admits it.
    """
    return Package(data)


def open_large_package(path: Path, largest: int) -> Package:
    """Open a zip file that stays on the disk, whatever its size: a province's reports of many years in one archive.

    Args:
        path: where it is.
        largest: bytes its files may have together, once unpacked.

    Raises:
        CannotReadError: as :func:`open_package`.
        MemoryError: its directory does not fit into the memory this process may use.
    """
    return Package(path, largest)


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Turn what :mod:`zipfile` raises into reasons a clerk understands."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise CannotReadError("damaged", reason=str(error) or type(error).__name__) from error
    except RuntimeError as error:
        raise CannotReadError("password_needed") from error


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: by flag, by the Unicode path field (Info-ZIP 0x7075), else UTF-8 that holds, else GB18030."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    written = entry.orig_filename.encode("cp437", errors="replace")
    for text in (_unicode_path(entry.extra), written):
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                if text:
                    return text.decode(encoding)
    return entry.filename


def _unicode_path(extra: bytes) -> bytes:
    """The name in UTF-8 some packers add beside the old one; empty where there is none."""
    while len(extra) >= 4:
        field, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if field == _UNICODE_PATH:
            return extra[9 : 4 + length]
        extra = extra[4 + length :]
    return b""


def place_inside(name: str) -> str:
    """A name without drive, leading slash, ``..`` and backslashes: it can only mean a place inside the package."""
    parts = name.replace("\\", "/").partition("\x00")[0].split("/")
    if parts[0].endswith(":"):
        parts = parts[1:]
    clean: list[str] = []
    for part in parts:
        if part == "..":
            clean = clean[:-1]
        elif part not in {"", "."}:
            clean.append(part)
    return "/".join(clean) or "?"


def _unused(name: str, taken: dict[str, zipfile.ZipInfo]) -> str:
    stem, suffix = posixpath.splitext(name)
    count = 1
    while name in taken:
        count += 1
        name = f"{stem} ({count}){suffix}"
    return name
