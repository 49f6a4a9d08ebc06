"""Servers with a snapshot of their own: each is told of every change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the folders, and to the queue for whom a change is; on PostgreSQL every snapshot is made anew once."""
    op.create_table(
        "snapshot_folders",
        sa.Column("folder", sa.String(32), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("folder", name="snapshot_folders_pkey"),
    )
    op.add_column("snapshot_queue", sa.Column("folder", sa.String(32), nullable=False, server_default=""))
    op.create_index("snapshot_queue_folder_index", "snapshot_queue", ["folder", "queue_id"])
