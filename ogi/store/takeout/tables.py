"""Tables of the records as CSV: organs, corrections, decisions, lists, populations, audit; no packed content."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.export import safe
from ogi.store import schema

TABLES = (
    schema.organs, schema.organ_names, schema.organ_links, schema.documents, schema.reports, schema.corrections,
    schema.decisions, schema.expected_organs, schema.populations, schema.organ_groups, schema.audit,
)  # fmt: skip


def write_table(connection: sa.Connection, table: sa.Table, file: Path) -> int:
    """Write a table in the order of its key and return how many rows it has."""
    columns = [column for column in table.columns if not isinstance(column.type, sa.LargeBinary)]
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow([column.name for column in columns])
        for row in connection.execute(sa.select(*columns).order_by(*table.primary_key.columns)):
            lines.writerow([safe(_plain(value)) for value in row])
            count += 1
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):  # a moment too
        return value.isoformat()
    return msgspec.json.encode(value).decode() if isinstance(value, dict | list) else value
