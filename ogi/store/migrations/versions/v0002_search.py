"""The index of the prose: of every three characters that follow each other, in which passages they stand."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index; where the server has no ``pg_trgm`` or does not let us have it, searching reads the passages."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        _postgresql(connection)
        return
    for statement in Path(__file__).with_name("v0002_search.sqlite.sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(statement)


def _postgresql(connection: sa.Connection) -> None:
    if connection.scalar(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")) is None:
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(sa.text("CREATE INDEX passage_index ON passages USING gin (text gin_trgm_ops)"))
    except DBAPIError:
        return  # not ours to make: an administrator may, see CONTRIBUTING
