"""Stacked bars by year: one bar a year, one colour a part, counts or shares of the year's base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ogi.charts.clicks import stands_for
from ogi.charts.tally import Number, Tally
from ogi.charts.words import drawn, percent, written
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.labels import Labels

Basis = Literal["count", "share"]


@dataclass(frozen=True)
class Part:
    """One part of the stack."""

    key: str
    name: str
    colour: str


@dataclass(frozen=True)
class Stack:
    """The numbers of a stack: per part one value a year, and the base of each year."""

    years: tuple[int, ...]
    counts: Mapping[str, Sequence[Number | None]]
    bases: Sequence[Number | None]
    basis: Basis

    def values(self, key: str) -> list[int | float | None]:
        """Return what is drawn: counts, or per cent of the base where the base allows it."""
        if self.basis == "count":
            return drawn(self.counts[key])
        return [
            None if count is None or base is None or base < SMALLEST_BASE else round(float(count) * 100 / float(base), 4)
            for count, base in zip(self.counts[key], self.bases, strict=True)
        ]

    @property
    def small(self) -> list[int]:
        """The years whose base is 10–29."""
        return [
            y for y, base in zip(self.years, self.bases, strict=True) if base is not None and SMALLEST_BASE <= base < FULL_BASE
        ]

    @property
    def too_small(self) -> list[int]:
        """The years whose base is below 10, so that only counts are shown."""
        return [y for y, base in zip(self.years, self.bases, strict=True) if base is not None and base < SMALLEST_BASE]


def stack_of(tally: Tally, parts: Sequence[Part], base: str, basis: Basis) -> Stack:
    """Return the stack of a tally. Shares take only organs that have every part and the base, counts whatever is known."""
    totals = {year: tally.total(year, complete=True) if basis == "share" else tally.totals[year] for year in tally.years}
    counts = {part.key: [totals[year][part.key] for year in tally.years] for part in parts}
    return Stack(tally.years, counts, [totals[year][base] for year in tally.years], basis)


def bars(stack: Stack, parts: Sequence[Part], tally: Tally, *, axis: str = "", legend: bool = False) -> list[dict[str, Any]]:
    """Return one bar trace a part; hatched where a year is incomplete, pale where its base is small."""
    pale = [0.55 if stack.basis == "share" and year in stack.small else 1.0 for year in stack.years]
    return [
        {
            "type": "bar",
            "name": part.name,
            **stands_for(years=stack.years),
            "x": list(stack.years),
            "y": stack.values(part.key),
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "showlegend": legend,
            "legendgroup": part.key,
            "marker": {
                "color": part.colour,
                "opacity": pale,
                "line": {"width": 0.5, "color": "rgba(255,255,255,0.6)"},
                "pattern": hatched(tally),
            },
            "hovertext": _hover(stack, part),
            "hoverinfo": "text",
        }
        for part in parts
    ]


def hatched(tally: Tally) -> dict[str, Any]:
    """Return the pattern of bars by year: hatched where a year is incomplete."""
    shape = ["/" if year in tally.incomplete else "" for year in tally.years]
    return {"shape": shape, "fillmode": "overlay", "size": 6, "solidity": 0.25, "fgcolor": "rgba(255,255,255,0.8)"}


def _hover(stack: Stack, part: Part) -> list[str]:
    texts = []
    for year, count, base in zip(stack.years, stack.counts[part.key], stack.bases, strict=True):
        share = "" if count is None or base is None or base < SMALLEST_BASE else f" ({percent(count, base)}, n={written(base)})"
        texts.append(f"{year} · {part.name}: {written(count)}{share}")
    return texts


def ends(stack: Stack, parts: Sequence[Part]) -> list[tuple[str, str, float]]:
    """Return text, colour and height of each part in the middle of its piece of the last bar that holds anything."""
    columns = {part.key: stack.values(part.key) for part in parts}
    filled = [i for i in range(len(stack.years)) if any(values[i] is not None for values in columns.values())]
    if not filled:
        return [(part.name, part.colour, 0.0) for part in parts]
    last, below, found = filled[-1], 0.0, []
    for part in parts:
        value = columns[part.key][last] or 0.0
        found.append((part.name, part.colour, below + value / 2))
        below += value
    return found


def tallest(stack: Stack, parts: Sequence[Part]) -> float:
    """Return the height of the highest bar."""
    columns = [stack.values(part.key) for part in parts]
    return max((sum(value or 0 for value in values) for values in zip(*columns, strict=True)), default=0)


def base_notes(stack: Stack, labels: Labels) -> dict[int, str]:
    """Return what stands under each year: its base, or that it is missing."""
    known = dict(zip(stack.years, stack.bases, strict=True))
    return {
        year: labels("charts.axis.missing") if base is None else labels("charts.axis.base", n=written(base))
        for year, base in known.items()
    }


def small_notes(stack: Stack, labels: Labels) -> list[str]:
    """Return sentences about years whose base is small; nothing when counts are drawn."""
    if stack.basis == "count":
        return []
    join, notes = labels("charts.join"), []
    if stack.small:
        notes.append(labels("charts.small_base", years=join.join(map(str, stack.small))))
    if stack.too_small:
        notes.append(labels("charts.no_share", years=join.join(map(str, stack.too_small))))
    return notes
