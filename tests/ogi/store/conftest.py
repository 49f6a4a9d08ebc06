"""Records to try things on, in an SQLite file and on a real PostgreSQL server, and reports to put into them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from ogi.report import Report
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.prepared import Prepared, prepare
from ogi.store.records import Records, open_records

MakePrepared = Callable[..., Prepared]


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of empty records, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    open_records(Location.of(folder)).close()
    return folder / "records.sqlite"


@pytest.fixture(scope="session")
def empty_postgresql(postgresql, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database of empty records, to be copied."""
    address = postgresql.database()
    open_records(Location.of(tmp_path_factory.mktemp("empty"), address)).close()
    return urlsplit(address).path.strip("/")


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """A place with empty records; every test runs on both databases."""
    folder = tmp_path / "data"
    folder.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "records.sqlite")
        return Location.of(folder)
    template = request.getfixturevalue("empty_postgresql")
    return Location.of(folder, request.getfixturevalue("postgresql").database(template))


@pytest.fixture
def records(location: Location) -> Iterator[Records]:
    """Empty records, open."""
    found = open_records(location)
    yield found
    found.close()


@pytest.fixture
def act() -> Act:
    """An act with a reason."""
    return Act(by="李四", why="核对原件")


@pytest.fixture(scope="session")
def paper() -> MakePrepared:
    """Make a report ready for storing, as if it had been read from a file with this text."""

    def make(report: Report, text: str = "一份年报", **given) -> Prepared:
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        document = msgspec.structs.replace(report.document, sha256=digest, name=f"{digest[:6]}.txt")
        return prepare(msgspec.structs.replace(report, document=document), data, **given)

    return make
