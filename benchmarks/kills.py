"""Kill a process that writes, at random moments, and see that nothing acknowledged is lost and nothing is there by half.

    python -m benchmarks.kills [--kills 200] [--seed 1] [--database postgresql://…]

A child takes in reports, corrects them, deletes them, publishes the snapshot, and says after each commit what it has done. It is
killed (SIGKILL) at a random moment, some while they are still opening the store. Then the store is opened and compared with what
was said: every acknowledged report is there once with its document, every acknowledged correction counts, what was acknowledged
as deleted is deleted, the file is whole, no report lacks its version or its facts, and the snapshot shows exactly the reports in
force. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.written import made_reports, read_sample
from ogi.store import schema
from ogi.store.accepting import Accepted, accept_many
from ogi.store.act import Act
from ogi.store.check import damages
from ogi.store.corrections import correct
from ogi.store.deleting import delete, undelete
from ogi.store.location import Location
from ogi.store.prepared import Prepared
from ogi.store.reports import stored
from ogi.store.store import Store, open_store

POOL, BATCH = 200, 4
LONGEST_SECONDS = 0.5
MOST_WRITES = 6
"""A child is killed so long after as many acknowledged writes at most: on a busy machine time alone would let it do nothing."""
EARLY = 0.15
"""The share of children that is killed before any, some while they are still opening the store."""
WRITES = frozenset({"accepted", "corrected", "deleted"})
KEY = "rules.issued"
ACT = Act(by="writer", why="trial")


class Said:
    """What the killed children have acknowledged."""

    def __init__(self) -> None:
        self.documents: dict[str, int] = {}
        self.values: dict[int, int] = {}
        self.deleted: dict[int, bool] = {}
        self.acts: Counter[str] = Counter()

    @property
    def writes(self) -> int:
        """How many writes were acknowledged."""
        return sum(self.acts[act] for act in WRITES)

    def hear(self, line: dict[str, Any]) -> None:
        self.acts[line["act"]] += 1
        match line["act"]:
            case "accepted":
                self.documents |= line["documents"]
                self.deleted |= dict.fromkeys(line["documents"].values(), False)
            case "correcting":
                self.values.pop(line["report"], None)  # from here on the old value may be gone
            case "corrected":
                self.values[line["report"]] = line["value"]
            case "deleting":
                self.deleted.pop(line["report"], None)
            case "deleted":
                self.deleted[line["report"]] = line["is_deleted"]


class Writer:
    """What a child does until it is killed, or for a number of steps."""

    def __init__(self, location: Location, pool: list[Prepared], own: list[Prepared], pipe: int, rng: random.Random) -> None:
        """``own`` are the reports of the pool that nobody else takes in at the same time; only those are changed."""
        self.store = open_store(location)
        self.pool, self.pipe, self.rng = pool, pipe, rng
        self.may_change = {prepared.report.document.sha256 for prepared in own}
        self.own: list[int] = []
        self.say(act="opened")

    def say(self, **line: Any) -> None:
        os.write(self.pipe, json.dumps(line).encode() + b"\n")

    def step(self) -> None:
        choice = self.rng.random()
        if choice < 0.5 or not self.own:
            self.accept()
        elif choice < 0.75:
            self.correct()
        elif choice < 0.85:
            self.delete()
        else:
            self.store.publish()
            self.say(act="published")

    def accept(self) -> None:
        start = self.rng.randrange(len(self.pool) - BATCH)
        batch = self.pool[start : start + BATCH]
        with self.store.records.writing() as c:
            found = [one.report_id for one in accept_many(c, batch, ACT) if isinstance(one, Accepted)]
            gone = schema.reports.c.deleted_at.is_not(None)
            deleted = set(c.scalars(sa.select(schema.reports.c.report_id).where(gone)))
        said = {p.report.document.sha256: number for p, number in zip(batch, found, strict=True) if number not in deleted}
        self.own += [number for digest, number in said.items() if digest in self.may_change]
        self.say(act="accepted", documents=said)

    def correct(self) -> None:
        report, value = self.rng.choice(self.own), self.rng.randrange(1000)
        self.say(act="correcting", report=report)
        with self.store.records.writing() as c:
            correct(c, report, KEY, kind="misread", value=value, act=ACT, changes=None)
        self.say(act="corrected", report=report, value=value)

    def delete(self) -> None:
        report, comes_back = self.rng.choice(self.own), self.rng.random() < 0.5
        self.own = [other for other in self.own if other != report]
        self.say(act="deleting", report=report)
        with self.store.records.writing() as c:
            delete(c, report, ACT, None)
            if comes_back:
                undelete(c, report, ACT)
        self.own += [report] * comes_back
        self.say(act="deleted", report=report, is_deleted=not comes_back)


def compare(store: Store, said: Said) -> list[str]:
    """Say everything that is not as it was acknowledged."""
    wrong = [f"{damage.code} {damage.params}" for damage in damages(store.records)]
    with store.records.reading() as c:
        versions, reports = schema.versions, schema.reports
        rows = Counter(c.scalars(sa.select(versions.c.sha256)).all())
        wrong += [f"document {d[:8]} has {rows[d]} versions" for d in said.documents if rows[d] != 1]
        wrong += [f"document {digest and digest[:8]} is stored {count} times" for digest, count in rows.items() if count > 1]
        in_force = dict(c.execute(sa.select(reports.c.report_id, reports.c.deleted_at.is_(None))).all())  # type: ignore[arg-type]
        wrong += [f"report {n} is lost" for n in said.documents.values() if n not in in_force]
        wrong += [f"report {n}: deleted {gone} was said" for n, gone in said.deleted.items() if in_force.get(n) is gone]
        for report, value in said.values.items():
            if stored(c, report).effective.value(KEY) != value:
                wrong.append(f"report {report}: the correction to {value} is lost")
        audited = c.scalar(sa.select(sa.func.count()).where(schema.audit.c.action == "accepted"))
        if audited != len(in_force):
            wrong.append(f"{audited} acts of accepting for {len(in_force)} reports")
    shown = len(store.snapshot())
    if shown != sum(map(bool, in_force.values())):
        wrong.append(f"the snapshot shows {shown} of {sum(map(bool, in_force.values()))} reports")
    return wrong


def fork(work: Callable[[int], None]) -> tuple[int, int]:
    """Do ``work`` in a child, which gets the end of a pipe to speak into; return the child and the end to listen at."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writing)
    return child, reading


