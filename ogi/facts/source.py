"""What a selection asks of facts, wherever they are kept: who reports, and one figure in every report.

``identity`` has one row per report, numbered from 0; the other answers are arrays in the same order:

=================== ============ =====================================================================================
``organ_id``        category     stable id of the organ
``organ_name``      category     the organ as shown
``level``           category     ``province``, ``city``, ``county`` …, ``unknown``
``kind``            category     ``government``, ``department`` …, ``unknown``
``region``          category     the place in the organ's name; NA where none is known
``report_year``     int64        the year reported on
``scope``           category     ``own``, ``region_total``, ``system_total``, ``unknown``
``is_complete``     bool         whether every table was found whole
=================== ============ =====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ogi.facts.line import Line
from ogi.library import Collection, Entry

IDENTITY = ("organ_id", "organ_name", "level", "kind", "region", "report_year", "scope", "collection", "document_name")
Column = np.ndarray[Any, np.dtype[np.float64]]


class FactsSource(Protocol):
    """The facts of one collection. Arrays are shared between readers: take from them, never write into them."""

    @property
    def collection(self) -> Collection:
        """The world the reports belong to."""
        ...

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports, see above."""
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


def identity_frame(lines: Sequence[Line]) -> pd.DataFrame:
    """Return the identity of these rows as documented above."""
    frame: dict[str, Any] = {}
    for name in ("organ_id", "organ_name", "level", "kind", "region"):
        frame[name] = pd.Categorical([getattr(line, name) for line in lines])
    frame["report_year"] = np.array([line.report_year for line in lines], dtype=np.int64)
    frame["scope"] = pd.Categorical([line.scope for line in lines])
    frame["is_complete"] = np.array([line.is_complete for line in lines], dtype=bool)
    return pd.DataFrame(frame)
