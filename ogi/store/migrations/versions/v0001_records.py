"""The tables of the first version, and the triggers that keep a version as it is."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables, as the statements beside this file say them for each database."""
    dialect = op.get_bind().dialect.name
    for part in ("tables", "triggers"):
        text = Path(__file__).with_name(f"v0001_{part}.{dialect}.sql").read_text(encoding="utf-8")
        for statement in text.split("\n\n"):
            if statement.strip():
                op.execute(statement)
