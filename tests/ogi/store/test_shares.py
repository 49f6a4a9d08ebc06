"""Shares in the records, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ogi.access.secrets import digest_of
from ogi.shares.share import Draft
from ogi.shares.token import is_token
from ogi.store import schema
from ogi.store.location import StoreError
from ogi.store.shares import find_share, list_shares, make_share, note_opening, revoke_share

DRAFT = Draft(query="collection=fictional", title="标题", note="说明")
AT = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


def test_token_finds_its_share_and_is_not_kept(records, act) -> None:
    with records.writing() as connection:
        token, share = make_share(connection, DRAFT, act)
        assert is_token(token)
        assert find_share(connection, token) == share
        assert find_share(connection, token[:-1] + ("A" if token[-1] != "A" else "Q")) is None
        stored = [str(row) for table in (schema.shares, schema.audit) for row in connection.execute(sa.select(table))]
    assert not any(token in row for row in stored)
    assert any(digest_of(token) in row for row in stored)


def test_revoked_share_is_found_no_more_but_listed(records, act) -> None:
    with records.writing() as connection:
        token, share = make_share(connection, DRAFT, act)
        revoke_share(connection, share.share_id, act)
        assert find_share(connection, token) is None
        (listed,) = list_shares(connection)
        assert (listed.state(act.at), listed.revoked_by) == ("revoked", "李四")
        with pytest.raises(StoreError, match="no_share"):
            revoke_share(connection, share.share_id, act)
        with pytest.raises(StoreError, match="no_share"):
            revoke_share(connection, 999, act)


def test_openings_are_counted_without_who(records, act) -> None:
    with records.writing() as connection:
        token, share = make_share(connection, DRAFT, act)
        note_opening(connection, share.share_id, AT)
        note_opening(connection, share.share_id, AT + dt.timedelta(days=1))
        found = find_share(connection, token)
    assert found is not None
    assert (found.opened, found.opened_at) == (2, AT + dt.timedelta(days=1))


def test_share_ends_at_its_time(records, act) -> None:
    with records.writing() as connection:
        _, share = make_share(connection, Draft(query="", expires_at=AT), act)
    assert share.state(AT - dt.timedelta(seconds=1)) == "open"
    assert share.state(AT) == "expired"


def test_making_and_revoking_stand_in_the_audit(records, act) -> None:
    with records.writing() as connection:
        _, share = make_share(connection, DRAFT, act)
        revoke_share(connection, share.share_id, act)
        lines = connection.execute(sa.select(schema.audit.c.action, schema.audit.c.subject)).all()
    assert [tuple(line) for line in lines] == [("share_made", share.code), ("share_revoked", share.code)]
