"""Which reports have still to be checked beside those around them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; everything that is there was checked alone, so all of it is waiting."""
    op.add_column("report_facts", sa.Column("waiting", sa.SmallInteger, nullable=False, server_default="2"))
    waiting = sa.text("waiting > 0")
    op.create_index("report_facts_waiting", "report_facts", ["report_id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("organs_region_index", "organs", ["region"])
