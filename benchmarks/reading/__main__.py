"""Print how long reading takes, as Markdown tables.

usage: python -m benchmarks.reading [--turns N] [--only TABLE…]

Figures are medians over the turns: processor time (user and system), in brackets the time on the clock. What is compared runs
in turns in one process, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import platform
import sys

from benchmarks.reading.files import Corpus
from benchmarks.reading.rows import TABLES


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.split("\n")[0])
    parser.add_argument("--turns", type=int, default=15, help="how often each thing is measured")
    parser.add_argument("--only", nargs="+", choices=list(TABLES), default=list(TABLES), help="which tables")
    options = parser.parse_args()
    corpus = Corpus()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {options.turns} turns; cpu ms, in brackets ms on the clock."
    )
    for name in options.only:
        print("", *TABLES[name](corpus, options.turns), sep="\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
