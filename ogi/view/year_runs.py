"""Years in a row taken together: 2019, 2020, 2021, 2023 are two runs."""

from __future__ import annotations

from collections.abc import Iterable


def year_runs(years: Iterable[int], dash: str) -> list[str]:
    """Return the runs of ascending years as text: ``(2019, 2020, 2021, 2023)`` → ``["2019-2021", "2023"]``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs]
