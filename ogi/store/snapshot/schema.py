"""The columns of the Parquet files: what another program finds in them (Spark, Trino, ClickHouse, DuckDB, pandas).

There is one file per report year with all reports of that year, ``facts-<year>-g<generation>.parquet``, and at most one with
what changed since it was written, ``changes-<year>-g<generation>.parquet``. ``snapshot.json`` names the files that belong
together. A report in ``changes`` takes the place of the one with the same ``report_id`` in ``facts``; a report under ``removed``
in ``snapshot.json`` is gone from both. After ``compact`` nothing is changed or removed, and the files can be read as they are.

============================== ==================== =======================================================================
column                         Parquet type         meaning
============================== ==================== =======================================================================
``report_id``                  string               ``organ.year.scope``, unique
``organ_id``, ``organ_name``   string               the organ: its stable id, and as shown
``level``, ``kind``            string               ``province`` …; ``department`` …
``region``                     string               the place in the organ's name; null where none is known
``region_code``                string               GB/T 2260, six digits, the first two the province; null where not settled
``report_year``                int32                the year reported on, not that of publication
``scope``                      string               ``own``, ``region_total``, ``system_total``, ``unknown``
``document_name``              string               the file the report was read from
``document_sha256``            string               its digest, 64 hexadecimal digits
``version``                    int32                the version of the report, from 1
``errors, warnings, hints``    int32                checks that do not hold, by severity
``marked``                     int32                readings a person should look at
``is_complete``                bool                 whether every table was found whole
``edition.<table>``            string               the edition in which a table was found; null where it is missing
``status.<table>``             string               ``partial`` or ``missing``; null for a table that is complete or not there
*one per cell key*             int64, money double  the number as printed, in the unit of the form; null where there is none
*one per derived key*          double               the figure computed from the cells; null where a cell it needs is unknown
``states``                     map<string, string>  why numbers are missing, by key, unless the edition lets one expect it
``flags``                      map<string, string>  what numbers went through, joined by commas, by key
``counted``                    map<string, double>  what the checks count for cells left empty, by key
``amended``                    map<string, double>  figures that differ where amended ones are shown, by key
============================== ==================== =======================================================================

A number that is missing is null and never 0. Keys are those of the form (``applications.received.total``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from ogi.facts import cell_columns
from ogi.store.snapshot.row import FactsRow, derived_places, places

TEXTS = (
    "report_id", "organ_id", "organ_name", "level", "kind", "region", "region_code", "scope", "document_name", "document_sha256",
)  # fmt: skip
INTEGERS = ("report_year", "version", "errors", "warnings", "hints", "marked")
WORDS = ("states", "flags")
FIGURES = ("counted", "amended")


@lru_cache(maxsize=1)
def schema() -> pa.Schema:
    """The columns of every file, in order."""
    at = places()
    cells, derived = cell_columns(), derived_places()
    fields = [pa.field(name, pa.string()) for name in TEXTS]
    fields += [pa.field(name, pa.int32()) for name in INTEGERS]
    fields += [pa.field("is_complete", pa.bool_())]
    fields += [pa.field(f"{name}.{table}", pa.string()) for name in ("edition", "status") for table in at.tables]
    for place, key in enumerate(at.keys):
        whole = place not in derived and not (key in cells and cells[key].kind == "amount")
        fields.append(pa.field(key, pa.int64() if whole else pa.float64()))
    fields += [pa.field(name, pa.map_(pa.string(), pa.string())) for name in WORDS]
    fields += [pa.field(name, pa.map_(pa.string(), pa.float64())) for name in FIGURES]
    return pa.schema(fields)


@lru_cache(maxsize=1)
def worded() -> list[str]:
    """The columns of words, most of which are the same in many rows."""
    return [field.name for field in schema() if field.type == pa.string()]


@lru_cache(maxsize=1)
def digest() -> str:
    """Tell files of this schema from those of another version of the program."""
    return hashlib.sha256(str(schema()).encode()).hexdigest()[:16]


def table_of(rows: Sequence[FactsRow]) -> pa.Table:
    """Return rows as a table of :func:`schema`."""
    columns: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in (*TEXTS, *INTEGERS)}
    columns["is_complete"] = [not row.statuses for row in rows]
    for table in places().tables:
        columns[f"edition.{table}"] = [row.editions.get(table) for row in rows]
        columns[f"status.{table}"] = [row.statuses.get(table) for row in rows]
    columns |= _numbers(rows)
    for name in (*WORDS, *FIGURES):
        columns[name] = _exceptions([getattr(row, name) for row in rows])
    arrays = [pa.array(columns[field.name], type=field.type) for field in schema()]
    return pa.Table.from_arrays(arrays, schema=schema())


def _numbers(rows: Sequence[FactsRow]) -> dict[str, Any]:
    """One array per key; a matrix is filled row by row, and read column by column."""
    at = places()
    matrix = np.full((len(rows), len(at.keys)), np.nan)
    for line, row in enumerate(rows):
        numbers = row.numbers | row.derived
        matrix[line, [at.of_key[key] for key in numbers]] = list(numbers.values())
    columns: dict[str, Any] = {}
    for place, key in enumerate(at.keys):
        column = np.ascontiguousarray(matrix[:, place])
        gaps = np.isnan(column)
        if schema().field(key).type == pa.int64():
            column = np.where(gaps, 0, column).astype(np.int64)
        columns[key] = pa.array(column, mask=gaps)
    return columns


def _exceptions(found: Sequence[Mapping[str, Any]]) -> list[list[tuple[str, Any]]]:
    return [list(of.items()) for of in found]
