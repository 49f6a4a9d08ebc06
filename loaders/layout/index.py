"""The labels of a form, ready to be looked up: one index per form, worked out once.

Nothing here knows a label. A new row, column, variant or edition in the data is found without a change of code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

import msgspec

from loaders.headings import headings_of
from loaders.layout.by_text import ByText
from loaders.layout.misprints import most_like
from loaders.layout.spellings import SHORTEST_CUT, Places, Spellings
from loaders.normalise import caption_key, label_key, label_keys, plain
from loaders.words import load_words
from ogi.form import Edition, Form, Section, Table, Unit
from ogi.form.editions import Part

_LONGEST_LABEL = 80
_SHORTEST_PIECE = 2
"""One character alone is a piece of too many labels."""

_KEPT_AS = "_label_index"


class EditionTable:
    """One table as one edition prints it, with its labels indexed."""

    def __init__(self, edition: Edition, table: Table, units: dict[str, Unit]) -> None:
        self.units = units
        self.edition = edition
        self.table = table
        self.columns = Spellings(table.columns)
        self.rows = Spellings(table.rows)
        self.local = Spellings(table.local_rows)

    def is_other_unit(self, printed: str | None, unit: str | None) -> bool:
        """Whether the unit printed in a cell is not the one the form asks for there."""
        if printed is None or unit is None:
            return False
        return printed not in (self.units[unit].zh, *self.units[unit].variants)

    @property
    def is_blocks(self) -> bool:
        """Whether the rows of the form stand side by side in one printed row."""
        return self.table.layout == "blocks_in_one_row"


@lru_cache(maxsize=1)
def stub_keys() -> tuple[str, ...]:
    """The keys of the words that stand above the labels of rows."""
    return tuple(map(label_key, load_words().stubs))


def _distinct(found: list[Places]) -> int:
    return min(len(found), len({place for places in found for place in places}))


def _united(parts: Iterable[Part]) -> tuple[Part, ...]:
    """One part for each key, with its spellings in all editions."""
    found: dict[str, Part] = {}
    for part in parts:
        known = found.get(part.key)
        found[part.key] = msgspec.structs.replace(known, variants=(*known.spellings, *part.spellings)) if known else part
    return tuple(found.values())


class FormTable:
    """One table in all editions that have it."""

    def __init__(self, editions: list[EditionTable], groups: Spellings, group_keys: tuple[str, ...]) -> None:
        self.editions = editions
        self.groups = groups
        self.group_keys = group_keys
        self.id = editions[0].table.id
        self.is_blocks = any(e.is_blocks for e in editions)
        columns = [tuple(c.key for c in e.table.columns) for e in editions]
        self.same_columns = len(set(columns)) == 1
        """Whether every edition asks for the same columns, so that a lost header leaves no doubt."""
        self.widths = {len(keys) for keys in columns}

    @ByText
    def row_keys(self, text: str) -> frozenset[str]:
        """Keys of the rows a printed label may stand for in any edition."""
        found = set()
        for edition in self.editions:
            if match := edition.rows.match(text):
                found |= {edition.table.rows[place].key for place in match.places}
        return frozenset(found)

    @ByText
    def row_keys_in_group(self, text: str) -> frozenset[str]:
        """Keys of the rows a cell may stand for that holds the head of a group and the label of its first row."""
        for key in label_keys(text):
            for known in self.groups.places:
                if len(known) > SHORTEST_CUT and key.startswith(known) and (keys := self.row_keys(key[len(known) :])):
                    return keys
        return frozenset()

    @ByText
    def misprinted_row(self, text: str) -> frozenset[str]:
        """Keys of the one row whose label this must be, misprinted; empty where it may be another or none."""
        rows = self._all_rows if len(text) <= _LONGEST_LABEL else ()
        place = most_like(text, enumerate(rows))
        return frozenset() if place is None else frozenset([rows[place].key])

    @cached_property
    def _all_rows(self) -> tuple[Part, ...]:
        return _united(row for edition in self.editions for row in edition.table.rows)

    @cached_property
    def _all_columns(self) -> tuple[Part, ...]:
        return _united(column for edition in self.editions for column in edition.table.columns)

    @ByText
    def row_keys_exactly(self, text: str) -> bool:
        """Whether the label is, letter by letter, a row of any edition."""
        return any((match := edition.rows.match(text)) is not None and match.exact for edition in self.editions)

    @cached_property
    def column_spellings(self) -> tuple[str, ...]:
        """Every spelling of the columns of all editions, the longest first."""
        return tuple(sorted({key for e in self.editions for key in e.columns.places}, key=len, reverse=True))

    @cached_property
    def head_spellings(self) -> tuple[str, ...]:
        """Every spelling of what stands in the head of the table: columns, heads above them, the words above the labels."""
        return (*self.column_spellings, *self.column_groups, *stub_keys())

    @cached_property
    def column_groups(self) -> tuple[str, ...]:
        """Every spelling of the heads above several columns."""
        used = {column.group for edition in self.editions for column in edition.table.columns}
        return tuple(key for key, places in self.groups.places.items() if used & {self.group_keys[p] for p in places})

    def column_hits(self, texts: list[str]) -> int:
        """How many different columns these cells name, in the edition that knows most of them."""
        named = [places for text in texts if (places := self._column_places(text))]
        by_edition = ([places for places in edition if places] for edition in zip(*named, strict=True))
        return max(map(_distinct, by_edition), default=0)

    @ByText
    def _column_places(self, text: str) -> tuple[Places, ...]:
        """For each edition the columns a text may head; nothing where it heads none in any."""
        matches = [edition.columns.match(text) for edition in self.editions]
        return tuple(match.places if match else () for match in matches) if any(matches) else ()

    def misprinted_columns(self, texts: list[str]) -> int:
        """How many of these cells are like the head of one column only."""
        unknown = [text for text in texts if not self._column_places(text)]
        return sum(1 for text in unknown if most_like(text, enumerate(self._all_columns)) is not None)

    @ByText
    def is_group(self, text: str) -> bool:
        """Whether a printed label heads a group of rows or columns."""
        match = self.groups.match(text)
        return match is not None and match.exact

    @ByText
    def is_row_group(self, text: str) -> bool:
        """Whether a printed label heads a group of rows."""
        match = self.groups.match(text)
        used = {row.group for edition in self.editions for row in edition.table.rows}
        return match is not None and match.exact and any(self.group_keys[place] in used for place in match.places)

    @ByText
    def is_column_part(self, text: str) -> bool:
        """Whether the text is a column head or a piece of one."""
        key = label_key(text)
        return bool(key) and any(key in known for known in self.column_spellings)

    @cached_property
    def all_keys(self) -> tuple[str, ...]:
        """Every spelling of every label that may stand in this table."""
        parts = [s.places for e in self.editions for s in (e.columns, e.rows)] + [self.groups.places]
        return tuple({key for places in parts for key in places})

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character of those spellings."""
        return frozenset("".join(self.all_keys))

    def is_part_of_row(self, text: str, keys: frozenset[str]) -> bool:
        """Whether the text is a later piece of the label of one of these rows."""
        piece = label_key(text)
        if len(piece) < _SHORTEST_PIECE:
            return False
        for edition in self.editions:
            for label, places in edition.rows.places.items():
                if piece in label[1:] and any(edition.table.rows[place].key in keys for place in places):
                    return True
        return False

    @ByText
    def is_fragment(self, text: str) -> bool:
        """Whether the text is a piece of a label: half of a broken cell, or vertical words run together."""
        key = label_key(text)
        return bool(key) and (any(key in known for known in self.all_keys) or (len(key) > 1 and set(key) <= self.letters))


