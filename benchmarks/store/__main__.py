"""Print how long the library takes at the size of a country, as a Markdown table.

usage: python -m benchmarks.store FOLDER [--reports 2000000]

FOLDER must be outside the checkout; what is not there yet is drawn first (two million reports: some minutes, 0.7 GB). Times are
warm medians in ms, in brackets the processor time of the thread: on a busy machine that is the figure to compare.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

from benchmarks.store.generate import generate
from benchmarks.store.measure import Line, measured


def main() -> None:
    """Draw what is missing, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the reports are, or are to be drawn")
    parser.add_argument("--reports", type=int, default=2_000_000, help="how many to draw")
    parser.add_argument("--turns", type=int, default=15, help="how often each thing is measured")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if folder.is_relative_to(Path(__file__).resolve().parents[2]):
        parser.error("the folder must be outside the checkout")
    if not (folder / "snapshot.json").exists():
        generate(folder, options.reports)
    print(f"Python {platform.python_version()}, {platform.machine()}; warm medians in ms, in brackets processor time\n")
    print("| Work | Found | To reach |\n|---|---|---|")
    for line in measured(folder, options.turns):
        print(_row(line), flush=True)


def _row(line: Line) -> str:
    return f"| {line.work} | {line.found} | {line.limit} |"


if __name__ == "__main__":
    main()
