"""One measure of many organs over years, in the unit in which it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ogi.charts.tally import Number, Series, Tally, exact
from ogi.charts.words import measure_name, measure_unit, written
from ogi.indicators import SMALLEST_BASE, wilson
from ogi.labels import Labels


@dataclass(frozen=True)
class MeasureByOrgan:
    """One measure of every series and year, in the unit shown: a rate in percent as 0–100."""

    key: str
    name: str
    unit: str
    is_rate: bool
    years: tuple[int, ...]
    names: Mapping[Series, str]
    numbers: Mapping[tuple[Series, int], Number]
    """Only what may be shown: no rate with a base below 10."""
    bases: Mapping[tuple[Series, int], Number]
    parts: Mapping[tuple[Series, int], Number] = field(default_factory=dict)
    """Of a share in percent: what is a part of the base."""

    def interval(self, series: Series, year: int) -> tuple[float, float] | None:
        """Return Wilson's 95 % interval of a share that is shown, in percent; ``None`` for what is no share."""
        place = (series, year)
        if place not in self.numbers or place not in self.parts or place not in self.bases:
            return None
        ends = wilson(float(self.parts[place]), float(self.bases[place]))
        return None if ends is None else (round(ends[0] * 100, 2), round(ends[1] * 100, 2))

    def row(self, series: Series) -> list[Number | None]:
        """Return the numbers of a series by year, gaps as ``None``."""
        return [self.numbers.get((series, year)) for year in self.years]

    def written(self, number: Number) -> str:
        """Return a number with its unit where it is a rate."""
        return f"{number:.1f}%" if self.unit == "%" else written(round(number, 4))


def measure_by_organ(frame: pd.DataFrame, key: str, labels: Labels) -> MeasureByOrgan:
    """Take one measure out of a long frame or a frame of rates (``numerator``, ``denominator``, see ``Selection.rates``).

    Rates in percent are fractions in the frame (0.436) and percentages here (43.6).
    """
    tally = Tally(frame, [key])
    unit_key = measure_unit(key)
    factor = 100 if unit_key == "percent" else 1
    numbers = {place: number * factor for place, number in tally.numbers_of(key).items()}
    bases = _counts(frame, key, "denominator")
    parts = _counts(frame, key, "numerator") if factor == 100 else {}
    is_rate = factor == 100 or bool(bases)
    for place, base in bases.items():
        if base < SMALLEST_BASE:
            numbers.pop(place, None)
    unit = labels.unit(unit_key)
    unit = "%" if unit_key == "percent" else unit
    return MeasureByOrgan(key, measure_name(labels, key), unit, is_rate, tally.years, tally.series, numbers, bases, parts)


def _counts(frame: pd.DataFrame, key: str, name: str) -> dict[tuple[Series, int], Number]:
    if name not in frame.columns:
        return {}
    rows = frame[(frame["key"] == key) & frame[name].notna()]
    columns = (rows[column] for column in ("organ_id", "scope", "report_year", name))
    found = {((o, s), int(y)): exact(count) for o, s, y, count in zip(*columns, strict=True)}
    return {place: count for place, count in found.items() if count is not None}


def extremes(data: MeasureByOrgan, known: Sequence[tuple[Number, str]]) -> dict[str, str]:
    """Return the words for the highest and the lowest of ``known`` (highest first)."""
    (top_n, top), (low_n, low) = known[0], known[-1]
    return {"top": top, "top_n": data.written(top_n), "low": low, "low_n": data.written(low_n)}
