"""How far it is, on the screen: a bar on a terminal, now and then a plain line anywhere else."""

from __future__ import annotations

import math
import time
from typing import TextIO

from tqdm import tqdm

from loaders.ingest.run import Tally
from ogi.labels import Labels
from ogi.store.ingests import FAILURES

_LINE_EVERY_SECONDS = 10.0


class Progress:
    """Told the tally some times a second; rate and remaining time are those of this start, not of an earlier one."""

    def __init__(self, stream: TextIO, labels: Labels) -> None:
        self._stream, self._labels = stream, labels
        self._bar: tqdm | None = None
        self._started_at = self._line_at = time.monotonic()
        self._before: int | None = None

    def __call__(self, tally: Tally) -> None:
        """Show how far it is."""
        if self._before is None:
            self._before = tally.done
            self._started_at = self._line_at = time.monotonic()
            if self._stream.isatty():
                self._bar = self._made(tally)
        if self._bar is not None:
            self._bar.total = tally.total
            self._bar.set_postfix_str(self._labels("ingest.failures", count=_failures(tally)), refresh=False)
            self._bar.update(tally.done - self._bar.n)
        elif time.monotonic() - self._line_at >= _LINE_EVERY_SECONDS:
            self._line_at = time.monotonic()
            print(
                line(tally, tally.done - self._before, self._line_at - self._started_at, self._labels),
                file=self._stream,
                flush=True,
            )

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        if self._bar is not None:
            self._bar.close()

    def _made(self, tally: Tally) -> tqdm:
        tqdm.monitor_interval = 0  # its thread would only be in the way
        return tqdm(
            total=tally.total,
            initial=tally.done,
            unit=self._labels("ingest.unit"),
            bar_format=self._labels("ingest.bar"),
            file=self._stream,
            dynamic_ncols=True,
            mininterval=0.2,
        )


def line(tally: Tally, done: int, seconds: float, labels: Labels) -> str:
    """Return how far it is in words: ``done`` files in ``seconds`` of this start."""
    rate = done / seconds if seconds > 0 else 0.0
    left = duration((tally.total - tally.done) / rate) if rate else "?"
    return labels("ingest.line", done=tally.done, total=tally.total, rate=f"{rate:.1f}", left=left, failures=_failures(tally))


def duration(seconds: float) -> str:
    """Return hours, minutes and seconds as ``1:02:03``, rounded up."""
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _failures(tally: Tally) -> int:
    return sum(tally.counts[outcome] for outcome in FAILURES)
