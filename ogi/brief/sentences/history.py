"""A figure against its own past: whether the newest number is the largest or smallest, and whether it went on one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ogi.brief.number import Used, base_said, formula_of, name_of, said, unit_of
from ogi.brief.sentences.sentence import Sentence
from ogi.indicators import FULL_BASE
from ogi.labels import Labels

FEWEST_YEARS = 4
"""Of fewer years the largest is not named: of two or three one always is."""
FEWEST_STEPS = 3


@dataclass(frozen=True)
class Past:
    """One year of a figure that may be set against the newest one."""

    year: int
    value: float
    """Rates in percent are 0–100."""
    part: float | None = None
    base: float | None = None
    """Of a rate."""


def record_sentence(key: str, past: Sequence[Past], labels: Labels, *, who: str) -> Sentence | None:
    """Return that the newest number is the largest or smallest of at least four years; ``None`` where it is not, or shares it.

    Args:
        key: the figure.
        past: the years with a number that may be compared, oldest first.
        labels: the language.
        who: the agency, or how many there are.
    """
    known = _full(past)
    if len(known) < FEWEST_YEARS or known[-1] is not past[-1]:
        return None
    *earlier, newest = known
    if all(newest.value > other.value for other in earlier):
        kind, nearest = "most", max(earlier, key=lambda other: other.value)
    elif all(newest.value < other.value for other in earlier):
        kind, nearest = "least", min(earlier, key=lambda other: other.value)
    else:
        return None
    if newest.base is not None:
        kind = {"most": "highest", "least": "lowest"}[kind]
    numbers = [_used(key, of, labels, who) for of in (newest, nearest)]
    text = labels(
        f"brief.text.record_{kind}",
        name=name_of(key, labels), year=newest.year, value=numbers[0].text, first=known[0].year, count=len(known),
        other_year=nearest.year, other=numbers[1].text,
    )  # fmt: skip
    return Sentence(text=text, way="stands_out", key=key, numbers=tuple(numbers))


def run_sentence(key: str, past: Sequence[Past], labels: Labels, *, who: str) -> Sentence | None:
    """Return that a figure rose, or fell, in each of at least the last three years without a gap; ``None`` where it did not."""
    known = _full(past)
    if not known or known[-1] is not past[-1]:
        return None
    run = [known[-1]]
    ups: set[bool] = set()
    for other in reversed(known[:-1]):
        step = run[0].value - other.value
        if other.year != run[0].year - 1 or step == 0 or len(ups | {step > 0}) > 1:
            break
        ups.add(step > 0)
        run.insert(0, other)
    if len(run) - 1 < FEWEST_STEPS:
        return None
    numbers = [_used(key, of, labels, who) for of in run]
    values = labels("brief.text.then").join(labels("brief.text.of_year", year=n.year, value=n.text) for n in numbers)
    way = "up" if True in ups else "down"
    said_run = labels(f"brief.text.run_{way}", name=name_of(key, labels), count=len(run) - 1, values=values)
    return Sentence(text=said_run, way="stands_out", key=key, numbers=tuple(numbers))


def _full(past: Sequence[Past]) -> list[Past]:
    """Nothing is called high or low on a base below 30."""
    return [of for of in past if of.base is None or of.base >= FULL_BASE]


def _used(key: str, of: Past, labels: Labels, who: str) -> Used:
    text = said(of.value, unit_of(key), labels)
    if of.part is not None and of.base is not None:
        text += base_said(of.part, of.base, labels)
    return Used(
        name=name_of(key, labels), key=key, formula=formula_of(key), year=of.year, who=who, text=text, value=of.value
    )  # fmt: skip
