"""Pages are tested through the real main script, with the real sample documents read once per machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from ogi.store.snapshot.lock import publisher_lock

if TYPE_CHECKING:
    from pages.parts.sample_library import SampleLibrary

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "pages" / "parts" / "frame.py"


@pytest.fixture(scope="session")
def _read_once(readings: Path) -> Iterator[None]:
    """All sample documents were read before a page is looked at; a worker waits while another one reads them."""
    before = os.environ.get("OGI_CACHE_DIR")
    os.environ["OGI_CACHE_DIR"] = str(readings)
    from pages.parts.sample_library import sample_library

    readings.mkdir(parents=True, exist_ok=True)
    library = sample_library()
    with publisher_lock(readings, 300):
        library.start()
        library.wait()
    yield
    library.close()
    if before is None:
        del os.environ["OGI_CACHE_DIR"]
    else:
        os.environ["OGI_CACHE_DIR"] = before


@pytest.fixture(autouse=True)
def fresh_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test of a page has an empty store of its own, and never the one of who runs the tests."""
    folder = tmp_path / "store"
    monkeypatch.setenv("OGI_DATA_DIR", str(folder))
    monkeypatch.delenv("OGI_DATABASE_URL", raising=False)
    yield folder
    from loaders.ingest.job import leave_jobs
    from pages.parts.store import close_store

    leave_jobs()
    close_store()


@pytest.fixture
def samples(_read_once: None) -> SampleLibrary:
    """The sample library of this process with every document read, whatever ran before.

    Tests of a server without samples leave one behind that has read nothing: ask for this, not for ``sample_library()``.
    """
    from pages.parts.sample_library import sample_library

    library = sample_library()
    library.start()
    library.wait()
    assert library.progress().is_finished
    return library


@pytest.fixture
def visit(samples: SampleLibrary) -> Callable[..., AppTest]:
    """Open a page at an address: ``visit("applications", "years=2024")``."""

    def open_page(page: str = "overview", query: str = "") -> AppTest:
        at = AppTest.from_file(FRAME, default_timeout=60)
        if page != "overview":
            # Straight to the page, as by an address: ``switch_page`` wants the overview drawn first, which registers the pages.
            at._page_hash = calc_hash(page)
        for name, value in parse_qsl(query):
            at.query_params[name] = [*at.query_params.get(name, []), value]
        at.run()
        assert not at.exception
        assert page == "overview" or calc_hash(page) in at._registered_pages
        return at

    return open_page
