"""One row per report, one column per cell and derived figure: as Parquet and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ogi.export import safe
from ogi.facts import cell_columns, derived_columns
from ogi.form import load_form
from ogi.store.snapshot.row import FactsRow

IDENTITY = (
    "report", "organ_id", "organ", "level", "kind", "region", "region_code", "report_year", "scope", "version", "document",
    "sha256", "errors", "warnings", "hints", "marked",
)  # fmt: skip
EXCEPTIONS = ("editions", "statuses", "states", "flags", "counted", "amended")
"""Columns that hold JSON objects, empty where there is nothing to say."""
_NUMBERS = frozenset({"report_year", "version", "errors", "warnings", "hints", "marked"})
_AT_ONCE = 500


def keys() -> tuple[str, ...]:
    """Return the columns of figures: cells in the order of the form, then derived figures."""
    return (*cell_columns(), *derived_columns())


def write_wide(rows: Iterable[FactsRow], parquet: Path, comma_separated: Path) -> int:
    """Write both files and return how many reports they hold. Figures are as printed; a missing one is empty, never 0."""
    schema, names = _schema(), (*IDENTITY, *keys(), *EXCEPTIONS)
    count, source = 0, iter(rows)
    with ExitStack() as stack:
        writer = stack.enter_context(pq.ParquetWriter(parquet, schema, compression="zstd"))
        text = stack.enter_context(comma_separated.open("w", encoding="utf-8-sig", newline=""))
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(names)
        while some := list(_plain(islice(source, _AT_ONCE))):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
            lines.writerows([safe(row.get(name)) for name in names] for row in some)
            count += len(some)
    return count


def _plain(rows: Iterable[FactsRow]) -> Iterator[dict[str, Any]]:
    whole = _whole()
    for row in rows:
        found: dict[str, Any] = {
            "report": row.report_id,
            "organ": row.organ_name,
            "document": row.document_name,
            "sha256": row.document_sha256,
            **{name: getattr(row, name) for name in IDENTITY if name not in ("report", "organ", "document", "sha256")},
        }
        for key, number in (*row.numbers.items(), *row.derived.items()):
            found[key] = number if key in whole else float(number)
        for name in EXCEPTIONS:
            content = getattr(row, name)
            found[name] = msgspec.json.encode(content).decode() if content else None
        yield found


def _whole() -> frozenset[str]:
    return frozenset(key for key, cell in cell_columns().items() if cell.kind != "amount")


def _schema() -> pa.Schema:
    form, whole = load_form(), _whole()
    fields = [pa.field(name, pa.int64() if name in _NUMBERS else pa.string()) for name in IDENTITY]
    for key in keys():
        cell = form.cell(key)
        about = {"zh": cell.label("zh"), "en": cell.label("en"), "unit": cell.unit or ""} if cell else {}
        fields.append(pa.field(key, pa.int64() if key in whole else pa.float64(), metadata=about or None))
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in EXCEPTIONS)])
