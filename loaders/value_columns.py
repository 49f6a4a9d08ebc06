"""Which column of a table of values holds what: told by its head, through the dictionary and ``ogi/data/values.yaml``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from loaders.normalise import label_key, label_keys
from ogi.data_files import read_data
from ogi.form import Form, load_form
from ogi.report import Scope

_LONGEST_HEAD = 60


class ValueWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of ``values.yaml``; each field is explained there."""

    columns: dict[str, tuple[str, ...]]
    figure_columns: tuple[str, ...]
    known_columns: tuple[str, ...]
    scopes: dict[Scope, tuple[str, ...]]
    totals: tuple[str, ...]


@lru_cache(maxsize=1)
def value_words() -> ValueWords:
    """Read ``values.yaml``.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    return msgspec.convert(read_data("values.yaml"), ValueWords)


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of a table hold; columns are those of the sheet, from 1."""

    fields: dict[str, int]
    """Columns of the report as a whole and of single figures, by the names of ``values.yaml``."""
    cells: dict[int, str]
    """Keys of the form by column."""
    unknown: dict[int, str]
    """Heads of columns that say nothing known, or two things at once."""

    @property
    def is_long(self) -> bool:
        """Whether there is one row per figure."""
        return "key" in self.fields and bool({"value", "raw"} & self.fields.keys())

    @property
    def is_wide(self) -> bool:
        """Whether there is one row per report."""
        return bool({"organ", "document"} & self.fields.keys()) and bool(self.cells)

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return len(self.fields) + len(self.cells)


def columns_of(heads: dict[int, str]) -> Columns:
    """Understand a row of heads, given by column. A figure named twice, or named so that two are meant, is unknown."""
    fields: dict[str, int] = {}
    cells: dict[int, str] = {}
    unknown: dict[int, str] = {}
    known = _known()
    for column, head in heads.items():
        name = _fields().get(label_key(head))
        key = None if name else _cell(head)
        if name and name not in fields:
            fields[name] = column
        elif key and key not in cells.values():
            cells[column] = key
        elif label_key(head) not in known:
            unknown[column] = head
    twice = {key for key in cells.values() if any(_cell(head) == key for head in unknown.values())}
    unknown |= {column: heads[column] for column, key in cells.items() if key in twice}
    cells = {column: key for column, key in cells.items() if key not in twice}
    return Columns(fields=fields, cells=cells, unknown=unknown)


def may_be_heads(texts: list[str]) -> bool:
    """Whether texts are the heads of a table of values: what tells it from any other text with commas or tabs."""
    fields = {_fields().get(label_key(text)) for text in texts if len(text) <= _LONGEST_HEAD}
    if not fields & {"organ", "document", "key"}:
        return False
    found = columns_of(dict(enumerate(texts)))
    return found.is_long or found.is_wide


def scope_of(text: str) -> Scope | None:
    """The scope a text names; ``None`` for no or an unknown one."""
    key = label_key(text)
    return next((scope for scope, words in value_words().scopes.items() if key in map(label_key, words)), None)


def is_total(text: str) -> bool:
    """Whether the name of an organ is that of a row of totals."""
    return label_key(text) in map(label_key, value_words().totals)


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    words = value_words()
    found = {label_key(name): field for field, names in words.columns.items() for name in names}
    return found | {label_key(name): name for name in words.figure_columns}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(map(label_key, value_words().known_columns))


def _cell(head: str) -> str | None:
    """The key of the form a head means, as key or as row and column in words; ``None`` where none or several fit."""
    by_key, by_label = _cells()
    if head.strip() in by_key:
        return head.strip()
    for key in label_keys(head):
        found = by_label.get(key, frozenset())
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


@lru_cache(maxsize=1)
def _cells() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The keys of all editions, and by label in both languages the keys it may mean."""
    form: Form = load_form()
    found: dict[str, set[str]] = {}
    for edition in form.editions.values():
        for cell in edition.cells.values():
            for row in (*cell.row.spellings, cell.row.en):
                for column in (*cell.column.spellings, cell.column.en):
                    alone = cell.table.layout == "one_value_per_row"
                    found.setdefault(label_key(row if alone else f"{row}·{column}"), set()).add(cell.key)
    keys = frozenset(key for edition in form.editions.values() for key in edition.cells)
    return keys, {label: frozenset(meant) for label, meant in found.items()}
