"""A library whose reports are shown without the personal data in their prose. Figures are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from ogi.facts import FactsSource, Kept
from ogi.library import Entry, Library
from ogi.personal_data import Mask

_WEIGHT = 1_000
"""Bytes; what is kept of the masked facts counts for itself."""


def entry_without_personal_data(entry: Entry) -> Entry:
    """Return an entry with the prose of its report, and what its findings quote of it, masked."""
    mask = Mask()
    return replace(entry, report=mask.report(entry.report), findings=mask.findings(entry.findings))


def without_personal_data(library: Library) -> Library:
    """Return a library that gives out no report but without personal data."""
    kept = None if library.kept is None else cast(Any, _masked(cast(FactsSource, library.kept)))
    everything, replaced = (tuple(map(entry_without_personal_data, of)) for of in (library.everything, library.replaced))
    return Library(everything=everything, replaced=replaced, kept=kept)


def _masked(facts: FactsSource) -> FactsSource:
    """The same facts for all readers, made once."""
    return facts.kept.get(("without_personal_data",), lambda: cast(FactsSource, _Masked(facts)), weight=_WEIGHT)


class _Masked:
    """Facts as they are, with reports that are masked when they are taken out.

    What is made of them is kept apart: a selection kept with the facts themselves would give out its reports unmasked.
    """

    def __init__(self, facts: FactsSource) -> None:
        self._facts = facts
        self.kept = Kept()

    def __len__(self) -> int:
        return len(self._facts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._facts, name)

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows, masked."""
        return tuple(map(entry_without_personal_data, self._facts.entries_at(rows)))

    def narrowed(self, rows: Any) -> Any:
        """Return the facts of a few reports in memory; they give out masked reports, too."""
        return _Masked(cast(Any, self._facts).narrowed(rows))

    def window(self, rows: Any) -> Any:
        """Return facts of which a few figures are asked; they give out masked reports, too."""
        return _Masked(cast(Any, self._facts).window(rows))
