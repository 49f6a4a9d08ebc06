"""Readings kept on disk, so that a restart shows the samples at once.

A reading is kept under the SHA-256 of its document and a fingerprint of everything that decides how it is read: the
readers' code, the types of a report and the form. Any of them changes, and the document is read anew. Entries that
cannot be read back are ignored; a folder that cannot be written only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
import platformdirs

import loaders
import ogi
from ogi.form import DATA
from ogi.report import Report

_VERSIONS_KEPT = 3


def cache_folder() -> Path:
    """The folder for readings: ``OGI_CACHE_DIR`` where it is set, else the user's cache folder."""
    chosen = os.environ.get("OGI_CACHE_DIR")
    return Path(chosen) if chosen else platformdirs.user_cache_path("ogi-dashboard")


@lru_cache(maxsize=1)
def reader_fingerprint() -> str:
    """A digest of the code and data that decide what a document is read as."""
    readers, subject = Path(loaders.__file__).parent, Path(ogi.__file__).parent
    files = [
        *readers.rglob("*.py"),
        *(path for path in readers.rglob("data/*") if path.is_file()),
        *(subject / "form").glob("*.py"),
        subject / "report.py",
        *(DATA / "form").glob("*.yaml"),
        *DATA.glob("*.yaml"),
    ]
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class ReadingCache:
    """Reports by document, in a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or cache_folder()) / f"readings-{reader_fingerprint()}"

    def path(self, sha256: str, name: str) -> Path:
        """Where the reading of a document of this content and name is kept."""
        return self._folder / f"{sha256}-{hashlib.sha256(name.encode()).hexdigest()[:8]}.json"

    def load(self, sha256: str, name: str) -> Report | None:
        """Return the kept reading, or ``None`` where there is none or it cannot be read back."""
        try:
            report = msgspec.json.decode(self.path(sha256, name).read_bytes(), type=Report)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            return None
        return report if report.document.sha256 == sha256 else None

    def store(self, sha256: str, name: str, report: Report) -> None:
        """Keep a reading; written beside and moved into place, so that no reader meets half a file."""
        path = self.path(sha256, name)
        with contextlib.suppress(OSError):
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                _drop_old(path.parent)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
                file.write(msgspec.json.encode(report))
            os.replace(file.name, path)


def _drop_old(current: Path) -> None:
    """Keep the readings of the current and the last few versions of the readers only."""
    others = [path for path in current.parent.glob("readings-*") if path != current]
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_VERSIONS_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
