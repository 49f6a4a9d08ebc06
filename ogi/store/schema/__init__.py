"""The tables of the records, the same on SQLite and PostgreSQL.

One law, one constraint: a document's bytes are stored once (primary key: their SHA-256); of an organ, a year and a scope there
is one report that is not deleted (``reports_identity``), and its current version is one of its own (``reports_current``); a
version is never changed or taken away (triggers of the first migration); a cell has at most one correction of a kind that
counts, and a finding at most one decision (partial unique indexes over those not undone). A deleted report keeps all its rows
and gives its identity free. Tables under *derived* hold nothing of their own and can be made anew.
"""

from ogi.store.schema.access import accounts, sign_ins
from ogi.store.schema.columns import METADATA
from ogi.store.schema.decided import audit, corrections, decisions, shares
from ogi.store.schema.derived import likenesses, open_findings, passages, report_facts, snapshot_folders, snapshot_queue
from ogi.store.schema.groups import organ_groups
from ogi.store.schema.lists import expected_organs, ingested_files, ingests, populations
from ogi.store.schema.reports import document_bytes, documents, organ_links, organ_names, organs, reports, versions

DERIVED = (report_facts, open_findings, passages, likenesses, snapshot_folders, snapshot_queue)
"""Tables that hold nothing of their own."""

__all__ = [
    "DERIVED",
    "METADATA",
    "accounts",
    "audit",
    "corrections",
    "decisions",
    "document_bytes",
    "documents",
    "expected_organs",
    "ingested_files",
    "ingests",
    "likenesses",
    "open_findings",
    "organ_groups",
    "organ_links",
    "organ_names",
    "organs",
    "passages",
    "populations",
    "report_facts",
    "reports",
    "shares",
    "sign_ins",
    "snapshot_folders",
    "snapshot_queue",
    "versions",
]
