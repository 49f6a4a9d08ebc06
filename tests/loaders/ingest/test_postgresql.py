"""Two ingests of one folder into one PostgreSQL database, one of them killed: everything is there once."""

from __future__ import annotations

import time
from pathlib import Path

from ogi.store.check import damages
from ogi.store.location import Location
from ogi.store.store import open_store
from tests.loaders.ingest.conftest import write_reports
from tests.loaders.ingest.library import Library


def test_two_ingests_and_a_kill(postgresql, tmp_path: Path) -> None:
    folder, address = tmp_path / "年报", postgresql.database()
    folder.mkdir()
    write_reports(folder, range(60))
    first, second = Library(tmp_path / "a", address), Library(tmp_path / "b", address)  # two machines
    open_store(Location.of(tmp_path / "a", address)).close()

    def count(table: str) -> int:
        return int(postgresql.sql(f"SELECT count(*) FROM {table}", address.rpartition("/")[2]))

    killed, other = first.start(folder, "--workers", "1", "--lang", "en"), second.start(folder, "--lang", "en")
    deadline = time.monotonic() + 120
    while not count("ingested_files"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    _, error = other.communicate(timeout=120)
    assert other.returncode == 0, error
    again = first.ingest(folder, "--lang", "en")
    assert again.returncode == 0, again.stderr
    assert (count("reports"), count("versions"), count("documents")) == (60, 60, 60)
    store = open_store(Location.of(tmp_path / "a", address))
    try:
        assert list(damages(store.records)) == []
    finally:
        store.close()
