"""The words of the interface: complete in both languages, placeholders agree, nothing missing silently."""

from __future__ import annotations

import string

import pytest

from ogi.labels import Labels, MissingLabelError, messages


def placeholders(text: str) -> set[str]:
    """The names in braces; a word that differs between languages is given twice: ``row_zh`` and ``row_en``."""
    return {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_has_the_same_placeholders_in_both_languages() -> None:
    different = {key for key, texts in messages().items() if placeholders(texts["zh"]) != placeholders(texts["en"])}
    assert different == set()


def test_no_message_is_empty() -> None:
    assert {key for key, texts in messages().items() if not (texts["zh"].strip() and texts["en"].strip())} == set()


def test_missing_message_fails_loudly() -> None:
    with pytest.raises(MissingLabelError, match="no such message"):
        Labels("zh")("no such message")


def test_field_label_is_that_of_the_form() -> None:
    assert Labels("zh").field("applications.granted.natural_person") == "予以公开 · 自然人"
    assert Labels("en").field("applications.granted.natural_person") == "Granted · Natural persons"
    with pytest.raises(MissingLabelError):
        Labels("zh").field("applications.granted.martians")
