"""Accounts of a shared server, and the browsers and scripts that are signed in to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from ogi.access.roles import Role, Visitor
from ogi.access.secrets import LONGEST_PASSWORD, SHORTEST_PASSWORD, digest_of, is_secret, new_token, secret_hash
from ogi.store import audit, schema
from ogi.store.act import Act, now
from ogi.store.location import StoreError

Kind = Literal["browser", "script"]
BROWSER_HOURS = 12
LONGEST_SCRIPT_DAYS = 400
_ACCOUNTS, _SIGN_INS = schema.accounts, schema.sign_ins


@dataclass(frozen=True, kw_only=True)
class Account:
    """One person who may sign in."""

    name: str
    role: Role
    regions: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    has_password: bool = False
    """Without one, another server signs this person in, and the name is the e-mail address it vouches for."""
    closed_at: dt.datetime | None = None

    @property
    def visitor(self) -> Visitor:
        """The person as pages see them."""
        return Visitor(name=self.name, role=self.role, regions=self.regions, organs=self.organs)


def put_account(
    connection: sa.Connection,
    name: str,
    role: Role,
    act: Act,
    *,
    password: str | None = None,
    regions: Sequence[str] = (),
    organs: Sequence[str] = (),
) -> bool:
    """Open an account, or change one; every browser and script signed in to it must sign in again.

    Args:
        connection: a transaction.
        name: as changes are signed.
        role: what the person may do.
        act: who opens it.
        password: a new one; ``None`` keeps the one there is, or leaves signing in to another server.
        regions: codes to which an editor is limited.
        organs: ids to which an editor is limited.

    Returns:
        Whether it is new.

    Raises:
        StoreError: ``account_name``, ``password_short``, ``limit``.
    """
    name = name.strip()
    if not name or len(name) > 120 or not name.isprintable():
        raise StoreError("account_name", name=name[:120])
    if password is not None and not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StoreError("password_short", least=SHORTEST_PASSWORD)
    if (regions or organs) and role != "editor":
        raise StoreError("limit")
    if bad := [code for code in regions if not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6))]:
        raise StoreError("bad_value", value=bad[0][:40])
    old = connection.execute(sa.select(_ACCOUNTS).where(_ACCOUNTS.c.name == name)).mappings().one_or_none()
    row = {"role": role, "regions": list(regions), "organs": list(organs), "closed_at": None, "at": act.at, "by": act.by}
    if password is not None:
        row["password_hash"] = secret_hash(password)
    if old is None:
        connection.execute(sa.insert(_ACCOUNTS).values(name=name, **row))
    else:
        connection.execute(sa.update(_ACCOUNTS).where(_ACCOUNTS.c.name == name).values(**row))
        _end_all(connection, name, act)
    before = None if old is None else [old["role"], old["regions"], old["organs"]]
    audit.note(connection, act, "account_set", subject=name, role=role, regions=list(regions), organs=list(organs), before=before)
    return old is None


def close_account(connection: sa.Connection, name: str, act: Act) -> None:
    """Close an account; what was done under its name stays.

    Raises:
        StoreError: ``no_account``.
    """
    open_one = (_ACCOUNTS.c.name == name, _ACCOUNTS.c.closed_at.is_(None))
    if connection.execute(sa.update(_ACCOUNTS).where(*open_one).values(closed_at=act.at)).rowcount != 1:
        raise StoreError("no_account", name=name[:120])
    _end_all(connection, name, act)
    audit.note(connection, act, "account_closed", subject=name)


def accounts(connection: sa.Connection) -> list[Account]:
    """Return all accounts by name, closed ones too."""
    return [_account(row) for row in connection.execute(sa.select(_ACCOUNTS).order_by(_ACCOUNTS.c.name)).mappings()]


def account_of(connection: sa.Connection, name: str) -> Account | None:
    """Return an open account: of a person whom another server vouches for."""
    query = sa.select(_ACCOUNTS).where(_ACCOUNTS.c.name == name, _ACCOUNTS.c.closed_at.is_(None))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _account(row)


def is_right_password(connection: sa.Connection, name: str, password: str) -> bool:
    """Whether this is the password of an open account. Takes as long for a name nobody has."""
    kept = sa.select(_ACCOUNTS.c.password_hash).where(_ACCOUNTS.c.name == name, _ACCOUNTS.c.closed_at.is_(None))
    return is_secret(password, connection.scalar(kept))


def sign_in(connection: sa.Connection, name: str, act: Act, *, kind: Kind = "browser", title: str = "", days: int = 0) -> str:
    """Sign a browser or a script in to an account; return its token, which is shown or set once and kept only as a hash.

    Args:
        connection: a transaction.
        name: an open account, whose password was right or whom another server vouches for.
        act: who signs in.
        kind: a browser is signed in for twelve hours; a script for ``days``.
        title: what the script is for.
        days: see ``kind``.

    Raises:
        StoreError: ``no_account``, ``bad_value`` (days).
    """
    if account_of(connection, name) is None:
        raise StoreError("no_account", name=name[:120])
    if kind == "script" and not 1 <= days <= LONGEST_SCRIPT_DAYS:
        raise StoreError("bad_value", value=str(days))
    lasts = dt.timedelta(hours=BROWSER_HOURS) if kind == "browser" else dt.timedelta(days=days)
    token = new_token()
    row = {"token_hash": digest_of(token), "name": name, "kind": kind, "title": title, "expires_at": act.at + lasts}
    connection.execute(sa.insert(_SIGN_INS).values(**row, at=act.at, by=act.by))
    audit.note(connection, act, "signed_in", subject=name, kind=kind, title=title)
    return token


def sign_out(connection: sa.Connection, token: str, act: Act) -> None:
    """End a sign-in; one that has ended stays so."""
    mine = (_SIGN_INS.c.token_hash == digest_of(token), _SIGN_INS.c.ended_at.is_(None))
    connection.execute(sa.update(_SIGN_INS).where(*mine).values(ended_at=act.at))


def signed_in(connection: sa.Connection, token: str | None, *, kind: Kind = "browser") -> Visitor | None:
    """Return who is signed in by a token; ``None`` for none, an unknown, ended or expired one, or a closed account."""
    if not token:
        return None
    query = (
        sa.select(_ACCOUNTS)
        .join(_SIGN_INS, _SIGN_INS.c.name == _ACCOUNTS.c.name)
        .where(
            _SIGN_INS.c.token_hash == digest_of(token),
            _SIGN_INS.c.kind == kind,
            _SIGN_INS.c.ended_at.is_(None),
            _SIGN_INS.c.expires_at > now(),
            _ACCOUNTS.c.closed_at.is_(None),
        )
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _account(row).visitor


def can_anybody_sign_in(connection: sa.Connection) -> bool:
    """Whether there is an open account with a password."""
    query = sa.select(sa.literal(1)).where(_ACCOUNTS.c.password_hash.is_not(None), _ACCOUNTS.c.closed_at.is_(None))
    return connection.execute(query.limit(1)).first() is not None


def _end_all(connection: sa.Connection, name: str, act: Act) -> None:
    open_ones = (_SIGN_INS.c.name == name, _SIGN_INS.c.ended_at.is_(None))
    connection.execute(sa.update(_SIGN_INS).where(*open_ones).values(ended_at=act.at))


def _account(row: sa.RowMapping) -> Account:
    return Account(
        name=row["name"],
        role=row["role"],
        regions=tuple(row["regions"]),
        organs=tuple(row["organs"]),
        has_password=row["password_hash"] is not None,
        closed_at=row["closed_at"],
    )
