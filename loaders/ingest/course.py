"""An ingest from its beginning, or from where it was interrupted, to its end."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from loaders.ingest import claim
from loaders.ingest.arrived import StoppedError
from loaders.ingest.claim import Claim
from loaders.ingest.crew import Crew
from loaders.ingest.keeper import Publishing, StoreKeeper
from loaders.ingest.run import Recorded, Run, Tally
from loaders.ingest.sources import Found
from ogi.journal import tell
from ogi.store import ingests
from ogi.store.act import Act
from ogi.store.ingests import Ingest
from ogi.store.location import StoreError

if TYPE_CHECKING:
    from ogi.store.store import Store


class Files(Protocol):
    """Something files come from, see :mod:`loaders.ingest.sources`."""

    def count(self) -> int:
        """How many there are."""
        ...

    def __iter__(self) -> Iterator[Found]:
        """The files one by one."""
        ...


@dataclass
class Course:
    """An ingest this process has claimed."""

    store: Store
    ingest_id: int
    claim: Claim
    act: Act
    number: int = 0
    """The number of the last record written before an interruption."""
    recorded: Recorded = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    unpublished: StoreError | None = None
    """Why the snapshot lacks something of what was stored, where it does."""

    @property
    def is_resumed(self) -> bool:
        """Whether an interrupted ingest is gone on with."""
        return self.number > 0

    def work(self, files: Files, crew: Callable[[Path], Crew], on_change: Callable[[Tally], None] = lambda _: None) -> Ingest:
        """Take in every file, and return how it ended.

        Args:
            files: where they come from.
            crew: makes the workers, given the folder for their temporary files.
            on_change: told how far it is, some times a second.

        Raises:
            StoreError, WorkersLostError, NoClusterError, KeyboardInterrupt: it was interrupted and can be gone on with; what is
                recorded is stored.
        """
        tell("ingest", done="resumed" if self.is_resumed else "begun", ingest=self.ingest_id, by=self.act.by)
        try:
            state = self._work(files, crew, on_change)
        except BaseException as error:
            tell("ingest", level=logging.WARNING, done="interrupted", ingest=self.ingest_id, reason=type(error).__name__)
            self.claim.leave(keep=True)
            raise
        return self._ended(state)

    def _work(self, files: Files, crew: Callable[[Path], Crew], on_change: Callable[[Tally], None]) -> ingests.State:
        tally = Tally(total=files.count(), counts=Counter(self.counts))
        with self.store.records.writing() as connection:
            ingests.record(connection, self.ingest_id, (), self.number + 1, tally.total)
        on_change(tally)
        workers = crew(self.claim.scratch)
        publishing = Publishing(self.store.publish_calmly)
        keeper = StoreKeeper(self.store.records, self.ingest_id, self.act, number=self.number, on_stored=publishing.wake)
        try:
            Run(iter(files), workers, keeper, tally, self.recorded).work(on_change)
        except StoppedError:
            return "stopped"
        finally:
            workers.close()
            publishing.close()
            self.unpublished = publishing.failed
        return "finished"

    def give_up(self) -> None:
        """Note that nobody goes on with it."""
        self._ended("stopped")

    def _ended(self, state: ingests.State) -> Ingest:
        with self.store.records.writing() as connection:
            ingests.end(connection, self.ingest_id, state)
        self.claim.leave()
        with self.store.records.reading() as connection:
            ended = ingests.one(connection, self.ingest_id)
        tell("ingest", done=state, ingest=self.ingest_id, files={str(outcome): count for outcome, count in ended.counts.items()})
        return ended


def begin(store: Store, source: str, act: Act) -> Course:
    """Begin an ingest of ``source``, or go on with one of the same source that was interrupted.

    Other interrupted ones of this machine are noted as stopped, unless a server keeps their document and will go on with them.
    """
    folder = store.records.location.folder
    with _at_the_door(store):
        resumed: Course | None = None
        for ingest, place in _interrupted(store, lambda i: i.source == source or claim.is_here(folder, i.ingest_id)):
            if place.has_document:
                place.leave(keep=True)
            elif ingest.source == source and resumed is None:
                resumed = _resumed(store, ingest, place, act)
            else:
                Course(store, ingest.ingest_id, place, act).give_up()
        return resumed or _begun(store, source, act)


def begin_anew(store: Store, source: str, act: Act) -> Course:
    """Begin an ingest, whatever else there is of the same name."""
    with _at_the_door(store):
        return _begun(store, source, act)


def interrupted_jobs(store: Store) -> list[tuple[Ingest, Course]]:
    """Claim the interrupted ingests whose document is kept here for going on with them."""
    folder = store.records.location.folder
    with _at_the_door(store):
        found = _interrupted(store, lambda ingest: claim.document_of(folder, ingest.ingest_id).exists())
        return [(ingest, _resumed(store, ingest, place, Act(by=ingest.by))) for ingest, place in found]


@contextmanager
def _at_the_door(store: Store) -> Iterator[None]:
    """Be the only process that takes over or begins an ingest, with nothing there of those that have ended."""
    folder = store.records.location.folder
    with claim.at_the_door(folder):
        with store.records.reading() as connection:
            unfinished = {ingest.ingest_id for ingest in ingests.unfinished(connection)}
        claim.sweep(folder, unfinished)
        yield


def _interrupted(store: Store, is_wanted: Callable[[Ingest], bool]) -> list[tuple[Ingest, Claim]]:
    """Claim those of the unfinished ingests whose process is gone."""
    folder = store.records.location.folder
    with store.records.reading() as connection:
        running = ingests.unfinished(connection)
    dead = [ingest for ingest in running if is_wanted(ingest) and not claim.is_alive(folder, ingest)]
    return [(ingest, place) for ingest in dead if (place := claim.claimed(folder, ingest.ingest_id)) is not None]


def _begun(store: Store, source: str, act: Act) -> Course:
    with store.records.writing() as connection:
        ingest_id = ingests.begin(connection, source, act)
    place = claim.claimed(store.records.location.folder, ingest_id)
    assert place is not None, "nobody else knows this number yet"
    return Course(store, ingest_id, place, act)


def _resumed(store: Store, ingest: Ingest, place: Claim, act: Act) -> Course:
    with store.records.reading() as connection:
        number, recorded = ingests.recorded(connection, ingest.ingest_id)
    return Course(store, ingest.ingest_id, place, act, number, recorded, Counter[str](ingest.counts))
