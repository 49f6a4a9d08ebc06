"""What is worked out once for each object, also by several threads at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from ogi.once import once

LONG = 5.0


class Thing:
    def __init__(self, make) -> None:
        self.make = make

    @once
    def made(self):
        return self.make()


def test_two_objects_are_worked_out_at_the_same_time() -> None:
    both = Barrier(2)  # passes only when both are under way
    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda thing: thing.made, [Thing(lambda: both.wait(LONG)) for _ in range(2)]))
    assert sorted(places) == [0, 1]


def test_one_object_is_worked_out_once_for_all_who_ask() -> None:
    begun, go_on, made = Event(), Event(), []

    def make() -> int:
        begun.set()
        go_on.wait(LONG)
        made.append(len(made) + 1)
        return made[-1]

    thing = Thing(make)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(lambda: thing.made)
        begun.wait(LONG)
        other = pool.submit(lambda: thing.made)
        go_on.set()
        assert (one.result(), other.result()) == (1, 1)
    assert vars(thing).keys() == {"make", "made"}


def test_failure_is_not_kept() -> None:
    answers = iter([ZeroDivisionError(), 7])

    def make() -> int:
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    thing = Thing(make)
    with pytest.raises(ZeroDivisionError):
        _ = thing.made
    assert thing.made == 7
