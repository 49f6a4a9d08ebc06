"""Print how the dashboard bears many readers, an editor and bulk reading at once, beside the bare page under the same load.

usage: python -m benchmarks.load FOLDER [--only together sessions] [--minutes 20] [--readers 50] [--reports 300] [--workers 1]
                                        [--sessions 2000] [--drawn 50000]

FOLDER must be outside the checkout; a store is furnished there where it is not there yet, and every run works on a copy of it.
The readers of the bare page are as many and as quick, at the same time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.dashboard.place import furnish, names_of_the_city
from benchmarks.dashboard.server import BARE, ROOT, Server
from benchmarks.ingest import variants
from benchmarks.load.memory import Watch, slope
from benchmarks.load.reader import Reader, Seen, read_bare
from benchmarks.load.sessions import open_and_close
from benchmarks.load.writers import Written, hand_in, ingest

PARTS = ("sessions", "together")
APP = "benchmarks.load.alive:app"
_OF_THE_EDITOR, _MOST_OF_THE_EDITOR = 100_000, 10_000
"""The first of the editor's files, which come after those of bulk reading, and how many there are at most."""


def main() -> None:
    """Furnish, load, print; ends with 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the store is, or is to be furnished")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS, help="parts to run")
    parser.add_argument("--minutes", type=float, default=20, help="how long all read and write together")
    parser.add_argument("--readers", type=int, default=50, help="readers of the dashboard, and as many of the bare page")
    parser.add_argument("--reports", type=int, default=300, help="files in each folder of bulk reading, which goes on to the end")
    parser.add_argument("--workers", type=int, default=1, help="processes of bulk reading")
    parser.add_argument("--sessions", type=int, default=2000, help="sessions opened and closed")
    parser.add_argument("--drawn", type=int, default=50_000, help="reports drawn into the store")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if folder.is_relative_to(ROOT):
        parser.error("the folder must be outside the checkout")
    furnish(folder, options.drawn)
    wrong = []
    for part in options.only:
        with TemporaryDirectory(dir=folder.parent) as place:
            store = Path(shutil.copytree(folder, Path(place, "store")))
            wrong += _sessions(store, options.sessions) if part == "sessions" else _together(store, Path(place), options)
    raise SystemExit(1 if wrong else 0)


def _together(store: Path, place: Path, options: argparse.Namespace) -> list[str]:
    names, stop = names_of_the_city(), Event()
    ours, theirs, written = Seen(), Seen(), Written()
    begun = os.getloadavg()[0]
    with Server("bare_app:app", BARE) as bare, Server(APP, ROOT, store) as server:
        server.wait_for_samples()
        watches = [Watch(server.process.pid), Watch(bare.process.pid)]
        jobs = [
            *((Reader(number, server.port, names, ours).read, (stop,)) for number in range(options.readers)),
            *((read_bare, (number, bare.port, theirs, stop)) for number in range(options.readers)),
            *((watch.watch, (stop,)) for watch in watches),
            (hand_in, (server.address, variants(_MOST_OF_THE_EDITOR, _OF_THE_EDITOR), written, stop)),
            (ingest, (place, store, options.reports, options.workers, written, stop)),
        ]
        threads = [Thread(target=work, args=args) for work, args in jobs]
        used = server.seconds()
        for thread in threads:
            thread.start()
        time.sleep(options.minutes * 60)
        used, ended = server.seconds() - used, os.getloadavg()[0]
        stop.set()
        for thread in threads:
            thread.join()
    wrong = [*ours.errors, *ours.mixed(), *theirs.errors, *written.errors]
    print(f"Load of the machine {begun:.1f} before, {ended:.1f} at the end; {options.minutes:g} minutes\n")
    print(f"| {options.readers} readers each | interactions | median ms | p95 | longest | first view ms | MB at the end | MB/h |")
    print("|---|" + "---:|" * 7)
    for name, seen, watch in (("dashboard", ours, watches[0]), ("bare page", theirs, watches[1])):
        print(f"| {name} | {_row(seen, watch)} |")
    print(f"\nSentences checked: {ours.sentences}. The server took {100 * used / options.minutes / 60:.0f} % of a core.")
    done = ", ".join(f"{count} × {status}" for status, count in sorted(written.answers.items())) or "none"
    slowest = (
        f", median {statistics.median(written.seconds):.1f} s, longest {max(written.seconds):.1f} s" if written.seconds else ""
    )
    print(f"Files handed in: {done}{slowest}. Bulk reading: {written.ingests} folders, {written.files} files read to the end.")
    return _told(wrong)


def _row(seen: Seen, watch: Watch) -> str:
    times, half = sorted(seen.milliseconds) or [float("nan")], len(watch.seconds) // 2
    late = times[min(len(times) - 1, int(len(times) * 0.95))]
    growth = 3600 * slope(watch.seconds[half:], watch.megabytes[half:])
    first = statistics.median(seen.first) if seen.first else float("nan")
    numbers = f"{statistics.median(times):.0f} | {late:.0f} | {times[-1]:.0f} | {first:.0f}"
    return f"{len(seen.milliseconds)} | {numbers} | {watch.megabytes[-1]:.0f} | {growth:+.0f}"


def _sessions(store: Path, count: int) -> list[str]:
    begun = os.getloadavg()[0]
    with Server(APP, ROOT, store) as server:
        server.wait_for_samples()
        left = open_and_close(server, sorted(names_of_the_city()), count)
    half = len(left.opened) // 2
    print(f"\nLoad of the machine {begun:.1f} before, {os.getloadavg()[0]:.1f} at the end\n")
    print("| Sessions opened and closed | MB before | MB after | MB per 1 000 | of the second half |\n|---|---:|---:|---:|---:|")
    slopes = [1000 * slope(left.opened[start:], left.megabytes[start:]) for start in (0, half)]
    print(f"| {count:,} | {left.megabytes[0]:.0f} | {left.megabytes[-1]:.0f} | {slopes[0]:+.1f} | {slopes[1]:+.1f} |")
    print("\n| Alive in the server | after the warm-up | at the end |\n|---|---:|---:|")
    for kind, number in left.before.items():
        print(f"| {kind} | {number:,} | {left.after[kind]:,} |")
    return _told(left.errors)


def _told(wrong: list[str]) -> list[str]:
    print(f"\nErrors: {len(wrong)}")
    for line in wrong[:20]:
        print(f"- {line}")
    return wrong


if __name__ == "__main__":
    main()
