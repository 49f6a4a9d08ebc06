"""Whose text stands in that of another organ: worked out for a year when somebody asks for it, and kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; no year was compared so far."""
    op.create_table(
        "likenesses",
        sa.Column("report_id", _NUMBER, nullable=False),
        sa.Column("report_year", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("share", sa.Float),
        sa.Column("other_id", _NUMBER),
        sa.Column("other_version", sa.Integer),
        sa.Column("passages", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="likenesses_pkey"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.report_id"], name="likenesses_report_id_fkey"),
        sa.ForeignKeyConstraint(["other_id"], ["reports.report_id"], name="likenesses_other_id_fkey"),
    )
    op.create_index("likenesses_report_year_index", "likenesses", ["report_year"])
    op.create_index("likenesses_other_id_index", "likenesses", ["other_id"])
