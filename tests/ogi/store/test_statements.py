"""Writing many rows past all conversion raises the same errors and keeps the same values as the ordinary way."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.statements import insert_plain

COLUMNS = ("report_id", "report_year", "key", "removed")


def test_rows_come_back_as_they_were_given(records) -> None:
    rows = [(1, 2024, "甲\t乙\n\\N", False), (2, 2023, "", True)]
    with records.writing() as c:
        insert_plain(c, schema.snapshot_queue, COLUMNS, rows)
        insert_plain(c, schema.snapshot_queue, COLUMNS, [])
    with records.reading() as c:
        table = schema.snapshot_queue
        assert c.execute(sa.select(*(table.c[name] for name in COLUMNS)).order_by(table.c.queue_id)).all() == rows


def test_row_the_database_refuses_leaves_nothing(records) -> None:
    rows = [(1, 2024, "甲", False), (2, 2024, None, False)]
    with pytest.raises(sa.exc.IntegrityError), records.writing() as c:
        insert_plain(c, schema.snapshot_queue, COLUMNS, rows)
    with records.reading() as c:
        assert c.scalar(sa.select(sa.func.count()).select_from(schema.snapshot_queue)) == 0
