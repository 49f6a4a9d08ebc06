"""Reruns of every page over the raw socket, beside the bare page."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.dashboard.server import Server
from benchmarks.dashboard.wire import Session
from ogi.view.state import PAGES

YEARS = range(2019, 2026)
MEASURES = (
    "applications.received.total", "applications.result_total.total", "I04_grant_rate", "reconsideration.total",
    "litigation_all.total", "applications.carried_over.total", "I07_denied_rate", "penalty.decisions", "licensing.decisions",
    "normative_documents.in_force", "fees.amount_wan_yuan", "I09_unable_rate",
)  # fmt: skip


class Reruns(NamedTuple):
    """The reruns of one page."""

    page: str
    first: float
    same: list[float]
    """Milliseconds of reruns where nothing was changed."""
    changed: list[float]
    """Milliseconds of reruns after another choice each."""
    processor: tuple[float, float]
    """Milliseconds of processor time of the server in one such rerun of either kind, mean: a busy machine disturbs it little."""
    kilobytes: float
    charts: int


def query_of(page: str, organs: list[str]) -> list[tuple[str, str]]:
    """The address of a page with these organs and seven years."""
    query = [("collection", "library"), ("organs", ",".join(sorted(organs))), ("years", f"{YEARS[0]}-{YEARS[-1]}")]
    return [*query, ("report", f"{organs[0]}.{YEARS[-1]}.own")] if page in ("report", "key_in") else query


def _changes(page: str, query: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Another choice each time: the figure, the year looked at, and one organ less."""
    organs = dict(query)["organs"].split(",")
    rest = [pair for pair in query if pair[0] != "organs"]
    for turn in itertools.count():
        left = [organ for place, organ in enumerate(organs) if place != turn % len(organs)]
        changed = [
            [("measure", MEASURES[turn % len(MEASURES)])],
            [("focus_year", str(YEARS[turn % len(YEARS)])), ("measure", MEASURES[-1 - turn % len(MEASURES)])],
        ][turn % 2]
        chosen = left if turn % 3 == 2 else organs
        yield [*rest, ("organs", ",".join(chosen)), *changed]


def reruns(server: Server, page: str, organs: list[str], turns: int) -> Reruns:
    """Measure one page."""
    session = Session(server.port)
    try:
        query = query_of(page, organs)
        first = session.run(page, query)
        for _ in range(2):
            session.run(page, query)
        start = server.seconds()
        same = [session.run(page, query) for _ in range(turns)]
        before = server.seconds()
        changed = [session.run(page, other) for other in itertools.islice(_changes(page, query), turns)]
        processor = 1000 * (before - start) / turns, 1000 * (server.seconds() - before) / turns
        if any(run.failed for run in (first, *same, *changed)):
            raise SystemExit(f"{page}: an exception was shown")
    finally:
        session.close()
    size = statistics.median(run.bytes for run in same) / 1e3
    return Reruns(page, first.milliseconds, _times(same), _times(changed), processor, size, first.charts)


def every_page(server: Server, organs: list[str], turns: int, only: list[str]) -> Iterator[Reruns]:
    """Measure every page, one after the other."""
    for page in PAGES:
        if not only or page in only:
            yield reruns(server, page, organs, turns)


def bare(server: Server, turns: int) -> list[float]:
    """Milliseconds of reruns of the bare page."""
    session = Session(server.port)
    try:
        return _times([session.run("", [("turn", str(turn))]) for turn in range(turns + 2)][2:])
    finally:
        session.close()


def _times(runs) -> list[float]:
    return [run.milliseconds for run in runs]
