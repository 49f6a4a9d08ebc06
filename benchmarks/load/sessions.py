"""Sessions opened and closed one after the other, and what is left of them in memory."""

from __future__ import annotations

import json
import random
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from websockets.exceptions import WebSocketException

from benchmarks.dashboard.server import Server
from benchmarks.dashboard.wire import Session
from benchmarks.load.memory import resident
from benchmarks.load.reader import WITH_SENTENCE, YEARS

WARM_UP = 400
"""Sessions before the first look: they fill what is kept for all, and the places of the 128 sessions that Streamlit keeps."""
STEP = 100
_CHOICES = 40
_AT_ONCE = 4


class Left(NamedTuple):
    """What the sessions left."""

    opened: list[int]
    """Sessions opened and closed after the warm-up at every look."""
    megabytes: list[float]
    before: dict[str, int]
    """Objects alive, by kind, after the warm-up."""
    after: dict[str, int]
    errors: list[str]


def open_and_close(server: Server, organs: list[str], count: int) -> Left:
    """Open and close ``count`` sessions after a warm-up; each opens a page, chooses other years and goes."""
    errors: list[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:

        def some(first: int, number: int) -> None:
            list(pool.map(lambda one: _one(server.port, organs, one, errors), range(first, first + number)))

        some(0, WARM_UP)
        before = alive(server)
        opened, megabytes = [0], [resident(server.process.pid)]
        for done in range(STEP, count + 1, STEP):
            some(WARM_UP + done - STEP, STEP)
            opened.append(done)
            megabytes.append(resident(server.process.pid))
            print(f"{done} sessions: {megabytes[-1]:.0f} MB", flush=True)
    return Left(opened, megabytes, before, alive(server), errors)


def alive(server: Server) -> dict[str, int]:
    """How many objects are alive in the server, by kind."""
    with urllib.request.urlopen(f"{server.address}/alive", timeout=120) as answer:
        return json.load(answer)


def _one(port: int, organs: list[str], number: int, errors: list[str]) -> None:
    draw = random.Random(number % _CHOICES)
    query = [("collection", "library"), ("organs", ",".join(sorted(draw.sample(organs, 2)))), ("years", "2019-2025")]
    page, years = draw.choice(WITH_SENTENCE), draw.sample(YEARS, 3)
    try:
        session = Session(port, 60)
        runs = session.run(page, query), session.choose("filter_years", [str(year) for year in sorted(years)])
        session.close()
        if any(run.failed for run in runs):
            errors.append(f"{page}: the page failed")
        if len(session.ids) != 1:
            errors.append(f"{page}: the session had {len(session.ids)} names")
    except (OSError, WebSocketException) as error:
        errors.append(f"{page}: {type(error).__name__}: {error}")
