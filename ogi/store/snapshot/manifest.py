"""Which files belong together: ``snapshot.json``, replaced as a whole with every generation."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

FORMAT = 1
NAME = "snapshot.json"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One Parquet file and its packed rows, in the same order. Neither is ever written again."""

    file: str
    """Name of the Parquet file; the packed rows stand beside it under the same name ending in ``.rows``."""
    rows: int
    size: int
    """Bytes of the Parquet file."""
    packed_size: int
    """Bytes of the file of packed rows."""

    @property
    def packed(self) -> str:
        """The name of the file of packed rows."""
        return f"{self.file.removesuffix('.parquet')}.rows"


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """One report year: all reports as they were, and what changed since."""

    base: Part | None = None
    changes: Part | None = None
    removed: tuple[str, ...] = ()
    """Keys of reports that are in neither any more."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The files, older first."""
        return tuple(part for part in (self.base, self.changes) if part is not None)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One generation of the snapshot."""

    generation: int
    schema: str
    """Digest of the columns (:func:`ogi.store.snapshot.schema.digest`)."""
    years: dict[str, Year] = {}
    format: int = FORMAT

    @property
    def files(self) -> set[str]:
        """Every file of this generation."""
        return {name for year in self.years.values() for part in year.parts for name in (part.file, part.packed)}


def read_manifest(folder: Path) -> Manifest | None:
    """Return the current generation; ``None`` where nothing was published yet.

    Raises:
        ValueError: the file is not what it should be.
        OSError: it cannot be read.
    """
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the current generation: readers see the one before or this one, never half of it."""
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    temporary = folder / f"{NAME}.{os.getpid()}.tmp"
    write_durably(temporary, data)
    temporary.replace(folder / NAME)
    sync_folder(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until renames in a folder are on the disk, where the system can do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
