"""How fast reports that were read already are stored, and how fast one is opened with its history.

    python -m benchmarks.records [--reports 2000] [--batch 200] [--database postgresql://…]

Reports are made ready first (that is part of reading, and its time is shown beside); what counts is the time from the first batch
to the last commit. Opening is the median over a hundred reports, each with a correction, a decision, a second version and its
audit, everything decoded.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import msgspec

from benchmarks.written import made_reports, read_sample
from ogi.store.accepting import Accepted, accept_many
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.corrections import correct
from ogi.store.corrections import history as corrections_of
from ogi.store.decisions import decide
from ogi.store.listing import ReportFilter, list_reports
from ogi.store.location import Location
from ogi.store.reports import stored
from ogi.store.store import open_store

OPENED = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--database", help="an empty database; an SQLite file where none is given")
    options = parser.parse_args()
    sample = read_sample()
    start = time.perf_counter()
    ready = list(made_reports(sample, 0, options.reports))
    made = time.perf_counter() - start
    print(f"made ready, checks included      {options.reports / made:8.0f} reports/s")
    with tempfile.TemporaryDirectory() as folder:
        measure(Location.of(Path(folder), options.database), ready, options.batch)


def measure(location: Location, ready: list, batch: int) -> None:
    store, act = open_store(location), Act(by="trial", why="measuring")
    start, used = time.perf_counter(), time.process_time()
    numbers: list[int] = []
    for first in range(0, len(ready), batch):
        with store.records.writing() as c:
            accepted = accept_many(c, ready[first : first + batch], act)
        numbers += [one.report_id for one in accepted if isinstance(one, Accepted)]
    taken, used = time.perf_counter() - start, time.process_time() - used
    print(f"stored in batches of {batch:<12}{len(numbers) / taken:8.0f} reports/s ({used / taken:.0%} of it computing here)")
    start = time.perf_counter()
    store.publish()
    print(f"published                        {len(numbers) / (time.perf_counter() - start):8.0f} reports/s")
    for number in numbers[:OPENED]:
        with store.records.writing() as c:
            correct(c, number, "rules.issued", kind="misread", value=7, act=act, changes=0)
            finding = next(iter(stored(c, number).findings), None)
            if finding is not None:
                decide(c, number, finding, "confirmed", act=act)
            accept_many(c, [msgspec.structs.replace(ready[numbers.index(number)], part=2)], act)
    times = []
    used = time.process_time()
    for number in numbers[:OPENED]:
        start = time.perf_counter()
        with store.records.reading() as c:
            with_history(c, number)
        times.append(time.perf_counter() - start)
    used = (time.process_time() - used) / OPENED * 1000
    print(f"one report opened with history   {statistics.median(times) * 1000:8.2f} ms ({used:.2f} of it computing here)")
    times = []
    for number in numbers[OPENED : 2 * OPENED]:
        start = time.perf_counter()
        with store.records.writing() as c:
            correct(c, number, "rules.issued", kind="misread", value=7, act=act, changes=0)
        times.append(time.perf_counter() - start)
    print(f"one cell corrected               {statistics.median(times) * 1000:8.2f} ms")
    for words, wanted in (
        ("all", ReportFilter()),
        ("by name", ReportFilter(text="第77局")),
        ("errors", ReportFilter(severity="error")),
    ):
        start = time.perf_counter()
        with store.records.reading() as c:
            page = list_reports(c, wanted, limit=50)
        print(f"a page of the list, {words:<12} {(time.perf_counter() - start) * 1000:8.2f} ms ({page.total} found)")
    if location.is_sqlite:
        size = sum(path.stat().st_size for path in location.folder.glob("records.sqlite*"))
        print(f"size                             {size / len(numbers) / 1000:8.1f} kB a report, its document of 0.4 kB included")
    store.close()


def with_history(connection, number: int) -> None:
    stored(connection, number)
    corrections_of(connection, number)
    history(connection, report_id=number)


if __name__ == "__main__":
    main()
