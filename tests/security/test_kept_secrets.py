"""What opens something is kept nowhere: neither in the records nor in what is asked of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import event

from ogi.shares.passcode import hash_passcode
from ogi.shares.share import Draft
from ogi.store.accounts import put_account, sign_in, signed_in
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.records import open_records
from ogi.store.shares import find_share, make_share

PASSWORD, PASSCODE = "correct-horse-battery-1", "passcode-4711"
ACT = Act(by="admin")


def test_records_hold_only_digests_and_are_asked_by_digests(tmp_path: Path) -> None:
    """A look-up by the SHA-256 of 128 random bits: how long it takes tells nothing of a token, whatever was guessed of it."""
    records = open_records(Location.of(tmp_path))
    with records.writing() as c:
        put_account(c, "admin", "administrator", ACT, password=PASSWORD)
        tokens = [sign_in(c, "admin", ACT), sign_in(c, "admin", ACT, kind="script", title="x", days=1)]
        tokens.append(make_share(c, Draft(query="page=overview", passcode_hash=hash_passcode(PASSCODE)), ACT)[0])
    asked: list[str] = []
    event.listen(records.engine, "before_cursor_execute", lambda *given: asked.append(str(given[3])))
    with records.reading() as c:
        assert find_share(c, tokens[2]) is not None
        assert signed_in(c, tokens[0]) is not None
        assert signed_in(c, tokens[1], kind="script") is not None
        assert signed_in(c, tokens[1]) is None  # the token of a script is none of a browser
    records.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for token in tokens:
        digest = hashlib.sha256(token.encode()).hexdigest()
        assert digest.encode() in kept
        assert any(digest in given for given in asked)
        assert not any(token in given for given in asked)
    for secret in (*tokens, PASSWORD, PASSCODE):
        assert secret.encode() not in kept
