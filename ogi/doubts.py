"""Which places of a report a person should look at, cell by cell or row by row where a whole row could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec

from ogi.report import Reading, Report


class PlaceToCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One printed place, with the cells of the form it was read as: usually one, several where a row could not be split."""

    readings: tuple[Reading, ...]

    @property
    def first(self) -> Reading:
        """The reading that stands for the place."""
        return self.readings[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The cells, in the order of the form."""
        return tuple(reading.key for reading in self.readings)

    @property
    def codes(self) -> tuple[str, ...]:
        """Why, as codes of the messages ``doubt.*``."""
        return tuple(dict.fromkeys(code for reading in self.readings for code in reading.doubts))

    @property
    def confidence(self) -> float:
        """The smallest of the readings."""
        return min(reading.confidence for reading in self.readings)


def marked_readings(report: Report) -> tuple[Reading, ...]:
    """Return the readings that carry a doubt or too little confidence, in the order of the form."""
    return tuple(reading for reading in report.cells.values() if reading.is_marked)


def places_to_check(report: Report) -> tuple[PlaceToCheck, ...]:
    """Return the marked readings by place. Cells that follow each other and share what is printed are one place."""
    return tuple(PlaceToCheck(readings=tuple(group)) for group in _groups(marked_readings(report)))


def _groups(readings: Iterable[Reading]) -> Iterable[tuple[Reading, ...]]:
    for shared, group in groupby(readings, key=_shared):
        if shared is None:
            yield from ((reading,) for reading in group)
        else:
            yield tuple(group)


def _shared(reading: Reading) -> tuple[object, ...] | None:
    """What makes cells one place: no number was read, and they stand in the same spot. A number is a place of its own."""
    if reading.value is not None:
        return None
    return (reading.source, reading.raw, reading.state, reading.doubts)
