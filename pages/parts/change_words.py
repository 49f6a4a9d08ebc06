"""A line of the audit in words: to what it was done, and what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from ogi.labels import Labels, messages


def subject_words(subject: str, labels: Labels) -> str:
    """What was changed: a figure of the form by its name, a finding by the name of its check, anything else as it is written."""
    with suppress(KeyError):
        return labels.field(subject) if subject else ""
    check = subject.split(" ", maxsplit=1)[0]  # see ogi.store.conclusions.place_name
    return f"{labels(f'check_name.{check}')}（{check.split('_')[0]}）" if f"check_name.{check}" in messages() else subject


def detail_words(detail: Mapping[str, object], labels: Labels, action: str = "") -> str:
    """What was before and after, where the line says so; empty where there is nothing of the kind."""
    if "version" in detail:
        return _version(detail, labels)
    if "decision" in detail:
        return labels(f"decide.{detail['decision']}")
    if action == "identity_set" and isinstance(names := detail.get("names"), list):
        keys = (detail["before"], detail["after"])
        return " → ".join(_identity(name, str(key), labels) for name, key in zip(names, keys, strict=True))
    before, after = detail.get("before"), detail.get("after", _value(detail, labels))
    if action == "correction_undone":
        before, after = after, None
    elif before is None:
        before = detail.get("printed")
    if before is None and after is None:
        return ""
    change = f"{_written(before)} → {_written(after)}"
    kind = detail.get("kind")
    return f"{labels(f'report.kind.{kind}')} {change}" if kind in ("misread", "amended", "keyed") else change


def _identity(name: object, key: str, labels: Labels) -> str:
    """An identity by the name of the organ and the rest of its key (``organ.year.scope``)."""
    _, year, scope = key.split(".")
    return labels("report.title", organ=name, year=year, scope=labels(f"view.scope.{scope}"))


def _written(value: object) -> object:
    return value if value not in (None, "") else "—"


def _value(detail: Mapping[str, object], labels: Labels) -> object:
    """What was set in a cell: its number, or what a cell without number is."""
    if detail.get("value") is not None or "state" not in detail:
        return detail.get("value")
    state = f"state.{detail['state']}"
    return labels(state) if state in messages() else detail["state"]


def _version(detail: Mapping[str, object], labels: Labels) -> str:
    origin = f"versions.origin.{detail.get('origin')}"
    number = labels("versions.number", number=detail["version"])
    return f"{number} · {labels(origin)}" if origin in messages() else number
