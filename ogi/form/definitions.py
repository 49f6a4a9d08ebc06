"""Figures that answer one question under several definitions (``ogi/data/definitions.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ogi.data_files import read_data


class Definitions(NamedTuple):
    """One question and the figures that answer it."""

    id: str
    zh: str
    en: str
    figures: dict[str, dict[str, str]]
    """Key of the figure → its definition in words, by language; the usual one first."""

    def label(self, lang: str) -> str:
        """Return the question in ``lang``."""
        return self.zh if lang == "zh" else self.en


@lru_cache(maxsize=1)
def all_definitions() -> tuple[Definitions, ...]:
    """Return every question with several answers; no figure answers two of them."""
    return tuple(Definitions(**row) for row in read_data("definitions.yaml")["definitions"])


def definitions_of(key: str) -> Definitions | None:
    """Return the question a figure answers beside others; ``None`` where it has one definition only."""
    return next((found for found in all_definitions() if key in found.figures), None)
