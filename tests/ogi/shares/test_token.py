"""The secret in a link, and the pass of a browser."""

from __future__ import annotations

import hashlib

import pytest

from ogi.access.attempts import Tries
from ogi.access.secrets import digest_of, new_token
from ogi.shares.passcode import hash_passcode, is_passcode
from ogi.shares.token import code_of, is_pass, is_token, pass_of, token_in

TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"
OTHER = "AAAAAAAAAAAAAAAAAAAAAQ"


def test_token_holds_128_bits_and_never_comes_twice() -> None:
    made = {new_token() for _ in range(200)}
    assert len(made) == 200
    assert all(is_token(token) and len(token) == 22 for token in made)  # 22 characters of 6 bits hold 128


def test_stored_is_the_digest_and_the_code_is_its_beginning() -> None:
    assert digest_of(TOKEN) == hashlib.sha256(b"AAAAAAAAAAAAAAAAAAAAAA").hexdigest()
    assert digest_of(TOKEN).startswith(code_of(digest_of(TOKEN)))
    assert TOKEN not in digest_of(TOKEN)


@pytest.mark.parametrize("text", ["", "short", TOKEN + "A", "../../etc/passwd/aaaaaa", "AAAAAAAAAAAAAAAAAAAAA\n", "汉" * 22])
def test_what_is_no_token_is_told(text: str) -> None:
    assert not is_token(text)


def test_pass_holds_for_its_own_token_and_passcode_only() -> None:
    open_one, locked = pass_of(TOKEN, None), pass_of(TOKEN, "$argon2id$one")
    assert is_pass(open_one, TOKEN, None)
    assert is_pass(locked, TOKEN, "$argon2id$one")
    assert not is_pass(open_one, TOKEN, "$argon2id$one")  # the pass from before there was a passcode
    assert not is_pass(locked, TOKEN, "$argon2id$two")  # another passcode
    assert not is_pass(open_one, OTHER, None)
    assert not is_pass("密", TOKEN, None)
    assert token_in(open_one) == TOKEN
    assert token_in(TOKEN) is None


def test_passcode_is_kept_by_argon2_and_full_width_digits_are_the_same() -> None:
    stored = hash_passcode("2024政务")
    assert stored.startswith("$argon2id$")
    assert "2024" not in stored
    assert is_passcode("２０２４政务 ", stored)
    assert not is_passcode("2023政务", stored)
    assert not is_passcode("2024政务", "no hash at all")
    with pytest.raises(ValueError, match="4 to 64"):
        hash_passcode("123")


def test_tries_are_few_and_come_back_with_time() -> None:
    tries = Tries(most=2, seconds=10)
    assert [tries.take("a", 0), tries.take("a", 1)] == [0, 0]
    assert tries.take("a", 4) == 6  # ten seconds after the first one
    assert tries.take("b", 4) == 0
    assert tries.take("a", 10) == 0
    tries.forget("a")
    assert [tries.take("a", 11), tries.take("a", 11)] == [0, 0]


def test_tries_of_very_many_names_do_not_fill_the_memory() -> None:
    tries = Tries(most=1, seconds=10, kept=3)
    for name in "abcd":
        tries.take(name, 0)
    assert tries.take("a", 1) == 0  # the oldest was forgotten
    assert tries.take("d", 1) > 0
