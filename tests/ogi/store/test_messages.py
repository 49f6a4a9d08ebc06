"""Everything the records may say is said in Chinese and English."""

from __future__ import annotations

import ast
from pathlib import Path

import ogi.store
from ogi.labels import Labels, messages

SOURCES = sorted(Path(ogi.store.__file__).parent.rglob("*.py"))


def words_of(name: str, place: int) -> set[str]:
    """The texts given to a function as the argument at a place, wherever in the store it is called."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name and len(node.args) > place:
                found |= {part.value for part in ast.walk(node.args[place]) if isinstance(part, ast.Constant)}
    return {word for word in found if isinstance(word, str)}


def test_every_error_has_words() -> None:
    codes = words_of("StoreError", 0)
    assert {"unplaced", "is_deleted", "not_deleted", "unreachable"} <= codes
    assert {code for code in codes if f"store.error.{code}" not in messages()} == set()


def test_every_act_in_the_audit_has_words() -> None:
    actions = words_of("note", 2) | words_of("note_row", 1) | {"version_added", "version_restored", "accepted"}
    assert {"corrected", "deleted", "organs_merged"} <= actions
    assert {action for action in actions if f"store.action.{action}" not in messages()} == set()


def test_words_name_what_is_the_matter() -> None:
    said = Labels("en")("store.error.network_share", folder="F", kind="nfs4")
    assert "F" in said
    assert "nfs4" in said
