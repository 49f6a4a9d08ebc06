"""Time from bytes to report for every sample document, by kind of file; medians of several runs in one warm process.

usage: python -m benchmarks.reading [RUNS]
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import time
from collections import defaultdict

from loaders.errors import CannotReadError
from loaders.read import read_report
from sample_reports.catalogue import sample_documents


def milliseconds(data: bytes, name: str) -> float:
    """Return how long reading took, refused files included."""
    start = time.perf_counter()
    with contextlib.suppress(CannotReadError):
        read_report(data, name)
    return (time.perf_counter() - start) * 1000


def main(runs: int) -> None:
    """Print a Markdown table: kind, documents, median, slowest, all together."""
    documents = [(path.name, path.read_bytes()) for path in sample_documents()]
    for name, data in documents[:5]:
        milliseconds(data, name)
    times: dict[str, list[float]] = defaultdict(list)
    for name, data in documents:
        times[name.rsplit(".", 1)[-1]].append(statistics.median(milliseconds(data, name) for _ in range(runs)))
    print("| kind | documents | median ms | slowest ms | sum s |\n|---|---|---|---|---|")
    for kind, values in sorted(times.items()):
        print(f"| {kind} | {len(values)} | {statistics.median(values):.0f} | {max(values):.0f} | {sum(values) / 1000:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
