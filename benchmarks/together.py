"""Several processes write to one store at once, also while its database goes away and comes back.

    python -m benchmarks.together [--writers 3] [--steps 40] [--seed 1] [--folder FOLDER] [--database postgresql://…] [--patient]

Each writer takes in reports, some of which the others take in at the same moment, and corrects and deletes reports of its own;
all publish. Afterwards everything is compared with what was acknowledged, as :mod:`benchmarks.kills` does. ``--patient`` writers
try again when the database is away. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.kills import POOL, Said, Writer, compare, fork, hear
from benchmarks.written import made_reports, read_sample
from ogi.store.location import Location, StoreError
from ogi.store.prepared import Prepared
from ogi.store.store import open_store

PASSING = frozenset({"locked", "unreachable", "publisher_busy", "not_published"})


def work(make: Callable[[], Writer], steps: int, is_patient: bool) -> None:
    writer, done = None, 0
    while done < steps:
        try:
            writer = writer or make()
            writer.step()
            done += 1
        except StoreError as error:
            if not is_patient or error.code not in PASSING:
                raise
            if writer is not None:
                writer.say(act="tried again")
            time.sleep(0.2)


def run(location: Location, writers: int, steps: int, seed: int, is_patient: bool = False) -> tuple[Counter[str], list[str]]:
    """Let the writers write; return what they did, and everything that is not as they said."""
    pool = list(made_reports(read_sample(), 0, POOL))
    share = POOL // (writers + 1)
    open_store(location).close()
    children = []
    for number in range(writers):
        own: list[Prepared] = pool[share * (number + 1) : share * (number + 2)]

        def begin(pipe: int, own: list[Prepared] = own, number: int = number) -> None:
            rng = random.Random(seed + number)
            work(lambda: Writer(location, pool[:share] + own, own, pipe, rng), steps, is_patient)

        children.append(fork(begin))
    print("started", flush=True)
    said, ended = Said(), []
    for child, reading in children:
        hear(reading, said)
        ended.append(os.waitpid(child, 0)[1])
    store = open_store(location)
    store.publish()
    wrong = compare(store, said) + [f"a writer ended with {status}" for status in ended if status]
    store.close()
    return said.acts, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the store is; a temporary one where none is given")
    parser.add_argument("--database", help="postgresql://…; an SQLite file in the folder where none is given")
    parser.add_argument("--patient", action="store_true", help="try again when the database is away")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        location = Location.of(options.folder or folder, options.database)
        acts, wrong = run(location, options.writers, options.steps, options.seed, options.patient)
    print("\n".join(wrong))
    told = ", ".join(f"{count} {act}" for act, count in sorted(acts.items()))
    print(f"acknowledged: {told}; wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
