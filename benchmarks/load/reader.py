"""A reader who clicks at human pace, and checks that what comes back is his own."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from threading import Event
from urllib.parse import parse_qs

from websockets.exceptions import WebSocketException

from benchmarks.dashboard.wire import Run, Session

YEARS = tuple(range(2019, 2026))
WITH_SENTENCE = ("overview", "years", "agencies", "agency", "proactive", "applications", "disputes")
"""Pages that say above their figures what is shown, and offer the years as pills."""
PAGES = (*WITH_SENTENCE, "checks", "reports", "report", "organs", "methodology")
THINKING = 2.0, 8.0
"""Seconds between two clicks, from the shortest to the longest."""
_PATIENCE = 60.0
_SAID = re.compile(r"^报告库；(?P<organs>[^；]+)；(?P<years>[^；]+)年度；")
_RUN_OF_YEARS = re.compile(r"(\d{4})(?:[–-](\d{4}))?")


@dataclass
class Seen:
    """What the readers saw."""

    milliseconds: list[float] = field(default_factory=list)
    """Of every interaction but the first of each session, which reads the page's address."""
    first: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Failed pages, lost sockets and answers that were not the reader's."""
    ids: list[frozenset[str]] = field(default_factory=list)
    """The names the server gave each session."""
    sentences: int = 0
    """How many sentences were checked."""

    def mixed(self) -> list[str]:
        """Sessions that got a name of their own more than once, or one that another has too."""
        known: set[str] = set()
        wrong = []
        for names in self.ids:
            if len(names) != 1 or names & known:
                wrong.append(f"a session was called {', '.join(sorted(names)) or 'nothing'}")
            known |= names
        return wrong


class Reader:
    """One reader: a session with two or three organs of his own, some years, and a page."""

    def __init__(self, number: int, port: int, names: dict[str, str], seen: Seen) -> None:
        """Args:
        number: tells the reader from others, and what he does.
        port: of the server.
        names: every organ he may choose from, by id.
        seen: where he writes what he sees.
        """
        self._draw = random.Random(number)
        self._port, self._names, self._seen = port, names, seen
        self._organs = sorted(self._draw.sample(sorted(names), 2 + number % 2))
        self._years = sorted(self._draw.sample(YEARS, 4))
        self._page = self._draw.choice(WITH_SENTENCE)

    def read(self, stop: Event) -> None:
        """Click until ``stop``."""
        stop.wait(self._draw.uniform(0, THINKING[1]))
        try:
            session = Session(self._port, _PATIENCE)
            run = self._open(session)
            self._seen.first.append(run.milliseconds)
            self._check(session, run)
            while not stop.wait(self._draw.uniform(*THINKING)):
                run = self._click(session)
                self._seen.milliseconds.append(run.milliseconds)
                self._check(session, run)
            self._seen.ids.append(frozenset(session.ids))
            session.close()
        except (OSError, WebSocketException) as error:
            self._seen.errors.append(f"lost socket on {self._page}: {type(error).__name__}: {error}")

    def _click(self, session: Session) -> Run:
        """Choose other years (a half of the clicks), another page (three in ten) or other organs."""
        drawn = self._draw.random()
        if drawn < 0.5 and self._page in WITH_SENTENCE:
            self._years = sorted(self._draw.sample(YEARS, self._draw.randint(2, 5)))
            return session.choose("filter_years", [str(year) for year in self._years])
        if drawn < 0.8:
            self._page = self._draw.choice(PAGES)
        else:
            self._organs = sorted(self._draw.sample(sorted(self._names), len(self._organs)))
        return self._open(session)

    def _open(self, session: Session) -> Run:
        query = [("collection", "library"), ("organs", ",".join(self._organs)), ("years", ",".join(map(str, self._years)))]
        if self._page == "report":
            query.append(("report", f"{self._organs[0]}.{YEARS[-1]}.own"))
        return session.run(self._page, query)

    def _check(self, session: Session, run: Run) -> None:
        if wrong := self._wrong(session, run):
            self._seen.errors.append(f"{time.strftime('%H:%M:%S')} {self._page}: {wrong}")

    def _wrong(self, session: Session, run: Run) -> str:
        """What is not as this reader asked for; empty where all is."""
        if run.failed:
            return "the page failed"
        address = parse_qs(session.address)
        if "organs" in address and sorted(address["organs"][0].split(",")) != self._organs:
            return f"the address names {address['organs'][0]}, not {','.join(self._organs)}"
        if self._page not in WITH_SENTENCE:
            return ""
        found = next((match for text in run.said if (match := _SAID.match(text.replace("\\", "")))), None)
        if found is None:
            return f"no sentence says what is shown; {len(run.said)} texts, first {run.said[:1]}"
        self._seen.sentences += 1
        organs, own = set(found["organs"].split("、")), {self._names[organ] for organ in self._organs}
        if organs != own if self._page != "agency" else not organs <= own or len(organs) != 1:
            return f"the sentence names {found['organs']}, not {'、'.join(sorted(own))}"
        years = {year for one, last in _RUN_OF_YEARS.findall(found["years"]) for year in range(int(one), int(last or one) + 1)}
        return "" if years == set(self._years) else f"the sentence says {found['years']}, not {self._years}"


def read_bare(number: int, port: int, seen: Seen, stop: Event) -> None:
    """Click on the bare page as a reader does on ours."""
    draw = random.Random(number)
    stop.wait(draw.uniform(0, THINKING[1]))
    try:
        session = Session(port, _PATIENCE)
        seen.first.append(session.run("", [("turn", "0")]).milliseconds)
        turn = 0
        while not stop.wait(draw.uniform(*THINKING)):
            turn += 1
            seen.milliseconds.append(session.run("", [("turn", str(turn))]).milliseconds)
        seen.ids.append(frozenset(session.ids))
        session.close()
    except (OSError, WebSocketException) as error:
        seen.errors.append(f"bare page: {type(error).__name__}: {error}")
