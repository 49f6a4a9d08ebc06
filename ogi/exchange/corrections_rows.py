"""Corrections as rows of a table: what each would do, and what is wrong with it, before anything is applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from ogi.exchange.table_file import Columns, Row
from ogi.form import Cell, load_form
from ogi.labels import LANGS, Labels
from ogi.report import Number, State

KINDS = ("misread", "amended", "keyed")
STATES: tuple[State, ...] = ("blank", "dash", "not_applicable", "text", "unreadable")
"""What a misread cell without number may turn out to be."""
FIELDS = (
    "report", "organ", "report_year", "scope", "cell", "key", "printed", "read", "read_state", "unit",
    "kind", "value", "state", "why", "undo", "correction", "by", "at", "confirmed_by",
)  # fmt: skip
"""The columns, in their order; a person fills in ``kind`` … ``undo``."""
_NEEDED = ("report", "key", "kind", "value")
Outcome = Literal["untouched", "unchanged", "new", "changed", "undone", "wrong"]


@lru_cache(maxsize=1)
def columns() -> Columns:
    """The columns with their heads in every language."""
    return {field: tuple(Labels(lang)(f"exchange.corrections.column.{field}") for lang in LANGS) for field in FIELDS}


def needed() -> tuple[str, ...]:
    """The columns a table of corrections must have."""
    return _NEEDED


class Active(msgspec.Struct, frozen=True, kw_only=True):
    """A correction in force."""

    correction_id: int
    kind: str
    value: Number | None
    state: str
    why: str


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is now, as far as corrections go."""

    report_id: int
    changes: int
    printed: Mapping[str, str]
    """What is printed, by cell."""
    active: Mapping[str, tuple[Active, ...]]
    """The corrections in force, by cell."""


class CheckedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row and what applying it would do."""

    line: int
    report: str
    key: str
    outcome: Outcome
    problem: str | None = None
    """Of a ``wrong`` row: the message ``exchange.corrections.problem.<problem>``."""
    params: Mapping[str, str] = {}
    report_id: int = 0
    correction_id: int | None = None
    """The correction that is replaced or taken back."""
    kind: str = ""
    value: Number | None = None
    state: str | None = None
    why: str = ""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A whole table, checked against the records as they are now."""

    rows: tuple[CheckedRow, ...]
    changes: Mapping[int, int]
    """For each report the count of changes as it was seen, so that a change in between is noticed."""

    @property
    def problems(self) -> tuple[CheckedRow, ...]:
        """The rows that cannot be applied. As long as there is one, nothing is."""
        return tuple(row for row in self.rows if row.outcome == "wrong")

    @property
    def effective(self) -> tuple[CheckedRow, ...]:
        """The rows that change something."""
        return tuple(row for row in self.rows if row.outcome in ("new", "changed", "undone"))

    def without(self, lines: Iterable[int]) -> Checked:
        """Return the table without rows a person decided to leave out."""
        gone = frozenset(lines)
        return msgspec.structs.replace(self, rows=tuple(row for row in self.rows if row.line not in gone))


class _Wrong(Exception):  # noqa: N818  it is not raised out of this module
    def __init__(self, problem: str, **params: str) -> None:
        super().__init__(problem)
        self.problem, self.params = problem, params


def check_rows(rows: Sequence[Row], look_up: Callable[[str], Known | None]) -> Checked:
    """Check every row of a table of corrections; nothing is changed.

    Args:
        rows: as read from the file (:func:`ogi.exchange.table_file.read_rows` with :func:`columns`).
        look_up: gives a report by its key (``organ.year.scope``) as it is now; ``None`` where there is none.
    """
    known: dict[str, Known | None] = {}
    seen: dict[tuple[str, str, str], int] = {}
    checked = []
    for row in rows:
        report = row.fields.get("report", "")
        if report not in known:
            known[report] = look_up(report) if report else None
        checked.append(_checked(row, known[report], seen))
    return Checked(rows=tuple(checked), changes={k.report_id: k.changes for k in known.values() if k is not None})


