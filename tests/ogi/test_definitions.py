"""Figures under several definitions: every one exists, none answers two questions."""

from __future__ import annotations

from itertools import chain

from ogi.form.definitions import all_definitions, definitions_of
from ogi.view import measures


def test_every_definition_is_a_figure_and_stands_once() -> None:
    keys = list(chain.from_iterable(found.figures for found in all_definitions()))
    assert set(keys) <= set(measures())
    assert len(keys) == len(set(keys))


def test_every_definition_is_said_in_both_languages() -> None:
    for found in all_definitions():
        assert len(found.figures) > 1
        assert found.label("zh") != found.label("en")
        assert all(words.keys() == {"zh", "en"} and all(words.values()) for words in found.figures.values())


def test_disclosure_rate_has_three_definitions_and_new_applications_one() -> None:
    found = definitions_of("I05_full_grant_rate")
    assert found is not None
    assert list(found.figures) == ["I04_grant_rate", "I05_full_grant_rate", "I06_merit_grant_rate"]
    assert definitions_of("applications.received.total") is None
