"""What the sidebar offers: the organs, years and kinds of applicant at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from ogi.facts import Facts
from ogi.labels import Labels
from ogi.view.sentence import applicant_label, is_of_kind
from ogi.view.state import View, applicants


@dataclass(frozen=True)
class Option:
    """One thing to choose. ``count`` is the number of reports behind it."""

    id: str
    zh: str
    en: str
    count: int
    level: str = ""
    kind: str = ""
    region: str = ""

    def label(self, lang: str) -> str:
        """Return the label in ``lang``. Names of organs are Chinese in both languages."""
        return self.zh if lang == "zh" else self.en


def organ_options(facts: Facts, view: View | None = None) -> list[Option]:
    """Return the organs of a collection, higher levels first, then by name.

    Args:
        facts: the collection.
        view: keep only organs of its levels, kinds and regions; its organs, scope and years do not narrow the list.
    """
    entries = [entry for entry in facts.entries if view is None or is_of_kind(view, entry)]
    counts = Counter(entry.organ_id for entry in entries)
    newest = {entry.organ_id: entry for entry in sorted(entries, key=lambda entry: entry.report_year or 0)}
    options = [
        Option(str(organ), e.organ_name or "", e.organ_name or "", counts[organ], e.level, e.kind, e.region or "")
        for organ, e in newest.items()
    ]
    return sorted(options, key=lambda option: (level_rank(option.level), option.zh, option.id))


def year_options(facts: Facts) -> list[Option]:
    """Return the report years of a collection, newest first; ``id`` is the year as text."""
    counts = Counter(entry.report_year or 0 for entry in facts.entries)
    return [Option(str(year), str(year), str(year), counts[year]) for year in sorted(counts, reverse=True)]


def applicant_options(facts: Facts) -> list[Option]:
    """Return the kinds of applicant, the total first.

    ``count`` is the number of reports in which new applications of the kind are reported; a printed 0 is reported.
    """
    received = {name: facts.numbers[:, facts.column[f"applications.received.{name}"]] for name in applicants()}
    zh, en = Labels("zh"), Labels("en")
    return [
        Option(name, applicant_label(name, zh), applicant_label(name, en), int((~np.isnan(numbers)).sum()))
        for name, numbers in received.items()
    ]


_LEVELS = ("national", "province", "city", "zone", "county", "township", "unknown")


def level_rank(level: str) -> int:
    """Return the place of an administrative level in lists, 0 for the highest."""
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
