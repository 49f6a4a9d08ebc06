"""Damage the sample documents in seeded ways and read them all: ``python -m benchmarks.fuzz [COUNT] [--pictures N] [--seed N]``.

Exit status 1 where any case is a fault; each is listed with kind, sample and seed, which make it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import chain
from pathlib import Path

from benchmarks.fuzz.attack import attack_all, cases
from benchmarks.fuzz.pictures import misread, picture_cases
from loaders.limits import Limits
from loaders.sandbox import Sandbox


def main() -> int:
    """Attack and print a Markdown table: kind, cases, read, refused, faults."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--pictures", type=int, default=300, help="damaged scans on top of that")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for the documents of faults")
    options = parser.parse_args()
    start = time.monotonic()
    outcomes: Counter[tuple[str, str]] = Counter()
    faults = []
    with Sandbox(2, Limits(cpu_seconds=60, wall_seconds=120)) as sandbox:
        documents = attack_all(sandbox, cases(options.count, options.seed))
        pictures = attack_all(sandbox, picture_cases(options.pictures, options.seed), misread)
        for result in chain(documents, pictures):
            outcomes[result.case.kind, result.outcome] += 1
            if result.fault:
                faults.append(result)
                print(f"{result.case.kind} {result.case.name} seed {result.case.seed}: {result.fault}", flush=True)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{result.case.seed}-{result.case.name}").write_bytes(result.case.data)
    print("\n| kind | cases | read | faults | refused |\n|---|---|---|---|---|")
    for kind in sorted({kind for kind, _ in outcomes}):
        counts = {outcome: count for (of, outcome), count in outcomes.most_common() if of == kind}
        read = counts.pop("read", 0)
        refused = ", ".join(f"{outcome} {count}" for outcome, count in counts.items())
        print(f"| {kind} | {read + sum(counts.values())} | {read} | {sum(f.case.kind == kind for f in faults)} | {refused} |")
    seconds = time.monotonic() - start
    print(f"\n{options.count} documents and {options.pictures} pictures from seed {options.seed} in {seconds:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
