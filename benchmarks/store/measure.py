"""What is measured of a library, through the doors that pages use.

What pages keep of each other's frames is let go before every turn: a frame that is at hand takes a tenth of a millisecond and
says nothing. Columns of the library stay in memory, as they do in a server.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.store.generate import organ_of, rows_of
from ogi.library import Library
from ogi.selection import Selection, select
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot
from ogi.view import View

SIX = (
    "applications.received.total", "applications.granted.total", "applications.denied_all.total", "reconsideration.total",
    "penalty.decisions", "fees.amount_wan_yuan",
)  # fmt: skip
_MEMORY = "350 MB at 50,000, 2,000 MB at 2,000,000"
YEAR, ORGAN = 2023, organ_of(1234)


class Line(NamedTuple):
    """One line of the table."""

    work: str
    found: str
    limit: str


def measured(folder: Path, turns: int) -> Iterator[Line]:
    """Measure one thing after the other."""
    nation = View(collection="library", scope="own")
    snapshot = Snapshot(folder)
    yield from _figures(snapshot, nation, turns)
    yield Line("memory of this process", _memory(), _MEMORY)
    yield from _changes(folder, snapshot, nation, turns)
    parquet, packed = (sum(path.stat().st_size for path in folder.glob(f"*{suffix}")) for suffix in (".parquet", ".rows"))
    yield Line("files", f"Parquet {parquet / 1e6:.0f} MB, packed rows {packed / 1e6:.0f} MB", "")
    yield Line("memory after the changes", _memory(), _MEMORY)


def _figures(snapshot: Snapshot, nation: View, turns: int) -> Iterator[Line]:
    """What pages ask of one generation, which nobody holds any more in the end."""
    started = time.perf_counter()
    view = snapshot.view()
    library = Library(kept=view)
    yield Line(f"open {len(view):,} reports", f"{time.perf_counter() - started:.1f} s", "")
    yield Line("… and who reports, once a generation", _once(lambda: view.identity), "")
    work: list[tuple[str, Callable[[], Any], str]] = [
        ("six sums by year, frame included", lambda: _select(library, nation).totals(SIX), "30"),
        ("a rate by year", lambda: _select(library, nation).totals(["I04_grant_rate"]), "30"),
        ("province × year sums, frame included", lambda: _select(library, nation).by_province(SIX[:1]), "30"),
        ("one organ, all values, all years: rows", lambda: view.rows_at(_rows_of_organ(library)), "25"),
        ("… as a frame of every cell, year and state", lambda: _one(library).long(list(view.column)), "25"),
        ("top 20 of a year", lambda: _select(library, nation).top(SIX[0], YEAR), "10"),
        ("percentile among peers", lambda: _select(library, nation).percentile(ORGAN, SIX[0], YEAR), "10"),
        ("six headlines with change over the same organs", lambda: _select(library, nation).headline(SIX), ""),
    ]
    for name, call, limit in work:
        call()
        yield Line(name, _median(call, turns, view.kept.forget), limit)


def _changes(folder: Path, snapshot: Snapshot, nation: View, turns: int) -> Iterator[Line]:
    """One report changes: written, noticed, and shown in sums again."""
    publisher = Publisher(folder)
    written, noticed, shown = [], [], []
    for turn in range(max(3, turns // 3)):
        row = rows_of(YEAR, 0, 1, version=turn + 2)[0]
        started = time.perf_counter()
        publisher.publish([row])
        written.append(time.perf_counter() - started)
        started = time.perf_counter()
        view = snapshot.view()
        noticed.append(time.perf_counter() - started)
        _select(Library(kept=view), nation).totals(SIX)
        shown.append(time.perf_counter() - started)
    limit = "1,000 ms at 50,000, 3,000 ms at 2,000,000"
    yield Line("one changed report published", f"{1000 * statistics.median(written):.0f} ms", "")
    yield Line("… noticed by a reader", f"{1000 * statistics.median(noticed):.0f} ms", "")
    total = statistics.median(written) + statistics.median(shown)
    yield Line("from the change to six sums with it", f"{1000 * total:.0f} ms", limit)


def _select(library: Library, view: View) -> Selection:
    return select(library, view)


def _one(library: Library) -> Selection:
    return select(library, View(collection="library", organs=(ORGAN,)))


def _rows_of_organ(library: Library) -> Any:
    organs = library.kept.words("organ_id")  # type: ignore[union-attr]
    code = organs.tolist().index(ORGAN)
    return (library.kept.codes_of_identity["organ_id"] == code).nonzero()[0]  # type: ignore[union-attr]


def _median(call: Callable[[], Any], turns: int, forget: Callable[[], None]) -> str:
    clock, processor = [], []
    for _ in range(turns):
        forget()
        started, used = time.perf_counter(), time.thread_time()
        call()
        clock.append(time.perf_counter() - started)
        processor.append(time.thread_time() - used)
    return f"{1000 * statistics.median(clock):.1f} ({1000 * statistics.median(processor):.1f})"


def _once(call: Callable[[], Any]) -> str:
    started = time.perf_counter()
    call()
    return f"{time.perf_counter() - started:.1f} s"


def _memory() -> str:
    """How much of this process is in memory; nothing where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return ""
    return f"{int(Path('/proc/self/statm').read_text(encoding='ascii').split()[1]) * 4096 / 1e6:.0f} MB"
