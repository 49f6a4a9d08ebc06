"""The numbers of a brief: how they are written, and what must be known to find each of them again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ogi.charts.words import measure_name, measure_unit, written
from ogi.checks.expression import fill
from ogi.checks.plan import rules_of
from ogi.form import load_form
from ogi.indicators import FULL_BASE, RATE_DECIMALS, SMALLEST_BASE
from ogi.labels import Labels, messages

_UNIT_BEHIND = re.compile(r"（单位：.*?）| \(unit: .*?\)")


@dataclass(frozen=True, kw_only=True)
class Used:
    """One number that is printed, with its origin."""

    name: str
    """What it is, in words."""
    key: str
    """Cell, derived figure or indicator."""
    formula: str
    """How it was made, in keys; ``""`` for what stands in a report as it is."""
    year: int
    """Report year."""
    who: str
    """The agency, or how many there are."""
    text: str
    """As it is printed, with its unit."""
    value: float
    """Rates in percent are 0–100."""
    known: int = 1
    """Agencies with a number …"""
    expected: int = 1
    """… of those shown."""


def name_of(key: str, labels: Labels) -> str:
    """Return the name of a figure, without the unit the form prints behind it."""
    return _UNIT_BEHIND.sub("", measure_name(labels, key))


def unit_of(key: str) -> str:
    """Return the key of the unit of a figure; ``""`` for none."""
    return measure_unit(key) or ""


def formula_of(key: str) -> str:
    """Return how a figure is made, in keys; ``""`` for a cell of the form. An edition that makes it otherwise is named."""
    form = load_form()
    if key in form.indicators:
        return form.indicators[key].formula
    variants = rules_of(form).variants.get(key, ())
    ways = []
    for variant in variants:
        own = variant.edition is not None
        text = fill(variant.rule.formula_gf2019 or "" if own else variant.rule.formula, variant.of)
        ways.append(f"{variant.edition}: {text}" if own else text)
    return "; ".join(ways)


def said(value: float, unit: str, labels: Labels) -> str:
    """Return a number with its unit: 3,525件, 54.0%, 4.8件/百件. A share and its change never have the same unit."""
    number = f"{value:,.{RATE_DECIMALS[unit]}f}" if unit in RATE_DECIMALS else written(round(value, 4))
    number = number.replace("-", "−")
    key = f"brief.number.{unit or 'none'}"
    return labels(key, n=number) if key in messages() else labels("brief.number.other", n=number, unit=labels.unit(unit))


def difference_said(value: float, unit: str, labels: Labels) -> str:
    """Return the size of a change without its sign: of shares in percentage points; one that would be printed as 0 is named."""
    own = "pp" if unit == "percent" else unit
    if own in RATE_DECIMALS and value and round(abs(value), RATE_DECIMALS[own]) == 0:
        return labels("brief.number.tiny", unit=labels.unit(own))
    return said(abs(value), own, labels)


def base_said(part: float, base: float, labels: Labels) -> str:
    """Return what a rate is a part of, marked where it rests on 10–29: （12/24，样本偏少）."""
    small = SMALLEST_BASE <= base < FULL_BASE
    return labels("brief.number.base_small" if small else "brief.number.base", part=written(part), base=written(base))
