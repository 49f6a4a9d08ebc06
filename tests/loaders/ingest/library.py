"""A library of its own for each test, filled by the command line as a user would, and looked at from outside."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from loaders.ingest.claim import scratch_of

ROOT = Path(__file__).resolve().parents[3]


class Library:
    """The data folder of one test."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        """``address`` is that of a PostgreSQL database; a file in the folder where left out."""
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.environment = kept | {"PYTHONPATH": str(ROOT), "OGI_DATA_DIR": str(folder)}
        if address:
            self.environment["OGI_DATABASE_URL"] = address

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        """Start ``python -m loaders ingest``."""
        return subprocess.Popen(
            [sys.executable, "-m", "loaders", "ingest", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.environment,
            cwd=ROOT,
            **options,
        )

    def ingest(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        with self.start(*arguments) as process:
            out, error = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, error)

    def rows(self, query: str) -> list[tuple]:
        """What the records say, read by SQLite itself."""
        path = self.folder / "records.sqlite"
        if not path.exists():
            return []
        connection = sqlite3.connect(path, timeout=30)
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):  # being made just now
                return []
            raise
        finally:
            connection.close()

    def count(self, table: str) -> int:
        rows = self.rows(f"SELECT count(*) FROM {table}")
        return rows[0][0] if rows else 0

    def faults(self, contents: set[str], reports: int) -> list[str]:
        """What is wrong in a library that should hold exactly these documents (SHA-256) and so many reports, once each."""
        found = []
        if (says := self.rows("PRAGMA integrity_check")) != [("ok",)]:
            found.append(f"integrity: {says}")
        if says := self.rows("PRAGMA foreign_key_check"):
            found.append(f"foreign keys: {says}")
        stored = self.rows("SELECT d.sha256, b.content FROM documents d LEFT JOIN document_bytes b USING (sha256)")
        if {digest for digest, _ in stored} != contents or len(stored) != len(contents):
            found.append(f"{len(stored)} documents for {len(contents)}")
        found += [f"bytes of {digest}" for digest, data in stored if data is None or hashlib.sha256(data).hexdigest() != digest]
        for table in ("reports", "versions", "report_facts"):
            if (count := self.count(table)) != reports:
                found.append(f"{count} {table} for {reports}")
        for (ingest_id,) in self.rows("SELECT ingest_id FROM ingests WHERE state = 'finished'"):
            names = Counter(self.rows(f"SELECT name, part FROM ingested_files WHERE ingest_id = {ingest_id}"))
            found += [f"{name} recorded {count} times" for name, count in names.items() if count > 1]
        return found + self.leftovers()

    def leftovers(self) -> list[str]:
        """Half-done things nobody needs any more."""
        work = self.folder / "ingests"
        places = [place for place in work.glob("*") if place.name != "door"]
        numbers = [number for (number,) in self.rows("SELECT ingest_id FROM ingests")]
        scratch = [path for number in numbers if (path := scratch_of(work / str(number))).exists()]
        return [f"left behind: {path}" for path in (*places, *scratch)]
