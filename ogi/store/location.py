"""Where the records and the snapshot are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

DATA_DIR, DATABASE_URL = "OGI_DATA_DIR", "OGI_DATABASE_URL"
_RECORDS = "records.sqlite"
NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
    ]
)
_MOUNTS = Path("/proc/self/mounts")


class StoreError(Exception):
    """The store cannot be used; ``code`` names the message ``store.error.<code>``, ``params`` fill its placeholders."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Location:
    """A database and a folder. The folder always exists for the snapshot, even where the records are in PostgreSQL."""

    url: sa.URL
    folder: Path

    @property
    def is_sqlite(self) -> bool:
        """Whether the records are one file in the folder."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def snapshot(self) -> Path:
        """The folder of the snapshot."""
        return self.folder / "snapshot"

    @classmethod
    def of(cls, folder: Path | str | None = None, url: str | None = None) -> Location:
        """Return the place to use: what is given, else what the environment says, else the user's data folder.

        ``OGI_DATA_DIR`` names the folder, ``OGI_DATABASE_URL`` a database elsewhere (``postgresql://…``).
        """
        chosen = folder or os.environ.get(DATA_DIR)
        place = Path(chosen) if chosen else platformdirs.user_data_path("ogi-dashboard")
        text = url or os.environ.get(DATABASE_URL)
        if not text:
            return cls(sa.URL.create("sqlite", database=str(place / _RECORDS)), place)
        try:
            found = sa.make_url(text)
        except ArgumentError as error:
            raise StoreError("bad_url") from error
        if found.get_backend_name() == "postgresql":
            found = found.set(drivername="postgresql+psycopg")
        elif found.get_backend_name() != "sqlite":
            raise StoreError("bad_url")
        return cls(found, place)

    def prepare(self) -> None:
        """Make the folder and see that it can be used.

        Raises:
            StoreError: ``not_writable``, or ``network_share``: SQLite's log needs memory shared by all its processes, which a
                share cannot give, and would lose data there (https://www.sqlite.org/wal.html, point 2 of its disadvantages).
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe = self.folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise StoreError("not_writable", folder=str(self.folder), reason=error.strerror or type(error).__name__) from error
        if self.is_sqlite and self.url.database:
            kind = file_system(Path(self.url.database).resolve().parent)
            if kind in NETWORK_FILE_SYSTEMS:
                raise StoreError("network_share", folder=str(self.folder), kind=kind)


def file_system(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of file system a folder is on (``ext4``, ``nfs4``), or ``""`` where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for fields in (line.split() for line in lines):
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if (folder == Path(point) or folder.is_relative_to(point)) and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind
