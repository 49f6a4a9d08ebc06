"""Where things are kept: the data folder, its disk, the records, the snapshot. Nothing is made there that stays."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import ogi
from loaders.doctor.look import Look
from ogi.store.location import NETWORK_FILE_SYSTEMS, Location, StoreError, file_system
from ogi.store.looking import Seen, allows_wal, look_at_records, snapshot_trouble

_LITTLE, _NOTHING = 2 * 2**30, 100 * 2**20
"""Free bytes below which a warning is due (two gigabytes are some thousands of reports with their documents), and too little
for a single archive."""


def data_folder(location: Location) -> Look:
    """Whether the folder can be written to, and is on a disk of this machine where SQLite needs that."""
    folder, there = location.folder, nearest(location.folder)
    try:
        with tempfile.NamedTemporaryFile(prefix=".ogi-look-", dir=there) as probe:
            probe.write(b"x")
            probe.flush()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Look(part="folder", state="stops", said=("store.error.not_writable", {"folder": str(folder), "reason": reason}))
    kind = file_system(there.resolve())
    if location.is_sqlite and kind in NETWORK_FILE_SYSTEMS:
        return Look(part="folder", state="stops", said=("store.error.network_share", {"folder": str(folder), "kind": kind}))
    return Look(part="folder", found=str(folder))


def disk(location: Location, free: int | None = None) -> Look:
    """Whether there is room; ``free`` in bytes stands in for what the disk has."""
    if free is None:
        free = shutil.disk_usage(nearest(location.folder)).free
    params = {"free": _size(free), "folder": str(location.folder)}
    if free < _NOTHING:
        return Look(part="disk", state="stops", code="full", params=params)
    if free < _LITTLE:
        return Look(part="disk", state="lacking", code="little", params=params)
    return Look(part="disk", found=_size(free))


def database(location: Location) -> tuple[Look, Seen | None]:
    """Whether the records can be reached, and which format they have; with what was seen of them."""
    place = location.url.render_as_string(hide_password=True)
    try:
        seen = look_at_records(location)
        if location.is_sqlite and not _log_is_allowed(location):
            return Look(part="database", state="stops", code="no_wal", params={"folder": str(location.folder)}), seen
    except StoreError as error:
        return Look(part="database", state="stops", said=(f"store.error.{error.code}", error.params)), None
    params = {"found": seen.format, "known": seen.known}
    if seen.state == "newer":
        said = ("store.error.newer", {**params, "program": ogi.__version__})
        return Look(part="database", state="stops", said=said), seen
    if seen.state == "older":
        return Look(part="database", state="lacking", code="older", found=place, params=params), seen
    return Look(part="database", found=f"{place} · {seen.format or '—'}"), seen


def snapshot(location: Location) -> Look:
    """Whether the files charts are drawn from are there."""
    trouble = snapshot_trouble(location.snapshot)
    if trouble is not None:
        return Look(part="snapshot", state="lacking", code="damaged", params={"file": trouble})
    return Look(part="snapshot", found=str(location.snapshot) if location.snapshot.exists() else "")


def nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.absolute().parents) if os.path.lexists(place)), folder)


def _log_is_allowed(location: Location) -> bool:
    try:
        return allows_wal(nearest(location.folder))
    except OSError:
        return True  # it cannot be written to at all, which another look says


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"
