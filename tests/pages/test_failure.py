"""A page that fails says so in the visitor's language, with a way on, and shows no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.store import store


def failed_page() -> None:
    from pages.parts.address import change_view
    from pages.parts.failure import show_failure

    change_view(lang="en")
    assert show_failure(ValueError("secret detail"))


def test_failure_is_a_sentence_without_detail_and_with_the_id_of_its_line(caplog: pytest.LogCaptureFixture) -> None:
    at = AppTest.from_function(failed_page).run()
    (error,) = at.error
    assert error.value.startswith("This page failed; the error has been logged.")
    assert "secret detail" not in error.value
    (line,) = [record for record in caplog.records if record.name == "ogi.journal.event"]
    assert f"tell your administrator the id {line.journal_id}." in error.value
    assert (line.journal_event, line.journal_facts["what"]) == ("failed", "page")
    assert at.button(key="failure_clear").label == "Clear filters"


def damaged_snapshot() -> None:
    from ogi.store.snapshot.reader import SnapshotDamagedError
    from pages.parts.address import change_view
    from pages.parts.failure import show_failure

    change_view(lang="en")
    assert show_failure(SnapshotDamagedError("unreadable", "2023.parquet"))


def test_damage_met_in_mid_page_is_mended_and_said(fresh_store: Path) -> None:
    before = store().snapshot().generation
    at = AppTest.from_function(damaged_snapshot).run()
    assert not at.error
    (warning,) = at.warning
    assert warning.value.startswith("The published figures had a damaged file; they were made anew")
    assert at.button(key="snapshot_again").label == "Draw the page again"
    assert store().snapshot().generation > before
