"""Accounts of a shared server, and who is signed in."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, as the statements beside this file say them for each database."""
    text = Path(__file__).with_name(f"v0005_access.{op.get_bind().dialect.name}.sql").read_text(encoding="utf-8")
    for statement in text.split("\n\n"):
        op.execute(statement)