class FormIndex:
    """All tables of the form that are laid out as grids or blocks, with captions and section headings."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.group_keys = tuple(form.groups)
        groups = Spellings(form.groups.values())
        by_id: dict[str, list[EditionTable]] = {}
        lists = [e for e in form.editions.values() if any(t.layout == "one_value_per_row" for t in e.tables)]
        self._lists = lists
        self.read = [e for e in form.editions.values() if e not in lists]
        self.unit_words = frozenset(word for unit in form.units.values() for word in (unit.zh, *unit.variants)) | frozenset(
            load_words().other_units
        )
        for edition, table in self._tables():
            by_id.setdefault(table.id, []).append(EditionTable(edition, table, form.units))
        self.tables = {table_id: FormTable(editions, groups, self.group_keys) for table_id, editions in by_id.items()}
        self.captions = {caption_key(table.zh): table.id for _, table in self._tables()}
        self.sections: dict[str, Section] = {}
        for edition in self.read:
            for section in edition.sections:
                self.sections.update({label_key(spelling): section for spelling in section.spellings})
        self._headings = headings_of(form)
        self._by_key = {section.key: section for section in self.sections.values()}

    @cached_property
    def statistics(self) -> list[EditionTable]:
        """Tables of one value in a row; a document has them instead of the others (:mod:`.statistics`)."""
        return [EditionTable(e, table, self.form.units) for e in self._lists for table in e.tables]

    @ByText
    def section_of(self, text: str) -> Section | None:
        """The section whose heading the text is, also a reworded one; labels of rows that look like headings are none."""
        section = self.sections.get(label_key(text))
        key = None if section is not None else self._headings.section_of(text)
        if key is None or any(table.row_keys(text) or table.misprinted_row(text) for table in self.tables.values()):
            return section
        return self._by_key.get(key)

    def section(self, key: str) -> Section:
        """The section with this key."""
        return self._by_key[key]

    @ByText
    def is_label(self, text: str) -> bool:
        """Whether the text is, letter by letter, a label of any table, a caption or the heading of a section."""
        if label_key(text) in self.sections or caption_key(text) in self.captions:
            return True
        tables = self.tables.values()
        return any(t.row_keys_exactly(text) or t.is_group(text) for t in tables) or self.is_column(text)

    @ByText
    def is_row(self, text: str) -> bool:
        """Whether the text is the label of a row, or the beginning of just one."""
        found = [keys for table in self.tables.values() if (keys := table.row_keys(text))]
        return any(table.row_keys_exactly(text) for table in self.tables.values()) or (len(found) == 1 and len(found[0]) == 1)

    @ByText
    def is_fragment(self, text: str) -> bool:
        """Whether the text is a piece of a label of any table, or only punctuation of one."""
        return not label_key(text) or any(table.is_fragment(text) for table in self.tables.values())

    @ByText
    def is_column(self, text: str) -> bool:
        """Whether the text is, letter by letter and without an ordinal, the head of a column of any table."""
        key = label_key(text)
        return key in self._columns and plain(text).upper().startswith(key[0])

    @cached_property
    def _columns(self) -> frozenset[str]:
        return frozenset(key for table in self.tables.values() for key in table.column_spellings)

    def _tables(self) -> Iterator[tuple[Edition, Table]]:
        for edition in self.read:
            for table in edition.tables:
                yield edition, table

    def table_ids(self, section: str) -> list[str]:
        """Tables that stand in a section, in printed order."""
        return list(dict.fromkeys(table.id for _, table in self._tables() if table.section == section))


def index_of(form: Form) -> FormIndex:
    """Return the index of ``form``, worked out once and kept with it."""
    kept = vars(form)
    if _KEPT_AS not in kept:
        kept[_KEPT_AS] = FormIndex(form)
    return kept[_KEPT_AS]
