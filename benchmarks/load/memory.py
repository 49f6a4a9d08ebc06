"""Memory of a process over time, and how fast it grows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np


def resident(process: int) -> float:
    """Memory of a process in MB (RSS); 0 where the system does not tell."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0.0)


@dataclass
class Watch:
    """Memory of one process, looked at every few seconds."""

    process: int
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def watch(self, stop: Event) -> None:
        """Look until ``stop``."""
        started = time.monotonic()
        while True:
            self.seconds.append(time.monotonic() - started)
            self.megabytes.append(resident(self.process))
            if stop.wait(5):
                return


def slope(places: Sequence[float], values: Sequence[float]) -> float:
    """Return the growth per unit of ``places`` by least squares; NaN for fewer than three points."""
    return float(np.polyfit(places, values, 1)[0]) if len(places) > 2 else float("nan")
