"""What is brought along beside reports: populations, organs that must report, and the course of bulk reading."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Counter, Moment, Name, OrganId, Sha256, who_when

populations = sa.Table(
    "populations",
    METADATA,
    sa.Column("region_code", sa.String(6), primary_key=True),
    sa.Column("year", sa.SmallInteger, primary_key=True),
    sa.Column("people", sa.BigInteger, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    *who_when(),
)
expected_organs = sa.Table(
    "expected_organs",
    METADATA,
    sa.Column("list", Name, primary_key=True),  # the list's name, as the office calls it
    sa.Column("organ_id", OrganId, primary_key=True),
    sa.Column("name", Name, nullable=False),
    sa.Column("first_year", sa.SmallInteger),  # none: without beginning or end
    sa.Column("last_year", sa.SmallInteger),
    sa.Column("contact", sa.Text, nullable=False, server_default=""),
    *who_when(),
)

ingests = sa.Table(
    "ingests",
    METADATA,
    sa.Column("ingest_id", Counter, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),  # the folder, archive or list
    sa.Column("total", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state", sa.String(10), nullable=False, server_default="running"),
    sa.Column("seen_at", Moment, nullable=False),  # last sign of life
    sa.Column("ended_at", Moment),
    *who_when(),
    sa.CheckConstraint("state in ('running', 'finished', 'stopped')", name="state"),
)
ingested_files = sa.Table(
    "ingested_files",
    METADATA,
    sa.Column("ingest_id", Counter, sa.ForeignKey("ingests.ingest_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("part", sa.Integer, nullable=False, server_default="1"),
    sa.Column("sha256", Sha256),
    sa.Column("outcome", sa.String(12), nullable=False),
    sa.Column("error", sa.String(60)),  # the code of the message
    sa.Column("params", sa.JSON),
    sa.Column("report_id", Counter),
    sa.Column("reader", sa.String(40)),  # version of the readers that made a report of it
    sa.CheckConstraint("outcome in ('new', 'version', 'same', 'unplaced', 'failed', 'skipped')", name="outcome"),
)
sa.Index("ingested_files_sha256_index", ingested_files.c.sha256)
