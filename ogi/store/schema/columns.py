"""The columns that tables share, and the one collection of tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

METADATA = sa.MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_index",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


class Moment(TypeDecorator[dt.datetime]):
    """A point in time, in UTC; SQLite forgets the zone and gets it back here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """Refuse a time without zone and store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """Return the time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


Sha256 = sa.String(64)
OrganId = sa.String(11)
Key = sa.String(120)
Name = sa.String(255)
Counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A number given out by the database; SQLite counts only in a column of exactly this type."""


def who_when() -> list[sa.Column[Any]]:
    """When something was done, and by whom."""
    return [sa.Column("at", Moment, nullable=False), sa.Column("by", Name, nullable=False)]


def undone() -> list[sa.Column[Any]]:
    """When, by whom and why it was taken back; empty as long as it counts."""
    return [sa.Column("undone_at", Moment), sa.Column("undone_by", Name), sa.Column("undone_why", sa.Text)]
