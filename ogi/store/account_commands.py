"""Commands of an administrator of a shared server: ``account``, ``accounts`` and ``token``."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable

from ogi.access.roles import ROLES
from ogi.labels import Labels
from ogi.store.accounts import LONGEST_SCRIPT_DAYS, Account, accounts, close_account, put_account, sign_in
from ogi.store.act import Act
from ogi.store.location import StoreError
from ogi.store.records import open_records

_GIVEN = "OGI_NEW_PASSWORD"
"""The environment variable a script may give a password in; a password on the command line would stand in the process list."""


def add_account_arguments(name: str, command: argparse.ArgumentParser, labels: Labels) -> None:
    """Add what a command is given; other commands are left as they are."""
    if name in ("account", "token"):
        command.add_argument("name", help=labels("access.cli.name"))
    if name == "account":
        command.add_argument("--role", choices=ROLES, default="reader", help=labels("access.cli.role"))
        command.add_argument("--region", action="append", default=[], help=labels("access.cli.region"))
        command.add_argument("--organ", action="append", default=[], help=labels("access.cli.organ"))
        command.add_argument("--no-password", action="store_true", help=labels("access.cli.no_password"))
        command.add_argument("--close", action="store_true", help=labels("access.cli.close"))
    if name == "token":
        command.add_argument("--title", default="", help=labels("access.cli.title"))
        command.add_argument("--days", type=int, default=90, help=labels("access.cli.days", most=LONGEST_SCRIPT_DAYS))


def run_account(options: argparse.Namespace, labels: Labels) -> str:
    """Open, change or close an account; returns what to say.

    Raises:
        StoreError: as :func:`ogi.store.accounts.put_account`; ``passwords_differ``.
    """
    act = Act(by=_administrator())
    password = None if options.close or options.no_password else _asked_password(labels)
    records = open_records()
    try:
        with records.writing() as connection:
            if options.close:
                close_account(connection, options.name, act)
                return labels("access.cli.closed", name=options.name)
            limits = {"regions": options.region, "organs": options.organ}
            is_new = put_account(connection, options.name, options.role, act, password=password, **limits)
    finally:
        records.close()
    said = labels("access.cli.opened" if is_new else "access.cli.changed", name=options.name)
    return f"{said} {labels(f'access.role.{options.role}')}"


def run_accounts(_: argparse.Namespace, labels: Labels) -> str:
    """Return all accounts, a line each."""
    records = open_records()
    try:
        with records.reading() as connection:
            found = accounts(connection)
    finally:
        records.close()
    return "\n".join(_line(account, labels) for account in found) or labels("access.cli.none")


def run_token(options: argparse.Namespace, labels: Labels) -> str:
    """Make a token for a script; it is shown this once.

    Raises:
        StoreError: as :func:`ogi.store.accounts.sign_in`.
    """
    records = open_records()
    try:
        with records.writing() as connection:
            act = Act(by=_administrator())
            token = sign_in(connection, options.name, act, kind="script", title=options.title, days=options.days)
    finally:
        records.close()
    return labels("access.cli.token", name=options.name, days=options.days, token=token)


RUN_ACCOUNTS: dict[str, Callable[[argparse.Namespace, Labels], str]] = {
    "account": run_account,
    "accounts": run_accounts,
    "token": run_token,
}


def _line(account: Account, labels: Labels) -> str:
    parts = [account.name, labels(f"access.role.{account.role}"), *account.regions, *account.organs]
    if not account.has_password:
        parts.append(labels("access.cli.elsewhere"))
    if account.closed_at is not None:
        parts.append(labels("access.cli.is_closed"))
    return "\t".join(parts)


def _administrator() -> str:
    """Who sits at the command line, as the audit names them."""
    try:
        return f"command line ({getpass.getuser()})"
    except (KeyError, OSError):
        return "command line"


def _asked_password(labels: Labels) -> str:
    given = os.environ.get(_GIVEN)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(labels("access.cli.password"))
    if getpass.getpass(labels("access.cli.again")) != first:
        raise StoreError("passwords_differ")
    return first
