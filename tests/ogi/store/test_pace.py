"""How soon what others change is shown again."""

from __future__ import annotations

from itertools import pairwise

from ogi.organs import describe_organ
from ogi.store.accepting import accept
from ogi.store.pace import FREE, STEP_SECONDS, WINDOW_SECONDS, Pace
from ogi.store.snapshot.reader import Snapshot
from ogi.store.store import Store


class Clock:
    """Goes on when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def went_until(pace: Pace, clock: Clock, end: float, step: float = 0.1) -> list[float]:
    """The times at which it was due, looked at every ``step``."""
    found: list[float] = []
    while clock.now < end:
        if pace.is_due():
            pace.went()
            found.append(clock.now)
        clock.now += step
    return found


def test_after_calm_a_change_is_due_at_once_and_so_are_the_next_two() -> None:
    pace = Pace(Clock())
    for _ in range(FREE):
        assert pace.is_due()
        pace.went()
    assert not pace.is_due()


def test_steady_change_is_taken_every_few_seconds_and_never_stops() -> None:
    clock = Clock()
    found = went_until(Pace(clock), clock, 400.0)
    late = [second - first for first, second in pairwise(found) if first > 200]
    assert len(late) > 20
    assert min(late) >= 2.0
    assert max(late) <= WINDOW_SECONDS * STEP_SECONDS


def test_calm_is_back_when_the_window_has_gone_by() -> None:
    clock = Clock()
    pace = Pace(clock)
    went_until(pace, clock, 200.0)
    clock.now += WINDOW_SECONDS + 1
    assert pace.is_due()


def changed(records, paper, make_report, act, number: int) -> None:
    with records.writing() as connection:
        accept(connection, paper(make_report(year=2000 + number, organ=describe_organ("示例市教育局")), f"n{number}"), act)


def test_in_a_burst_the_generation_at_hand_stays_and_the_newest_comes_when_it_is_time(records, paper, make_report, act) -> None:
    clock = Clock()
    store = Store(records)
    reader = Snapshot(records.location.snapshot, pace=Pace(clock))
    store.publish()
    seen = [len(reader.view())]
    for number in range(1, 6):
        changed(records, paper, make_report, act, number)
        store.publish()
        seen.append(len(reader.view()))
    assert seen == [0, 1, 2, 2, 2, 2]
    clock.now += STEP_SECONDS
    assert len(reader.view()) == 5


def test_who_changed_something_sees_it_at_once_whatever_came_before(records, paper, make_report, act) -> None:
    store = Store(records)
    for number in range(1, 9):
        changed(records, paper, make_report, act, number)
        store.publish()
        assert len(store.snapshot()) == number


def test_what_is_published_for_others_waits_in_a_burst_and_comes_with_ones_own_change(records, paper, make_report, act) -> None:
    store = Store(records, Pace(Clock()))
    seen = []
    for number in range(1, 7):
        changed(records, paper, make_report, act, number)
        store.publish_calmly()
        seen.append(len(store.snapshot()))
    assert seen == [1, 2, 3, 3, 3, 3]
    changed(records, paper, make_report, act, 7)
    store.publish()
    assert len(store.snapshot()) == 7
