"""What can be made anew from the other tables. Of a deleted report there is nothing here."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.store.schema.columns import METADATA, Counter, Moment, Name

SETTLED, ALONE, AGAIN = 0, 1, 2
"""Checked beside the reports around it; checked alone so far; to be checked anew because one of those has changed."""

report_facts = sa.Table(
    "report_facts",
    METADATA,
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), primary_key=True),
    sa.Column("report_year", sa.SmallInteger, nullable=False),
    sa.Column("row", sa.LargeBinary, nullable=False),  # a row of the snapshot
    sa.Column("made_by", sa.String(40), nullable=False),  # version of checks and form
    sa.Column("read_status", sa.String(10), nullable=False),  # complete, partial or missing: the worst of its tables
    sa.Column("errors", sa.Integer, nullable=False),  # open findings by severity
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("hints", sa.Integer, nullable=False),
    sa.Column("marked", sa.Integer, nullable=False),  # readings a person should look at
    sa.Column("waiting", sa.SmallInteger, nullable=False, server_default="2"),  # beside others: 1 never was, 2 again
)
sa.Index(
    "report_facts_waiting",
    report_facts.c.report_id,
    sqlite_where=report_facts.c.waiting > 0,
    postgresql_where=report_facts.c.waiting > 0,
)
sa.Index("report_facts_report_year_index", report_facts.c.report_year)
open_findings = sa.Table(
    "open_findings",
    METADATA,
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), primary_key=True),
    sa.Column("place", Name, primary_key=True),
    sa.Column("check_id", sa.String(60), nullable=False),
    sa.Column("severity", sa.String(10), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
sa.Index("open_findings_check_id_index", open_findings.c.check_id, open_findings.c.severity)
passages = sa.Table(
    "passages",
    METADATA,
    sa.Column("passage_id", Counter, primary_key=True),
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), nullable=False),
    sa.Column("section", sa.String(4), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
sa.Index("passages_report_id_index", passages.c.report_id)
likenesses = sa.Table(  # how much of a text stands in that of another organ of its year, for all that were compared
    "likenesses",
    METADATA,
    sa.Column("report_id", Counter, sa.ForeignKey("reports.report_id"), primary_key=True),
    sa.Column("report_year", sa.SmallInteger, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # whose text it was; of another one nothing is known
    sa.Column("share", sa.Float),  # none: too few words of its own; 0: like no other
    sa.Column("other_id", Counter, sa.ForeignKey("reports.report_id")),
    sa.Column("other_version", sa.Integer),
    sa.Column("passages", sa.Text, nullable=False),  # the longest, as a JSON list
    sa.Column("at", Moment, nullable=False),
)
sa.Index("likenesses_report_year_index", likenesses.c.report_year)
sa.Index("likenesses_other_id_index", likenesses.c.other_id)
snapshot_queue = sa.Table(
    "snapshot_queue",
    METADATA,
    sa.Column("queue_id", Counter, primary_key=True),
    sa.Column("report_id", Counter, nullable=False),
    sa.Column("report_year", sa.SmallInteger, nullable=False),
    sa.Column("key", Name, nullable=False),  # organ.year.scope as it was published; a changed identity leaves the old one
    sa.Column("removed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("folder", sa.String(32), nullable=False, server_default=""),  # whose snapshot lacks it, see ``followers``
)
sa.Index("snapshot_queue_folder_index", snapshot_queue.c.folder, snapshot_queue.c.queue_id)
snapshot_folders = sa.Table(
    "snapshot_folders",
    METADATA,
    sa.Column("folder", sa.String(32), primary_key=True),
    sa.Column("place", sa.Text, nullable=False),  # machine and path, for people
    sa.Column("seen_at", Moment, nullable=False),  # last sign of life
)
