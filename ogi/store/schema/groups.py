"""Organs chosen together: what short links name, and the groups people gave a name."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Name, OrganId, who_when

organ_groups = sa.Table(
    "organ_groups",
    METADATA,
    sa.Column("group_id", OrganId, primary_key=True),  # made of the organs, so that the same choice has the same id everywhere
    sa.Column("name", Name, nullable=False, server_default=""),  # none: only kept so that a link can name it
    sa.Column("organs", sa.Text, nullable=False),  # their ids in order, parted by blanks
    *who_when(),
)
