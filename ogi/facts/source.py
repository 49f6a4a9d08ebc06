"""What a selection asks of facts, wherever they are kept: who reports, and one figure in every report.

``identity`` has one row per report, numbered from 0; the other answers are arrays in the same order:

=================== ============ =====================================================================================
``organ_id``        category     stable id of the organ
``organ_name``      category     the organ as shown
``level``           category     ``province``, ``city``, ``county`` …, ``unknown``
``kind``            category     ``government``, ``department`` …, ``unknown``
``region``          category     the place in the organ's name; NA where none is known
``region_code``     category     its six digits after GB/T 2260; NA where it is not settled
``report_year``     int64        the year reported on
``scope``           category     ``own``, ``region_total``, ``system_total``, ``unknown``
``is_complete``     bool         whether every table was found whole
``errors``          int          checks that do not hold, …
``warnings``        int          … by severity; reminders and dismissed ones are not counted
=================== ============ =====================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from ogi.facts.kept import Kept
from ogi.facts.line import Line
from ogi.library import Collection, Entry

IDENTITY = ("organ_id", "organ_name", "level", "kind", "region", "report_year", "scope", "collection", "document_name")
Column = np.ndarray[Any, np.dtype[np.float64]]


class FactsSource(Protocol):
    """The facts of one collection. Arrays are shared between readers: take from them, never write into them."""

    is_wide: bool
    """Whether this is a :class:`WideSource`: so many reports that they are added up where they are."""

    @property
    def collection(self) -> Collection:
        """The world the reports belong to."""
        ...

    @property
    def kept(self) -> Kept:
        """What was made of these facts and may be asked for again."""
        ...

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports, see above."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """The cell keys of all editions, newest edition first, in the order of the form."""
        ...

    @property
    def column(self) -> Mapping[str, int]:
        """Every cell and derived key, with its place."""
        ...

    @property
    def has_amendments(self) -> bool:
        """Whether any figure was amended."""
        ...

    def printed(self, key: str) -> Column:
        """Return the cell as printed, or the derived figure, in every report; NaN where there is no number."""
        ...

    def counted(self, key: str) -> Column:
        """Return :meth:`printed` as the checks count: an empty cell is 0 or the sum of its parts where the rules allow it."""
        ...

    def codes(self, key: str) -> Any:
        """Return the state of the number in every report as an index into :data:`ogi.facts.STATES`."""
        ...

    def flags_of(self, key: str) -> Mapping[int, str]:
        """Return by row what single numbers went through, several flags joined by commas."""
        ...

    def amended(self, key: str) -> Mapping[int, float]:
        """Return by row what takes the place of the number where amended figures are shown."""
        ...

    def editions_of(self, table: str) -> Any:
        """Return the edition of a table in every report as text, ``""`` where it is missing."""
        ...

    def report_ids(self, rows: Any) -> Any:
        """Return ``organ.year.scope`` of these rows."""
        ...

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows themselves, with readings and findings."""
        ...

    def __len__(self) -> int:
        """The number of reports."""
        ...


class WideSource(FactsSource, Protocol):
    """Facts of so many reports that they are added up where they are, and only a few of them are taken out at a time."""

    @property
    def codes_of_identity(self) -> Mapping[str, Any]:
        """``organ_id``, ``scope``, ``region_code`` … of every row as numbers of words; -1 where there is none."""
        ...

    @property
    def years(self) -> Any:
        """The report year of every row; rows are in the order of years."""
        ...

    def words(self, name: str) -> Any:
        """Return the words of a text of identity in the order of their numbers, and ``""`` at the end."""
        ...

    def addable(self, key: str, *, for_rates: bool, amended: bool) -> Known:
        """Return a cell or derived figure as it is added up over reports.

        Args:
            key: a cell or derived key.
            for_rates: as the checks count; else as printed, with totals left blank added up, without money of unknown unit.
            amended: whether amended figures take the place of printed ones.
        """
        ...

    def rows_flagged(self, key: str, flag: str) -> Any:
        """Return the rows whose number has this flag."""
        ...

    def remembered(self, name: Any, make: Callable[[], Known]) -> Known:
        """Return a column made once and kept as long as there is room; ``name`` tells it from all others."""
        ...

    def remembered_rows(self, name: Any, make: Callable[[], Any]) -> Any:
        """Return what was found out about rows, made once; only the few things asked for last are kept."""
        ...

    def editions_at(self, table: str, rows: Any) -> Any:
        """Return the edition of a table in some rows as text, ``""`` where it is missing."""
        ...

    def narrowed(self, rows: Any) -> FactsSource:
        """Return the facts of a few reports in memory, by organ, scope and year."""
        ...

    def window(self, rows: Any) -> FactsSource:
        """Return the same as :meth:`narrowed` of many reports: every figure is read when it is asked for, so ask for few."""
        ...

    def rows_of(self, organs: Sequence[str]) -> Any:
        """Return the rows of these organs in their order."""
        ...


def identity_frame(lines: Sequence[Line]) -> pd.DataFrame:
    """Return the identity of these rows as documented above."""
    frame: dict[str, Any] = {}
    for name in ("organ_id", "organ_name", "level", "kind", "region", "region_code"):
        frame[name] = pd.Categorical([getattr(line, name) for line in lines])
    frame["report_year"] = np.array([line.report_year for line in lines], dtype=np.int64)
    frame["scope"] = pd.Categorical([line.scope for line in lines])
    frame["is_complete"] = np.array([line.is_complete for line in lines], dtype=bool)
    for name in ("errors", "warnings"):
        frame[name] = np.array([getattr(line, name) for line in lines], dtype=np.int32)
    return pd.DataFrame(frame)


class Known(NamedTuple):
    """Numbers of many reports, and which of them are known."""

    numbers: Column
    """0 where a number is not known."""
    known: np.ndarray[Any, np.dtype[np.bool_]] | None
    """``None`` where every number is known."""

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return self.numbers.nbytes + (0 if self.known is None else self.known.nbytes)

    def floats(self) -> Column:
        """Return the numbers with NaN where they are not known; a new array."""
        return self.numbers.copy() if self.known is None else np.where(self.known, self.numbers, np.nan)

    def floats_at(self, rows: Any) -> Column:
        """Return the numbers of some rows with NaN where they are not known."""
        found = self.numbers[rows]
        return found if self.known is None else np.where(self.known[rows], found, np.nan)

    def replaced(self, rows: Any, values: Any) -> Known:
        """Return numbers in which those of ``rows`` are ``values``; the same where there are none."""
        if not len(rows):
            return self
        numbers = self.numbers.copy()
        numbers[rows] = values
        if self.known is None:
            return Known(numbers, None)
        known = self.known.copy()
        known[rows] = True
        return Known(numbers, None if known.all() else known)

    def without(self, rows: Any) -> Known:
        """Return numbers in which those of ``rows`` are not known."""
        numbers, known = self.numbers.copy(), np.ones(len(self.numbers), dtype=bool) if self.known is None else self.known.copy()
        numbers[rows], known[rows] = 0, False
        return Known(numbers, known)
