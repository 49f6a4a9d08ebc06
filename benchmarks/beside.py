"""Bulk reading and a server of the same library, both writing at once, are killed at random moments, and nothing is lost.

    python -m benchmarks.beside [--kills 50] [--seed 1]

A server (the writer of :mod:`benchmarks.kills` with the upkeep that runs in every server) takes in reports, corrects and deletes
them while ``python -m loaders ingest`` reads a folder of others into the same library. After a random number of further files
either is killed (SIGKILL) and started again. In the end bulk reading is let through, and the library is compared with what both
have acknowledged: every file of the folder is there once as a report, and so is every report the server took in, with its
corrections. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from benchmarks.kills import POOL, Said, Writer, compare, fork, hear, listen
from benchmarks.written import made_reports, read_sample
from ogi.store import schema
from ogi.store.location import Location, StoreError
from ogi.store.prepared import Prepared
from ogi.store.records import Records
from ogi.store.store import open_store
from ogi.store.upkeep import Upkeep

ROOT = Path(__file__).resolve().parent.parent
FILES = 60
PASSING = frozenset({"locked", "unreachable", "publisher_busy", "not_published"})
LONGEST_SECONDS = 180
_PLACES = ("东湖区", "西山区", "南河县", "北原县", "中岭市")
_OFFICES = ("教育局", "民政局", "财政局", "水利局", "卫生健康委员会", "统计局", "审计局", "司法局")
_WORDS = """示例市{place}{office}{year}年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项\t
信息内容\t本年处理决定数量
行政许可\t{number}
"""


def write_files(folder: Path) -> set[str]:
    """Write the files to be read, each of another organ or year, and return their digests."""
    folder.mkdir()
    found = set()
    for number in range(FILES):
        rest, place = divmod(number, len(_PLACES))
        words = {"place": _PLACES[place], "office": _OFFICES[rest % len(_OFFICES)], "year": 2024 - rest // len(_OFFICES)}
        data = _WORDS.format(number=number, **words).encode()
        (folder / f"{number}.txt").write_bytes(data)
        found.add(hashlib.sha256(data).hexdigest())
    return found


@dataclass
class Trial:
    """One library that a server and bulk reading write at once."""

    location: Location
    records: Records
    """The library as it is seen from outside; servers and bulk reading open it themselves."""
    files: Path
    pool: list[Prepared]
    rng: random.Random
    said: Said = field(default_factory=Said)
    stored: set[str] = field(default_factory=set)
    """What bulk reading has said of files to be stored."""
    acts: Counter[str] = field(default_factory=Counter)
    heard: bytes = b""
    """What the server at work has said."""

    def server(self) -> tuple[int, int]:
        """Start a server; see :func:`benchmarks.kills.fork`."""
        seed = self.rng.random()

        def work(pipe: int) -> None:
            writer = Writer(self.location, self.pool, self.pool, pipe, random.Random(seed))
            Upkeep(writer.store, 0.2).start()
            while True:
                try:
                    writer.step()
                except StoreError as error:
                    if error.code not in PASSING:
                        raise
                time.sleep(0.02)

        return fork(work)

    def ingest(self) -> subprocess.Popen[bytes]:
        own = {"PYTHONPATH": str(ROOT), "OGI_DATA_DIR": str(self.location.folder)}
        command = [sys.executable, "-m", "loaders", "ingest", str(self.files)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OGI_")} | own
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

    def acknowledged(self) -> set[str]:
        """The digests of files that bulk reading has recorded as stored."""
        table = schema.ingested_files
        with self.records.reading() as c:
            return set(c.scalars(sa.select(table.c.sha256).where(table.c.outcome.in_(["new", "same"]))))

    def kills(self, most: int) -> int:
        """Kill bulk reading or the server, one after the other, until all files are read; return how often."""
        killed, server = 0, self.server()
        try:
            reading = self.ingest()
            while killed < most:
                self._wait(reading, server[1])
                if reading.poll() is not None:
                    break
                if self.rng.random() < 0.3:
                    self._end(server)
                    server = self.server()
                    self.acts["server killed"] += 1
                else:
                    reading.kill()
                    reading.wait()
                    self.stored |= self.acknowledged()
                    reading = self.ingest()
                    self.acts["ingest killed"] += 1
                killed += 1
            if reading.wait(LONGEST_SECONDS):
                raise RuntimeError(f"bulk reading ended with {reading.returncode}")
        finally:
            self._end(server)
        return killed

    def _wait(self, reading: subprocess.Popen[bytes], pipe: int) -> None:
        """Wait for the server to have written and for a few more files, or only until bulk reading may have begun."""
        if not self.heard:
            self.heard = listen(pipe, 1)
        more, until = self.rng.choice([0, 1, 2, 4, 8]), time.monotonic() + LONGEST_SECONDS
        goal = len(self.acknowledged()) + more
        while more and reading.poll() is None and len(self.acknowledged()) < goal and time.monotonic() < until:
            self._listen(pipe)
            time.sleep(0.02)
        time.sleep(self.rng.uniform(0, 0.2 if more else 2.0))

    def _listen(self, pipe: int) -> None:
        """Take what the server says, which would wait for somebody to do so."""
        while select.select([pipe], [], [], 0)[0] and (found := os.read(pipe, 65536)):
            self.heard += found

    def _end(self, server: tuple[int, int]) -> None:
        os.kill(server[0], signal.SIGKILL)
        _, status = os.waitpid(server[0], 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the server ended by itself")
        hear(server[1], self.said, self.heard)
        self.heard = b""

    def wrong(self, digests: set[str]) -> list[str]:
        """Everything that is not as both have said."""
        store = open_store(self.location)
        store.publish()
        found = compare(store, self.said)
        with store.records.reading() as c:
            there = Counter(c.scalars(sa.select(schema.versions.c.sha256)))
        store.close()
        found += [f"file {digest[:8]} is there {there[digest]} times" for digest in digests if there[digest] != 1]
        return found + [f"file {digest[:8]} was said to be stored" for digest in self.stored - set(there)]


def run(kills: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Kill so often, in as many libraries as it takes ; return what was done, and faults."""
    rng, pool = random.Random(seed), list(made_reports(read_sample(), 0, POOL))
    acts: Counter[str] = Counter()
    left, number = kills, 0
    while left:
        number += 1
        files = folder / f"files{number}"
        digests = write_files(files)
        location = Location.of(folder / f"library{number}")
        store = open_store(location)
        trial = Trial(location, store.records, files, pool, rng)
        try:
            left -= trial.kills(left)
        finally:
            store.close()
        acts += trial.acts + trial.said.acts
        if wrong := trial.wrong(digests):
            return acts, [f"in library {number}: {text}" for text in wrong]
    return acts, []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        acts, wrong = run(options.kills, options.seed, Path(folder))
    print("\n".join(wrong))
    told = ", ".join(f"{count} {act}" for act, count in sorted(acts.items()))
    print(f"{time.monotonic() - start:.0f} s; {told}; wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
