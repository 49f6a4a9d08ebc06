"""What the sidebar offers: the organs, years and kinds of applicant at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ogi.facts import FactsSource
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


def organ_options(facts: FactsSource, view: View | None = None) -> list[Option]:
    """Return the organs of a collection, higher levels first, then by name.

    Args:
        facts: the collection.
        view: keep only organs of its levels, kinds and regions; its organs, scope and years do not narrow the list.
    """
    identity = facts.identity
    if view is not None:
        identity = identity.loc[is_of_kind(view, identity)]
    counts: dict[str, int] = identity["organ_id"].value_counts().to_dict()
    newest = identity.sort_values("report_year", kind="stable").drop_duplicates("organ_id", keep="last")
    columns = (newest[name].tolist() for name in ("organ_id", "organ_name", "level", "kind", "region"))
    options = [
        Option(organ, name, name, counts[organ], level, kind, region if isinstance(region, str) else "")
        for organ, name, level, kind, region in zip(*columns, strict=True)
    ]
    return sorted(options, key=lambda option: (level_rank(option.level), option.zh, option.id))


def year_options(facts: FactsSource) -> list[Option]:
    """Return the report years of a collection, newest first; ``id`` is the year as text."""
    counts = facts.identity["report_year"].value_counts().sort_index(ascending=False)
    return [Option(str(year), str(year), str(year), int(count)) for year, count in counts.items()]


def applicant_options(facts: FactsSource) -> list[Option]:
    """Return the kinds of applicant, the total first.

    ``count`` is the number of reports in which new applications of the kind are reported; a printed 0 is reported.
    """
    received = {name: facts.printed(f"applications.received.{name}") for name in applicants()}
    zh, en = Labels("zh"), Labels("en")
    return [
        Option(name, applicant_label(name, zh), applicant_label(name, en), int((~np.isnan(numbers)).sum()))
        for name, numbers in received.items()
    ]


_LEVELS = ("national", "province", "city", "zone", "county", "township", "unknown")


def level_rank(level: str) -> int:
    """Return the place of an administrative level in lists, 0 for the highest."""
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
