"""What people decided: corrections, decisions on findings, shares; and the audit of every change."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Counter, Key, Moment, Name, Sha256, undone, who_when

corrections = sa.Table(
    "corrections",
    METADATA,
    sa.Column("correction_id", Counter, primary_key=True),
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # the version it was made on
    sa.Column("key", Key, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("raw", sa.Text, nullable=False),  # what was printed there, and what was read, when it was made
    sa.Column("read_value", sa.Text),
    sa.Column("read_state", sa.String(20), nullable=False),
    sa.Column("value", sa.Text),  # the number set, as decimal text; none for a state without number
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("printed_changed", sa.Boolean, nullable=False, server_default=sa.false()),  # a later version prints otherwise
    sa.Column("confirmed_at", Moment),  # by a second person
    sa.Column("confirmed_by", Name),
    *who_when(),
    *undone(),
    sa.CheckConstraint("kind in ('misread', 'amended', 'keyed')", name="kind"),
)
sa.Index(
    "corrections_one_per_cell",
    corrections.c.report_id,
    corrections.c.key,
    corrections.c.kind,
    unique=True,
    sqlite_where=corrections.c.undone_at.is_(None),
    postgresql_where=corrections.c.undone_at.is_(None),
)
sa.Index("corrections_history_index", corrections.c.report_id, corrections.c.key, corrections.c.correction_id)

decisions = sa.Table(
    "decisions",
    METADATA,
    sa.Column("decision_id", Counter, primary_key=True),
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), nullable=False),
    sa.Column("place", Name, nullable=False),  # check and what it was applied to, joined by spaces
    sa.Column("decision", sa.String(10), nullable=False),
    sa.Column("cells", sa.Text, nullable=False),  # the cells and what stood in them, so that a later change shows
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    *who_when(),
    *undone(),
    sa.CheckConstraint("decision in ('confirmed', 'dismissed', 'returned')", name="decision"),
)
sa.Index(
    "decisions_one_per_finding",
    decisions.c.report_id,
    decisions.c.place,
    unique=True,
    sqlite_where=decisions.c.undone_at.is_(None),
    postgresql_where=decisions.c.undone_at.is_(None),
)

shares = sa.Table(
    "shares",
    METADATA,
    sa.Column("share_id", Counter, primary_key=True),
    sa.Column("token_hash", Sha256, nullable=False, unique=True),
    sa.Column("query", sa.Text, nullable=False),  # the view, as in an address
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("expires_at", Moment),
    sa.Column("passcode_hash", sa.Text),
    sa.Column("frozen", sa.LargeBinary),  # the figures of that moment; none for a live share
    sa.Column("revoked_at", Moment),
    sa.Column("revoked_by", Name),
    sa.Column("opened", sa.Integer, nullable=False, server_default="0"),
    sa.Column("opened_at", Moment),
    *who_when(),
)

audit = sa.Table(
    "audit",
    METADATA,
    sa.Column("audit_id", Counter, primary_key=True),
    *who_when(),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("report_id", Counter),
    sa.Column("subject", Name, nullable=False, server_default=""),  # a cell, an organ, a document: what was changed
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    sa.Column("detail", sa.JSON, nullable=False),
)
sa.Index("audit_report_id_index", audit.c.report_id, audit.c.audit_id)
