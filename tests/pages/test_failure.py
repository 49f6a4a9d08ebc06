"""A page that fails says so in the visitor's language, with a way on, and shows no traceback."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def failed_page() -> None:
    from pages.parts.address import change_view
    from pages.parts.failure import show_failure

    change_view(lang="en")
    assert show_failure(ValueError("secret detail"))


def test_failure_is_a_sentence_without_detail() -> None:
    at = AppTest.from_function(failed_page).run()
    (error,) = at.error
    assert error.value.startswith("This page failed; the error has been logged.")
    assert "secret detail" not in error.value
    assert at.button(key="failure_clear").label == "Clear filters"
