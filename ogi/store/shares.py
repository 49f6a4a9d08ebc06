"""Shares in the records: made, found by their token, revoked, and how often they were opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import sqlalchemy as sa

from ogi.access.secrets import digest_of, new_token
from ogi.shares.share import Draft, Share
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing
from ogi.store.location import StoreError

_TABLE = schema.shares


@all_or_nothing
def make_share(connection: sa.Connection, draft: Draft, act: Act) -> tuple[str, Share]:
    """Store a share and return its token, which is not kept and cannot be told again, and the share.

    Args:
        connection: a writing transaction.
        draft: what is shared.
        act: who shares, and when.
    """
    token = new_token()
    row = {**asdict(draft), "token_hash": digest_of(token), "at": act.at, "by": act.by}
    connection.execute(sa.insert(_TABLE).values(row))
    share = find_share(connection, token)
    assert share is not None
    about = {"title": share.title, "frozen": share.is_frozen, "query": share.query}
    audit.note(connection, act, "share_made", subject=share.code, **about)
    return token, share


def find_share(connection: sa.Connection, token: str) -> Share | None:
    """Return the share of a token, expired ones too; ``None`` for an unknown and for a revoked one, by the same look-up."""
    query = sa.select(_TABLE).where(_TABLE.c.token_hash == digest_of(token), _TABLE.c.revoked_at.is_(None))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Share(**row)


def list_shares(connection: sa.Connection) -> list[Share]:
    """Return all shares, newest first."""
    rows = connection.execute(sa.select(_TABLE).order_by(_TABLE.c.share_id.desc())).mappings()
    return [Share(**row) for row in rows]


@all_or_nothing
def revoke_share(connection: sa.Connection, share_id: int, act: Act) -> None:
    """Revoke a share: its link, the passes given out for it and the sessions opened with them end.

    Raises:
        StoreError: ``no_share``: there is none with this number, or it was revoked already.
    """
    found = connection.execute(sa.select(_TABLE).where(_TABLE.c.share_id == share_id, _TABLE.c.revoked_at.is_(None))).mappings()
    row = found.one_or_none()
    if row is None:
        raise StoreError("no_share")
    values = {"revoked_at": act.at, "revoked_by": act.by}
    connection.execute(sa.update(_TABLE).where(_TABLE.c.share_id == share_id).values(values))
    audit.note(connection, act, "share_revoked", subject=Share(**row).code, title=row["title"])


def note_opening(connection: sa.Connection, share_id: int, at: dt.datetime) -> None:
    """Count an opening of the link; nothing is noted about who opened it."""
    values = {"opened": _TABLE.c.opened + 1, "opened_at": at}
    connection.execute(sa.update(_TABLE).where(_TABLE.c.share_id == share_id).values(values))
