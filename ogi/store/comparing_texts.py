"""Comparing the texts of all reports of a year with each other.

What is nobody's own can only be told with all texts of a year at hand (:mod:`ogi.checks.originality`), so it is worked out when
somebody asks for it, never where a report is stored. Some 0.9 ms of processor time a report.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.checks.context import ReportKey
from ogi.checks.copied import MOST_QUOTED
from ogi.checks.likeness import own_words_of
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.derive import waits
from ogi.store.records import Records
from ogi.store.statements import in_parts, insert_rows

_REPORTS, _FOUND, _PASSAGES = schema.reports, schema.likenesses, schema.passages


def compare_texts(records: Records, year: int, act: Act) -> int:
    """Compare the texts of all reports of a year and keep what was found; returns how many were like another one.

    Reading and comparing hold up nobody; what was found is written in one short transaction, and the reports whose finding
    may have changed wait to be checked again (:func:`ogi.store.settling.settle`).

    Raises:
        StoreError: as :meth:`ogi.store.records.Records.writing`.
    """
    with records.reading() as connection:
        versions, words = _texts(connection, year)
    from ogi.checks.originality import alike_words  # noqa: PLC0415 - a library in Rust nobody else waits for

    result = alike_words({key: own_words_of(parts) for key, parts in words.items()})
    rows = []
    for key, (report_id, version) in versions.items():
        row: dict[str, Any] = {
            "report_id": report_id, "report_year": year, "version": version, "at": act.at, "passages": "[]",
            "share": 0.0 if key in result.judged else None, "other_id": None, "other_version": None,
        }  # fmt: skip
        if (one := result.found.get(key)) is not None and one.likeness.share is not None:
            longest = sorted((passage.text for passage in one.likeness.passages), key=len, reverse=True)[:MOST_QUOTED]
            other_id, other_version = versions[one.other]
            row |= {"share": one.likeness.share, "other_id": other_id, "other_version": other_version}
            row["passages"] = msgspec.json.encode(longest).decode()
        rows.append(row)
    with records.writing() as connection:
        _write(connection, year, rows, act)
    return sum(row["other_id"] is not None for row in rows)


def _texts(
    connection: sa.Connection, year: int
) -> tuple[dict[ReportKey, tuple[int, int]], dict[ReportKey, list[tuple[str, str]]]]:
    """By report its number and version, and its prose."""
    mine = (_REPORTS.c.report_year == year, _REPORTS.c.deleted_at.is_(None))
    columns = (_REPORTS.c.report_id, _REPORTS.c.organ_id, _REPORTS.c.scope, _REPORTS.c.current)
    keys = {
        row.report_id: (ReportKey(row.organ_id, year, row.scope), row.current)
        for row in connection.execute(sa.select(*columns).where(*mine).order_by(_REPORTS.c.report_id))
    }
    words: dict[ReportKey, list[tuple[str, str]]] = {key: [] for key, _ in keys.values()}
    joined = _PASSAGES.join(_REPORTS, _REPORTS.c.report_id == _PASSAGES.c.report_id)
    query = sa.select(_PASSAGES.c.report_id, _PASSAGES.c.section, _PASSAGES.c.text).select_from(joined).where(*mine)
    rows = connection.execute(query.order_by(_PASSAGES.c.report_id, _PASSAGES.c.passage_id))
    for report_id, parts in groupby(rows, key=lambda row: row.report_id):
        if report_id in keys:
            words[keys[report_id][0]] = [(part.section, part.text) for part in parts]
    return {key: (report_id, version) for report_id, (key, version) in keys.items()}, words


def _write(connection: sa.Connection, year: int, rows: list[dict[str, Any]], act: Act) -> None:
    before = set(
        connection.scalars(sa.select(_FOUND.c.report_id).where(_FOUND.c.report_year == year, _FOUND.c.other_id.is_not(None)))
    )
    now = {row["report_id"] for row in rows if row["other_id"] is not None}
    connection.execute(sa.delete(_FOUND).where(_FOUND.c.report_year == year))
    for some in in_parts(row["report_id"] for row in rows):
        connection.execute(sa.delete(_FOUND).where(_FOUND.c.report_id.in_(some)))
    insert_rows(connection, _FOUND, rows)
    waits(connection, before | now)
    audit.note(connection, act, "texts_compared", subject=str(year), reports=len(rows), alike=len(now))
