"""What can be asked for: each resource with what it takes and how it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ogi.library import Library
from web.api.answer import Rows
from web.api.asked import Asked
from web.api.dictionary import dictionary_rows
from web.api.facts import FACT_COLUMNS, facts_rows
from web.api.findings import FINDING_COLUMNS, findings_rows
from web.api.organs import ORGAN_COLUMNS, REPORT_COLUMNS, organ_rows, report_rows
from web.api.series import SERIES_COLUMNS, series_rows

PAGING = ("limit", "offset", "format")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A table that can be asked for under ``/api/v1/<name>``; its summary is the message ``api.resource.<name>``."""

    name: str
    columns: tuple[str, ...]
    takes: tuple[str, ...]
    """Parameters besides those of a view."""
    rows: Callable[[Asked, Library], Rows]
    of_view: bool = True
    """Whether it takes the parameters of a view."""


DICTIONARY_COLUMNS = (
    "key", "kind", "label_zh", "label_en", "unit", "table", "editions", "formula", "base_at_least", "caution",
)  # fmt: skip

RESOURCES: tuple[Resource, ...] = (
    Resource(name="facts", columns=FACT_COLUMNS, takes=(*PAGING, "keys"), rows=facts_rows),
    Resource(name="views", columns=SERIES_COLUMNS, takes=(*PAGING, "keys"), rows=series_rows),
    Resource(name="organs", columns=ORGAN_COLUMNS, takes=PAGING, rows=organ_rows),
    Resource(name="reports", columns=REPORT_COLUMNS, takes=PAGING, rows=report_rows),
    Resource(name="findings", columns=FINDING_COLUMNS, takes=(*PAGING, "personal"), rows=findings_rows),
    Resource(name="dictionary", columns=DICTIONARY_COLUMNS, takes=PAGING, rows=dictionary_rows, of_view=False),
)


def rows_of(resource: Resource, asked: Asked, library: Library) -> Rows:
    """Return the part asked for; the columns are those the resource names."""
    return replace(resource.rows(asked, library), columns=resource.columns)
