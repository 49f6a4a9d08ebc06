"""``python -m loaders ingest FOLDER|ZIP|LIST``: the command line of bulk reading."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from loaders.ingest.course import begin
from loaders.ingest.crew import Cluster, Crew, NoClusterError, Processes
from loaders.ingest.outcome import failed_files, reason, summary, write_table
from loaders.ingest.progress import Progress
from loaders.ingest.run import WorkersLostError
from loaders.ingest.sources import NoSourceError, Source, source_at
from ogi.labels import Labels
from ogi.store.act import Act
from ogi.store.ingests import Ingest
from ogi.store.location import StoreError
from ogi.store.settling import settle, waiting
from ogi.store.store import Store, open_store

OK, FAILED, INTERRUPTED = 0, 2, 130
_NICE = 10
"""Readers stand back behind a dashboard on the same machine; where nothing else runs it makes no difference."""
_QUICK = 500
"""So many reports are compared before anybody asks what takes so long."""


def run(options: argparse.Namespace) -> int:
    """Take in a folder, an archive or a list and return the exit status: 0, or 2 where anything failed."""
    labels = Labels(options.lang)
    signal.signal(signal.SIGTERM, _like_ctrl_c)
    try:
        return _run(options, labels)
    except StoreError as error:
        return _failed(_said(error, labels))
    except KeyboardInterrupt:
        _failed(labels("ingest.interrupted"))
        return INTERRUPTED


def _run(options: argparse.Namespace, labels: Labels) -> int:
    try:
        source = source_at(Path(options.source))
        store = open_store()
        try:
            return _told(store, _taken_in(store, source, options, labels), options.report, labels)
        finally:
            store.close()
    except (NoSourceError, NoClusterError) as error:
        return _failed(labels(f"ingest.error.{error.code}", **error.params))
    except WorkersLostError:
        return _failed(labels("ingest.error.workers_lost"))


def _taken_in(store: Store, source: Source, options: argparse.Namespace, labels: Labels) -> Ingest:
    def crew(scratch: Path) -> Crew:
        if options.scheduler:
            return Cluster(options.scheduler, _NICE)
        return Processes(options.workers or processors(), _NICE, scratch)

    course = begin(store, source.name, Act(by=options.by))
    if course.is_resumed:
        print(labels("ingest.resumed", count=course.number), file=sys.stderr, flush=True)
    progress = Progress(sys.stderr, labels)
    try:
        ended = course.work(source, crew, progress)
    finally:
        progress.close()
    _compare(store, labels)
    if course.unpublished is not None:
        print(_said(course.unpublished, labels), file=sys.stderr)
    return ended


def _compare(store: Store, labels: Labels) -> None:
    """Check what was stored alone beside the reports around it; what an impatient person cuts off a server goes on with."""
    with store.records.reading() as connection:
        count = waiting(connection)
    if count > _QUICK:
        print(labels("ingest.comparing", count=count), file=sys.stderr, flush=True)
    _, changed = settle(store.records)
    if changed:
        store.publish()


def _told(store: Store, ended: Ingest, table: str | None, labels: Labels) -> int:
    """Say what came of it and return the exit status."""
    for file in failed_files(store.records, ended.ingest_id):
        print(labels("cli.failed", file=file.name, reason=reason(file, labels)), file=sys.stderr)
    print(summary(ended, labels))
    if table:
        try:
            write_table(Path(table), store.records, ended.ingest_id, labels)
        except OSError as error:
            why = labels("cli.cannot_write", reason=error.strerror or type(error).__name__)
            return _failed(labels("cli.failed", file=table, reason=why))
    return FAILED if ended.failures or ended.state == "stopped" else OK


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _said(error: StoreError, labels: Labels) -> str:
    return labels(f"store.error.{error.code}", **error.params)


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return FAILED


def _like_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt
