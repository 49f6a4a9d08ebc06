"""Commands to take everything away and bring it back (``export``, ``backup``, ``restore``); ``index`` and ``texts`` for prose."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from ogi.labels import Labels
from ogi.store.act import Act
from ogi.store.backup import backup, restore
from ogi.store.backup.rows import Manifest
from ogi.store.comparing_texts import compare_texts
from ogi.store.likenesses import texts_of
from ogi.store.location import Location
from ogi.store.records import open_records
from ogi.store.search import index_pending
from ogi.store.settling import settle
from ogi.store.store import open_store
from ogi.store.takeout import export_all


def add_arguments(name: str, command: argparse.ArgumentParser, labels: Labels) -> None:
    """Add what a command is given; other commands are left as they are."""
    if name == "export":
        command.add_argument("folder", type=Path, help=labels("exchange.cli.export_folder"))
        command.add_argument("--no-workbooks", action="store_true", help=labels("exchange.cli.no_workbooks"))
    elif name in ("backup", "restore"):
        command.add_argument("file", type=Path, help=labels("exchange.cli.backup_file"))
    elif name == "texts":
        command.add_argument("year", type=int, nargs="*", help=labels("exchange.cli.texts_year"))
        command.add_argument("--by", default="local", help=labels("exchange.cli.texts_by"))
    if name == "restore":
        command.add_argument("folder", type=Path, help=labels("exchange.cli.restore_folder"))


def run_export(options: argparse.Namespace, labels: Labels) -> str:
    """Write everything into an empty folder; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.takeout.export_all`.
    """
    records = open_records()
    try:
        counts = export_all(records, options.folder, with_workbooks=not options.no_workbooks)
    finally:
        records.close()
    done = labels("exchange.cli.exported", reports=counts["reports.jsonl"], folder=options.folder)
    return f"{done}\n{labels('exchange.cli.unmasked')}"


def run_backup(options: argparse.Namespace, labels: Labels) -> str:
    """Write a backup; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.backup.backup`.
    """
    records = open_records()
    try:
        manifest = backup(records, options.file)
    finally:
        records.close()
    return labels("exchange.cli.backed_up", file=options.file, **_counts(manifest))


def run_restore(options: argparse.Namespace, labels: Labels) -> str:
    """Restore a backup into an empty place, and make the snapshot; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.backup.restore`.
    """
    place = Location.of(options.folder)
    manifest = restore(options.file, place)
    open_store(place).close()
    return labels("exchange.cli.restored", folder=options.folder, **_counts(manifest))


def run_index(_: argparse.Namespace, labels: Labels) -> str:
    """Put all stored prose into the search index; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.search.index_pending`.
    """
    records = open_records()
    try:
        while index_pending(records):
            pass
    finally:
        records.close()
    return labels("exchange.cli.indexed")


def run_texts(options: argparse.Namespace, labels: Labels) -> str:
    """Compare the texts of the years named, or of all in which something was stored since; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.comparing_texts.compare_texts`.
    """
    records = open_records()
    try:
        with records.reading() as connection:
            known = texts_of(connection, options.year)
        wanted = options.year or [year for year, texts in known.items() if not texts.is_whole]
        alike = sum(compare_texts(records, year, Act(by=options.by)) for year in wanted)
        settle(records)
    finally:
        records.close()
    years = labels("list_separator").join(map(str, wanted)) or "—"
    return labels("exchange.cli.texts_compared", years=years, alike=alike)


RUN: dict[str, Callable[[argparse.Namespace, Labels], str]] = {
    "export": run_export,
    "backup": run_backup,
    "restore": run_restore,
    "index": run_index,
    "texts": run_texts,
}


def _counts(manifest: Manifest) -> dict[str, int]:
    reports = next(entry.rows for entry in manifest.tables if entry.name == "reports")
    return {"rows": sum(entry.rows for entry in manifest.tables), "reports": reports}
