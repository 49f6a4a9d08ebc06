"""What was handed in and read: documents, organs, reports and their versions."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Counter, Moment, Name, OrganId, Sha256, who_when

documents = sa.Table(
    "documents",
    METADATA,
    sa.Column("sha256", Sha256, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),  # the name under which it came first
    sa.Column("media_type", Name, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("pages", sa.Integer),
    sa.Column("address", sa.Text),  # where it was published, where that is known
    sa.Column("published_on", sa.Date),
    *who_when(),
)
document_bytes = sa.Table(
    "document_bytes",
    METADATA,
    sa.Column("sha256", Sha256, sa.ForeignKey("documents.sha256"), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

organs = sa.Table(
    "organs",
    METADATA,
    sa.Column("organ_id", OrganId, primary_key=True),
    sa.Column("name", Name, nullable=False),  # as shown
    sa.Column("full_name", Name, nullable=False),  # the spelling the id is made of
    sa.Column("level", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(30), nullable=False),
    sa.Column("region", Name),
    sa.Column("region_code", sa.String(6)),
    sa.Column("parent_id", OrganId),  # may name an organ of which nothing is stored
    sa.Column("merged_into", OrganId, sa.ForeignKey("organs.organ_id")),  # the same organ under another name
    *who_when(),
)
sa.Index("organs_merged_into_index", organs.c.merged_into)
sa.Index("organs_region_index", organs.c.region)
organ_names = sa.Table(
    "organ_names",
    METADATA,
    sa.Column("organ_id", OrganId, sa.ForeignKey("organs.organ_id"), primary_key=True),
    sa.Column("name", Name, primary_key=True),  # another name under which it appears, as printed
    *who_when(),
)
organ_links = sa.Table(
    "organ_links",
    METADATA,
    sa.Column("before_id", OrganId, primary_key=True),
    sa.Column("after_id", OrganId, primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("first_year", sa.Integer, nullable=False),  # the first report year of the successor
    *who_when(),
    sa.CheckConstraint("kind in ('renamed', 'merged', 'split')", name="kind"),
    sa.CheckConstraint("before_id <> after_id", name="two_organs"),
)

reports = sa.Table(
    "reports",
    METADATA,
    sa.Column("report_id", Counter, primary_key=True, autoincrement=True),
    sa.Column("organ_id", OrganId, sa.ForeignKey("organs.organ_id"), nullable=False),
    sa.Column("report_year", sa.SmallInteger, nullable=False),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("current", sa.Integer, nullable=False),  # the number of the version that counts
    sa.Column("changes", sa.Integer, nullable=False, server_default="0"),  # rises with every change: who edits says what he saw
    sa.Column("deleted_at", Moment),
    sa.Column("deleted_by", Name),
    sa.Column("deleted_why", sa.Text),
    *who_when(),
    sa.ForeignKeyConstraint(
        ["report_id", "current"],
        ["versions.report_id", "versions.number"],
        name="reports_current",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
)
sa.Index(
    "reports_identity",
    reports.c.organ_id,
    reports.c.report_year,
    reports.c.scope,
    unique=True,
    sqlite_where=reports.c.deleted_at.is_(None),
    postgresql_where=reports.c.deleted_at.is_(None),
)
sa.Index("reports_organ_id_index", reports.c.organ_id, reports.c.report_year)  # deleted ones too
sa.Index("reports_report_year_index", reports.c.report_year)
versions = sa.Table(
    "versions",
    METADATA,
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # from 1
    sa.Column("sha256", Sha256, sa.ForeignKey("documents.sha256")),  # none where it was keyed in from paper
    sa.Column("part", sa.Integer, nullable=False, server_default="1"),  # which report of the document, from 1
    sa.Column("origin", sa.String(10), nullable=False),
    sa.Column("reader", sa.String(40), nullable=False),  # version of the readers (of the program where nothing was read)
    sa.Column("format", sa.String(20), nullable=False),  # how ``content`` is written
    sa.Column("content", sa.LargeBinary, nullable=False),  # the whole report as read
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    *who_when(),
    sa.CheckConstraint("origin in ('upload', 'ingest', 'reread', 'keyed', 'restored')", name="origin"),
    sa.CheckConstraint("number >= 1", name="number"),
)
sa.Index("versions_sha256_index", versions.c.sha256)
