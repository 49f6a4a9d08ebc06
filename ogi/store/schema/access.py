"""Who may use a shared server: accounts, and the browsers and scripts that are signed in."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Moment, Name, Sha256, who_when

accounts = sa.Table(
    "accounts",
    METADATA,
    sa.Column("name", Name, primary_key=True),  # as changes are signed; the e-mail address where another server signs people in
    sa.Column("password_hash", sa.Text),  # none where another server signs this person in
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("regions", sa.JSON, nullable=False),  # codes; empty with no organs: everywhere
    sa.Column("organs", sa.JSON, nullable=False),
    sa.Column("closed_at", Moment),
    *who_when(),
    sa.CheckConstraint("role in ('reader', 'editor', 'administrator')", name="role"),
)

sign_ins = sa.Table(
    "sign_ins",
    METADATA,
    sa.Column("token_hash", Sha256, primary_key=True),
    sa.Column("name", Name, sa.ForeignKey("accounts.name"), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("title", sa.Text, nullable=False, server_default=""),  # of a script
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    *who_when(),
    sa.CheckConstraint("kind in ('browser', 'script')", name="kind"),
)
sa.Index("sign_ins_name_index", sign_ins.c.name)
