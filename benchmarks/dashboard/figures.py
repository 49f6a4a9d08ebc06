"""Figures of many organs: how long they take to build, and as files for the browser to draw."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ogi.charts import Chart
from ogi.charts.agencies import multiples, ordered, spread, years_heat
from ogi.comparison.organ_grid import OrganGrid
from ogi.labels import Labels

YEARS = tuple(range(2019, 2026))
LABELS = Labels("zh")
FIGURES: dict[str, Callable[[OrganGrid], Chart]] = {
    "ordered": lambda grid: ordered(grid, labels=LABELS, year=YEARS[-1]),
    "heat map": lambda grid: years_heat(grid, labels=LABELS),
    "small multiples": lambda grid: multiples(grid, labels=LABELS),
    "distribution": lambda grid: spread(grid, labels=LABELS, year=YEARS[-1]),
}


def grid_of(organs: int) -> OrganGrid:
    """So many organs over seven years, some of them with gaps."""
    draw = np.random.default_rng(20190515)
    shape = (organs, len(YEARS))
    values = np.floor(draw.pareto(1.2, shape) * 40)
    gaps = draw.random(shape) < 0.03
    nothing = np.full(shape, np.nan)
    words = np.full(shape, "gf2021", dtype=object)
    return OrganGrid(
        key="applications.received.total",
        basis="count",
        unit="jian",
        organs=tuple(f"o{number:010d}" for number in range(organs)),
        names=tuple(f"示例市第{number}局" for number in range(organs)),
        scopes=("own",) * organs,
        years=YEARS,
        values=np.where(gaps, np.nan, values),
        states=np.where(gaps, "no_report", "reported").astype(object),
        numerators=nothing,
        denominators=nothing,
        report_ids=np.where(gaps, "", "report").astype(object),
        editions=words,
    )


def built(turns: int) -> Iterator[tuple[str, float, float]]:
    """Name, median and longest milliseconds of processor time to build each figure of a hundred organs."""
    grid = grid_of(100)
    for name, make in FIGURES.items():
        make(grid)
        times = []
        for _ in range(turns):
            started = time.thread_time()
            make(grid)
            times.append(1000 * (time.thread_time() - started))
        yield name, statistics.median(times), max(times)


def write_figure(name: str, organs: int, folder: Path) -> Path:
    """Write a figure as the browser gets it."""
    path = folder / f"{name.replace(' ', '_')}_{organs}.json"
    path.write_text(json.dumps(FIGURES[name](grid_of(organs)).figure, default=_plain), encoding="utf-8")
    return path


def _plain(value: Any) -> Any:
    return value.tolist()
