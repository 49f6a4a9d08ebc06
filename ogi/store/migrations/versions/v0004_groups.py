"""The table of organs chosen together."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, as the statement beside this file says it for each database."""
    dialect = op.get_bind().dialect.name
    op.execute(Path(__file__).with_name(f"v0004_groups.{dialect}.sql").read_text(encoding="utf-8"))
