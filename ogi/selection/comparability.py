"""What may stand in one line: figures across editions, and the years in which law or form changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from ogi.checks.plan import rules_of
from ogi.column_formula import operands
from ogi.data_files import read_data
from ogi.form import Comparability, Concept, Form, load_form

_ORDER: tuple[Comparability, ...] = ("same", "caution", "not_comparable", "absent")


class Break(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of law or form to mark on an axis, between ``report_year`` and the year before."""

    id: str
    report_year: int
    date: str
    keys: tuple[str, ...]
    """Beginnings of the keys concerned; empty: every figure."""
    zh: str
    en: str
    source: str

    def label(self, lang: str) -> str:
        """Return the reason in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en

    def concerns(self, key: str) -> bool:
        """Whether the change touches this figure."""
        return not self.keys or key.startswith(self.keys)


@lru_cache(maxsize=1)
def all_breaks() -> tuple[Break, ...]:
    """Every change in ``ogi/data/breaks.yaml``, oldest first."""
    found = msgspec.convert(read_data("breaks.yaml")["breaks"], list[Break])
    return tuple(sorted(found, key=lambda item: (item.report_year, item.date)))


def breaks(key: str | Iterable[str], years: Iterable[int]) -> list[Break]:
    """Return the changes that concern ``key`` and fall after the first and up to the last of ``years``, oldest first.

    Several keys are those of one chart: a change that concerns any of them is returned once. A change before the first
    year separates nothing. ``(item.report_year, item.label(lang))`` is what an axis shows.
    """
    keys = (key,) if isinstance(key, str) else tuple(key)
    shown = set(years)
    if not shown:
        return []
    inside = [item for item in all_breaks() if min(shown) < item.report_year <= max(shown)]
    return [item for item in inside if any(map(item.concerns, keys))]


@lru_cache(maxsize=8192)
def joined(key: str, edition_a: str, edition_b: str) -> Comparability:
    """Return whether the figure ``key`` of two editions may stand in one line.

    ``same``: yes. ``caution``: yes, with a note. ``not_comparable``: both have a figure of that name or place, but they
    count different things. ``absent``: one of the two does not ask for it. The dictionary's map of concepts decides;
    a cell it does not name is the same where both editions have it (same key, same meaning).
    """
    if edition_a == edition_b:
        return "same"
    form = load_form()
    in_both = _is_asked(key, edition_a) and _is_asked(key, edition_b)
    concept, is_itself = _concept(form, key)
    if concept is None:
        return "same" if in_both else "absent"
    if not is_itself and not in_both:
        return "absent"
    if getattr(concept, edition_a, None) is None or getattr(concept, edition_b, None) is None:
        return "absent"
    return _between(concept, {edition_a, edition_b})


def _between(concept: Concept, editions: set[str]) -> Comparability:
    """The worst status on the way from the one edition to the other."""
    steps: list[Comparability] = []
    if "st2014" in editions:
        steps.append(concept.status_2014_2019)
    if "gf2021" in editions:
        steps.append(concept.status_2019_2021)
    return worst(steps) or "absent"


def worst(found: Iterable[Comparability]) -> Comparability | None:
    """Return the worst of these, ``same`` being the best and ``absent`` the worst; ``None`` where there is none."""
    return max(found, key=_ORDER.index, default=None)


def _concept(form: Form, key: str) -> tuple[Concept | None, bool]:
    """The concept a key belongs to, and whether it is named there itself.

    A single kind of applicant belongs to the concept of the total of its row.
    """
    row, _, _ = key.rpartition(".")
    candidates = (key, f"{row}.total") if key.startswith("applications.") else (key,)
    for candidate in candidates:
        for concept in form.comparability:
            if candidate in (concept.st2014, concept.gf2019, concept.gf2021):
                return concept, candidate == key
    return None, False


@lru_cache(maxsize=4096)
def _is_asked(key: str, edition: str) -> bool:
    """Whether an edition has the cell, or all that a derived figure is made of."""
    form = load_form()
    if form.cell(key) is not None:
        return form.cell(key, edition) is not None
    variants = rules_of(form).variants.get(key, ())
    own = next((variant for variant in variants if variant.edition == edition), variants[0] if variants else None)
    return own is not None and all(_is_asked(part, edition) for part in operands(own.formula))