def hear(reading: int, said: Said, before: bytes = b"") -> None:
    """Hear everything a child has said after what was read ``before``; what follows the last end of line was cut off."""
    with os.fdopen(reading, "rb") as pipe:
        for line in (before + pipe.read()).split(b"\n")[:-1]:
            said.hear(json.loads(line))


def listen(reading: int, writes: int) -> bytes:
    """Return what a child says until it has acknowledged so many writes."""
    found = b""
    until = time.monotonic() + 60
    while sum(json.loads(line)["act"] in WRITES for line in found.split(b"\n")[:-1]) < writes and time.monotonic() < until:
        if select.select([reading], [], [], 1)[0]:
            found += os.read(reading, 65536)
    return found


def kill_one(location: Location, pool: list[Prepared], rng: random.Random, said: Said) -> None:
    """Start a child, kill it after a while, and hear what it had to say."""
    seed, wait = rng.random(), rng.random() * LONGEST_SECONDS
    writes = 0 if rng.random() < EARLY else rng.randint(1, MOST_WRITES)

    def work(pipe: int) -> None:
        writer = Writer(location, pool, pool, pipe, random.Random(seed))
        while True:
            writer.step()

    child, reading = fork(work)
    before = listen(reading, writes)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    known = said.writes
    hear(reading, said, before)
    said.acts["rounds with a write"] += said.writes > known


def run(kills: int, seed: int, location: Location) -> tuple[Counter[str], list[str]]:
    """Kill that many children; return what they did, and everything that was lost."""
    rng = random.Random(seed)
    pool = list(made_reports(read_sample(), 0, POOL))
    said = Said()
    for number in range(1, kills + 1):
        kill_one(location, pool, rng, said)
        store = open_store(location)
        wrong = compare(store, said)
        store.close()
        if wrong:
            return said.acts, [f"after kill {number}: {text}" for text in wrong]
    return said.acts, []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="postgresql://…; an SQLite file in a temporary folder where none is given")
    options = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        acts, wrong = run(options.kills, options.seed, Location.of(Path(folder), options.database))
    print("\n".join(wrong))
    told = ", ".join(f"{count} {act}" for act, count in sorted(acts.items()))
    print(f"{options.kills} kills in {time.monotonic() - start:.0f} s; acknowledged: {told}; wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