def _checked(row: Row, known: Known | None, seen: dict[tuple[str, str, str], int]) -> CheckedRow:
    report, key = row.fields.get("report", ""), row.fields.get("key", "")
    plain = CheckedRow(line=row.line, report=report, key=key, outcome="untouched")
    filled = [row.fields.get(field, "") for field in ("kind", "value", "state", "undo")]
    if not any(filled):
        return plain
    try:
        if known is None:
            raise _Wrong("unknown_report", report=report or "—")
        cell = load_form().cell(key)
        if cell is None:
            raise _Wrong("unknown_key", key=key or "—")
        found = _compared(msgspec.structs.replace(plain, report_id=known.report_id), row, known, cell)
        place = (report, key, "amended" if found.kind == "amended" else "read")
        if place in seen and found.outcome != "untouched":
            raise _Wrong("twice", line=str(seen[place]))
        seen[place] = row.line
    except _Wrong as wrong:
        return msgspec.structs.replace(plain, outcome="wrong", problem=wrong.problem, params=wrong.params)
    return found


def _compared(plain: CheckedRow, row: Row, known: Known, cell: Cell) -> CheckedRow:
    fields = row.fields
    number = _number_id(fields.get("correction", ""))
    own = next((a for a in known.active.get(cell.key, ()) if a.correction_id == number), None) if number else None
    if number and own is None:
        raise _Wrong("gone", number=str(number))
    if _yes(fields.get("undo", "")):
        if own is None:
            raise _Wrong("nothing_to_undo")
        return msgspec.structs.replace(plain, outcome="undone", correction_id=number, kind=own.kind, why=fields.get("why", ""))
    kind = _word(fields.get("kind", ""), KINDS, "exchange.corrections.kind")
    if kind is None:
        raise _Wrong("kind", text=fields.get("kind", "") or "—")
    value = _number(fields.get("value", ""), cell, kind)
    state = _state(fields.get("state", ""), value, kind)
    why = fields.get("why", "").strip()
    if not why and kind != "keyed":
        raise _Wrong("why")
    if own is not None and own.kind != kind:
        raise _Wrong("kind_changed", was=own.kind)
    found = msgspec.structs.replace(plain, kind=kind, value=value, state=state, why=why, correction_id=number)
    _same_print(fields.get("printed"), known.printed.get(cell.key, ""))
    group = [a for a in known.active.get(cell.key, ()) if (a.kind == "amended") == (kind == "amended")]
    same = [a for a in group if (a.value, a.state if a.value is None else None, a.kind) == (value, state, kind)]
    if same and (own is not None or not number):
        is_reworded = why != same[0].why and own is not None
        return msgspec.structs.replace(
            found, outcome="changed" if is_reworded else "unchanged", correction_id=same[0].correction_id
        )
    if own is None and group:
        raise _Wrong("conflict", value=_said(group[0]), why=group[0].why)
    return msgspec.structs.replace(found, outcome="changed" if own is not None else "new")


def _same_print(given: str | None, printed: str) -> None:
    """Whether the cell is printed as it was when the table was made; a table without that column does not say."""
    if given is not None and _bare(given) != _bare(printed):
        raise _Wrong("printed_changed", was=given or "—", now=printed or "—")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _said(active: Active) -> str:
    return str(active.value) if active.value is not None else active.state


def _number_id(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise _Wrong("gone", number=text)
    return int(text)


def _yes(text: str) -> bool:
    return text.strip().lower() in {"1", "y", "yes", "true", "x", "是", "撤销", "√"}


def _word(text: str, words: Sequence[str], prefix: str) -> str | None:
    """A word as its code, or as it reads in any language."""
    wanted = text.strip().lower()
    return next((w for w in words if wanted in (w, *(Labels(lang)(f"{prefix}.{w}").lower() for lang in LANGS))), None)


def _number(text: str, cell: Cell, kind: str) -> Number | None:
    typed = re.sub(r"[\s,，]", "", text)
    if not typed:
        return None
    if not re.fullmatch(r"[+-]?\d{1,13}(\.\d{1,8})?", typed, re.ASCII):
        raise _Wrong("number", text=text)
    value = Decimal(typed)
    is_whole = value == value.to_integral_value()
    # What is printed may be wrong in any way; what a person puts in its place must be right.
    if kind != "misread" and ((cell.kind != "amount" and not is_whole) or (cell.kind != "delta" and value < 0)):
        raise _Wrong("not_of_form", text=text)
    return int(value) if is_whole else value


def _state(text: str, value: Number | None, kind: str) -> str | None:
    if value is not None:
        if text and _word(text, ("reported", "keyed"), "state") is None:
            raise _Wrong("value_and_state", state=text)
        return None
    state = _word(text, STATES, "state")
    if state is None or kind == "amended":
        raise _Wrong("no_value")
    return state
