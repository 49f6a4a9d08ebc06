"""Measuring in pairs: what is compared runs in turns in one process, and the medians of the turns are compared.

Processor time (user and system) is what a task costs whoever else uses the machine; the time on the clock is what one waits.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """Medians over the turns, in seconds."""

    cpu: float
    wall: float

    def __truediv__(self, count: float) -> Cost:
        """The cost of one of ``count`` equal parts."""
        return Cost(self.cpu / count, self.wall / count)


def paired(tasks: Mapping[str, Callable[[], object]], turns: int, warm: int = 2) -> dict[str, Cost]:
    """Run all tasks in turns and return the cost of each; ``warm`` turns before are not counted."""
    spent: dict[str, list[Cost]] = {name: [] for name in tasks}
    for turn in range(warm + turns):
        for name, task in tasks.items():
            cost = _once(task)
            if turn >= warm:
                spent[name].append(cost)
    return {name: _median(costs) for name, costs in spent.items()}


def paired_programs(programs: Mapping[str, Sequence[str]], turns: int, warm: int = 1) -> dict[str, Cost]:
    """Run Python programs in turns, each in a process of its own from start to end, and return the cost of each."""
    return paired_costs({name: lambda words=words: _program(words) for name, words in programs.items()}, turns, warm)


def paired_costs(tasks: Mapping[str, Callable[[], Cost]], turns: int, warm: int = 1) -> dict[str, Cost]:
    """As :func:`paired`, for tasks that measure themselves."""
    spent: dict[str, list[Cost]] = {name: [] for name in tasks}
    for turn in range(warm + turns):
        for name, task in tasks.items():
            cost = task()
            if turn >= warm:
                spent[name].append(cost)
    return {name: _median(costs) for name, costs in spent.items()}


def _once(task: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    task()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def _program(words: Sequence[str]) -> Cost:
    wall = time.perf_counter()
    # As on a machine where it was started before: Python keeps what it compiled, unless this variable forbids it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(words)} failed")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - wall)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.cpu for cost in costs), statistics.median(cost.wall for cost in costs))
