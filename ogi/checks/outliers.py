"""Figures that stand out: against the organ's own earlier years, and against its peers of the same year.

No mistake, only a hint with the comparison beside it. The middle is the median, the usual distance from it the median distance,
so that one odd report does not hide another. Small numbers are protected: what chance alone does to a count or a share is added
to the usual distance, and differences of a few cases, or shares of a small base, are never remarked.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from statistics import median
from typing import Literal, NamedTuple

import msgspec

from ogi.checks.context import ReportKey
from ogi.checks.expression import parse
from ogi.checks.figures import Figures
from ogi.checks.nodes import Node
from ogi.checks.quantity import is_number
from ogi.data_files import read_data
from ogi.form import Form
from ogi.report import Report

Against = Literal["history", "peers"]
_TO_DEVIATION = 1.4826
"""The median distance of a normal distribution times this is its standard deviation."""


class Measure(NamedTuple):
    """What is compared: a count (``of`` is empty) or the share of a part."""

    part: str
    of: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a share."""
        return bool(self.of)


class Observation(NamedTuple):
    """One figure of one report."""

    value: float
    """The count, or the share (of 1)."""
    base: float
    """For a share what it is taken of; for a count the count."""


class Unusual(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that stands out, with what it was compared with."""

    report: ReportKey
    measure: Measure
    against: Against
    value: float
    middle: float
    """The median of the others."""
    low: float
    high: float
    """Where a figure would still be usual; a share lies between 0 and 1."""
    score: float
    """How many usual distances it lies from the middle; negative below it."""
    compared: int
    """How many reports it was compared with."""


def measures() -> tuple[Measure, ...]:
    """Return what is compared, in the order of the data."""
    rules = read_data("outliers.yaml")
    return (*(Measure(key) for key in rules["counts"]), *(Measure(row["part"], row["of"]) for row in rules["shares"]))


def observations(report: Report, form: Form) -> dict[Measure, Observation]:
    """Return the figures of a report that can be compared; one that is not known is left out, and never 0."""
    figures = Figures(report, form)
    found: dict[Measure, Observation] = {}
    for measure in measures():
        part, whole = _number(measure.part, figures), _number(measure.of, figures) if measure.of else None
        if part is None or (measure.is_share and not whole):
            continue
        found[measure] = Observation(part / whole if whole else part, whole or part)
    return found


def unusual(seen: Mapping[ReportKey, Mapping[Measure, Observation]], peers: Callable[[ReportKey], object]) -> tuple[Unusual, ...]:
    """Return every figure that stands out, the most unusual first.

    Args:
        seen: the figures of all reports.
        peers: what makes two reports of one year peers, for example kind and level of the organ; ``None`` for one without.
    """
    history: dict[tuple[str, str, Measure], list[tuple[int, Observation]]] = defaultdict(list)
    groups: dict[tuple[object, int, str, Measure], list[tuple[ReportKey, Observation]]] = defaultdict(list)
    for key, found in seen.items():
        group = peers(key)
        for measure, one in found.items():
            history[key.organ, key.scope, measure].append((key.year, one))
            if group is not None:
                groups[group, key.year, key.scope, measure].append((key, one))
    hints: list[Unusual] = []
    for key, found in seen.items():
        for measure, one in found.items():
            earlier = [other for year, other in history[key.organ, key.scope, measure] if year < key.year]
            if (usual := _usual(measure, earlier, "history")) is not None:
                hints += _judged(key, measure, one, usual)
    for (_, _, _, measure), members in groups.items():
        usual = _usual(measure, [one for _, one in members], "peers")
        for key, one in members if usual is not None else ():
            hints += _judged(key, measure, one, usual)  # type: ignore[arg-type]
    return tuple(sorted(hints, key=lambda hint: (-abs(hint.score), hint.report, hint.measure)))


class _Usual(NamedTuple):
    """What is usual among some reports."""

    against: Against
    middle: float
    """The median figure."""
    centre: float
    """The median on the scale of ratios or odds."""
    spread: float
    compared: int


def _usual(measure: Measure, others: Sequence[Observation], against: Against) -> _Usual | None:
    """What is usual among ``others``; ``None`` where they are too few. Of peers the whole group counts, the report included."""
    rules = read_data("outliers.yaml")
    if measure.is_share:
        others = [other for other in others if other.base >= rules["smallest"]["base"]]
    compared = len(others) - (against == "peers")
    if compared < rules["fewest"][against]:
        return None
    scale = _logit if measure.is_share else _ratio
    places = [scale(other)[0] for other in others]
    centre = median(places)
    spread = _TO_DEVIATION * median(abs(place - centre) for place in places)
    return _Usual(against, median(other.value for other in others), centre, max(spread, rules["usual"]), compared)


def _judged(key: ReportKey, measure: Measure, one: Observation, usual: _Usual) -> Iterator[Unusual]:
    rules = read_data("outliers.yaml")
    few = abs(one.value - usual.middle) < rules["smallest"]["difference"]
    if one.base < rules["smallest"]["base"] if measure.is_share else few:
        return
    scale, back = (_logit, _from_logit) if measure.is_share else (_ratio, _from_ratio)
    place, chance = scale(one)
    _, chance_of_middle = scale(Observation(usual.middle, one.base if measure.is_share else usual.middle))
    distance = math.sqrt(usual.spread**2 + chance + chance_of_middle)
    score = (place - usual.centre) / distance
    if abs(score) >= rules["threshold"]:
        low, high = (back(usual.centre + side * rules["threshold"] * distance) for side in (-1, 1))
        yield Unusual(
            report=key, measure=measure, against=usual.against, value=one.value, middle=usual.middle, low=low, high=high,
            score=score, compared=usual.compared,
        )  # fmt: skip


def _ratio(one: Observation) -> tuple[float, float]:
    """A count on the scale of ratios, and the variance chance alone gives it there."""
    return math.log(one.value + 1), 1 / (one.value + 1)


def _from_ratio(place: float) -> float:
    return max(0.0, math.exp(place) - 1)


def _logit(one: Observation) -> tuple[float, float]:
    """A share on the scale of odds, with half a case added to either side, and the variance chance alone gives it there."""
    part = one.value * one.base
    yes, no = part + 0.5, one.base - part + 0.5
    return math.log(yes / no), 1 / yes + 1 / no


def _from_logit(place: float) -> float:
    return 1 / (1 + math.exp(-place))


def _number(formula: str, figures: Figures) -> float | None:
    value = _parsed(formula).evaluate(figures).value
    return float(value) if is_number(value) else None  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _parsed(formula: str) -> Node:
    return parse(formula, rule="outliers")
