"""The command line of the store: ``python -m ogi.store upgrade|rebuild|check|export|backup|restore|index|texts``.

Of a shared server also ``account|accounts|token``.

Exit status: 0 done; 1 ``check`` found damage; 2 the store cannot be used.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ogi.labels import LANGS, Labels
from ogi.store.account_commands import RUN_ACCOUNTS, add_account_arguments
from ogi.store.check import damages
from ogi.store.commands import RUN, add_arguments
from ogi.store.location import StoreError
from ogi.store.publishing import rederive
from ogi.store.records import open_records
from ogi.store.settling import settle
from ogi.store.store import Store, open_store

OK, DAMAGED, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    options = _parser(Labels("en" if spoken.lower().startswith("en") else "zh")).parse_args(arguments)
    labels = Labels(options.lang)
    try:
        if run := (RUN | RUN_ACCOUNTS).get(options.command):
            print(run(options, labels))
            return OK
        return {"upgrade": _upgrade, "rebuild": _rebuild, "check": _check}[options.command](labels)
    except StoreError as error:
        print(labels(f"store.error.{error.code}", **error.params), file=sys.stderr)
        return FAILED


def _parser(labels: Labels) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ogi.store", description=labels("store.cli.about"))
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("upgrade", "rebuild", "check", *RUN, *RUN_ACCOUNTS):
        words = labels(f"{_room_of(name)}.cli.{name}_help")
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--lang", choices=LANGS, default=labels.lang, help=labels("cli.lang_help"))
        add_arguments(name, command, labels)
        add_account_arguments(name, command, labels)
    return parser


def _room_of(command: str) -> str:
    """The room whose messages describe a command."""
    return "exchange" if command in RUN else "access" if command in RUN_ACCOUNTS else "store"


def _upgrade(labels: Labels) -> int:
    records = open_records()
    place = str(records.location.folder) if records.is_sqlite else records.location.url.render_as_string(hide_password=True)
    records.close()
    print(labels("store.cli.upgraded", place=place))
    return OK


def _rebuild(labels: Labels) -> int:
    store: Store = open_store()
    try:
        derived = rederive(store.records)
        settle(store.records)
        generation = store.rebuild_snapshot()
        count = len(store.snapshot())
    finally:
        store.close()
    print(labels("store.cli.rebuilt", count=count, derived=derived, generation=generation))
    return OK


def _check(labels: Labels) -> int:
    records = open_records()
    count = 0
    try:
        for count, damage in enumerate(damages(records), start=1):  # noqa: B007 - the last one tells how many there are
            print(labels(f"store.damage.{damage.code}", **damage.params), flush=True)
    finally:
        records.close()
    print(labels("store.cli.damaged", count=count) if count else labels("store.cli.whole"))
    return DAMAGED if count else OK


if __name__ == "__main__":
    sys.exit(main())
