"""Each state of the library is stored once; pages are drawn by the real main script, without the samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ogi
from ogi.report import Report
from ogi.store.accepting import accept_many
from ogi.store.act import Act
from ogi.store.prepared import prepare
from pages.parts import sample_library
from tests.robustness.states import bytes_of

FRAME = Path(__file__).resolve().parents[2] / "pages" / "parts" / "frame.py"


@pytest.fixture
def no_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without sample documents: what is shown comes from the library alone."""
    monkeypatch.setattr(sample_library, "sample_documents", lambda: ())
    sample_library.sample_library.cache_clear()
    yield
    sample_library.sample_library.cache_clear()


@pytest.fixture
def keep(tmp_path: Path, no_samples: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[tuple[Report, ...]], None]]:
    """Put reports into a store of this test's own."""
    monkeypatch.setenv("OGI_DATA_DIR", str(tmp_path / "store"))
    monkeypatch.delenv("OGI_DATABASE_URL", raising=False)
    from pages.parts.store import change, close_store

    def into_store(reports: tuple[Report, ...]) -> None:
        made = [prepare(r, bytes_of(r.document.name, r.report_year, r.scope), reader=ogi.__version__) for r in reports]
        if made:
            change(lambda c: accept_many(c, made, Act(by="test")))

    yield into_store
    close_store()


@pytest.fixture
def visitor(no_samples: None) -> Callable[[str, dict[str, str]], AppTest]:
    """One visitor who turns from page to page: each page is opened as by a link of its own."""
    at = AppTest.from_file(FRAME, default_timeout=60).run()

    def turn(page: str, query: dict[str, str] | None = None) -> AppTest:
        at.switch_page(f"../{page}.py")
        for key in ("view", "address_page", "address_written", "address_notices"):
            if key in at.session_state:
                del at.session_state[key]
        at.query_params.clear()
        for name, value in (query or {}).items():
            at.query_params[name] = value
        return at.run()

    return turn


@pytest.fixture
def opened(no_samples: None) -> Callable[[str, dict[str, list[str]]], AppTest]:
    """A new visitor for each page: what an address opens must not depend on what was looked at before."""

    def open_page(page: str, query: dict[str, list[str]]) -> AppTest:
        at = AppTest.from_file(FRAME, default_timeout=60)
        at._page_hash = "" if page == "overview" else calc_hash(page)
        for name, values in query.items():
            at.query_params[name] = values
        at.run()
        assert {"overview", *query} & {page, "share"} or at._page_hash in at._registered_pages
        return at

    return open_page
