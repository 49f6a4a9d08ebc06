"""By which version of the readers a file of a bulk reading was read, so that it is not read again without need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; of files taken in before, the versions of their reports tell."""
    op.add_column("ingested_files", sa.Column("reader", sa.String(40)))
