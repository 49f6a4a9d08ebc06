"""What an edition of the form asks: its tables, rows, columns and sections.

An *edition* is one version of the official layout: ``gf2021`` (国办公开办函〔2021〕30号), ``gf2019``
(国办公开办函〔2019〕60号) and ``st2014`` (国办发〔2014〕32号). All of it is read from ``ogi/data/form/*.yaml``;
nothing here knows a year or a label.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

Kind = Literal["count", "delta", "amount"]
"""``count``: a non-negative whole number. ``delta``: a signed whole number. ``amount``: non-negative money."""

Layout = Literal["grid", "blocks_in_one_row", "one_value_per_row"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A labelled part of the form, in both languages, with the spellings found in real reports."""

    key: str
    zh: str
    en: str
    variants: tuple[str, ...] = ()
    ordinal: str = ""

    def label(self, lang: str) -> str:
        """Return the label in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en

    @property
    def spellings(self) -> tuple[str, ...]:
        """The official label first, then the variants."""
        return (self.zh, *(v for v in self.variants if v != self.zh))


class Group(Part, frozen=True, kw_only=True):
    """A heading inside a table that carries no figures of its own, such as （三）不予公开."""


class Section(Part, frozen=True, kw_only=True):
    """One of the numbered sections of the report."""

    type: Literal["text", "table"]


class Line(Part, frozen=True, kw_only=True):
    """A row or a column of a table."""

    unit: str | None = None
    kind: Kind | None = None
    group: str | None = None
    law: str | None = None
    note_zh: str = ""
    note_en: str = ""
    filled_by_zh: str | None = None
    filled_by_en: str | None = None
    keep_as: Literal["local"] | None = None

    def note(self, lang: str) -> str:
        """Return what to mind about this row or column in ``lang``; empty where there is nothing."""
        return self.note_zh if lang == "zh" else self.note_en


class Sums(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What adds up inside a table as the form itself says: proof of a reading where labels or columns are lost.

    The other columns of each row add up to ``column``. In each column all rows but those of the balance add up to ``row``,
    and the rows of ``balance[0]`` are together as many as those of ``balance[1]``.
    """

    column: str
    row: str | None = None
    balance: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


class Table(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One table of an edition. Its cells are the product of its rows and columns."""

    id: str
    section: str
    zh: str
    en: str
    key_pattern: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    layout: Layout = "grid"
    note_zh: str = ""
    note_en: str = ""
    local_rows: tuple[Line, ...] = ()
    sums: Sums | None = None

    def label(self, lang: str) -> str:
        """Return the title of the table in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def cell_key(self, row: str, column: str) -> str:
        """Return the key of the cell at ``row`` × ``column``."""
        return self.key_pattern.format(row=row, col=column)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells of the table, row by row."""
        return tuple(Cell(self.cell_key(r.key, c.key), self, r, c) for r in self.rows for c in self.columns)


class Cell(msgspec.Struct, frozen=True):
    """One cell of one edition: where it stands and what it counts."""

    key: str
    table: Table
    row: Line
    column: Line

    @property
    def kind(self) -> Kind:
        """What kind of number the cell holds; the row decides where it says so."""
        return self.column.kind if self.column.kind in ("delta", "amount") else self.row.kind or self.column.kind or "count"

    @property
    def unit(self) -> str | None:
        """The key of the unit, or ``None`` where the form prints none."""
        return self.row.unit or self.column.unit

    def label(self, lang: str) -> str:
        """Return row and column as a reader would name them, for example ``予以公开 · 自然人``."""
        if self.table.layout == "one_value_per_row":
            return self.row.label(lang)
        return f"{self.row.label(lang)} · {self.column.label(lang)}"


class Years(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """The report years an edition was made for; an open end is ``None``. Expected, never used to detect."""

    first: int
    last: int | None = None
    last_confirmed: int | None = None


class Edition(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One edition of the form."""

    id: str
    zh: str
    en: str
    document: str
    report_years: Years
    detect: tuple[str, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    verification_zh: str = ""
    verification_en: str = ""

    def label(self, lang: str) -> str:
        """Return the name of the edition in ``lang``."""
        return self.zh if lang == "zh" else self.en

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """All cells by key, in the order of the printed form."""
        return {cell.key: cell for table in self.tables for cell in table.cells}

    def verification(self, lang: str) -> str:
        """Return in ``lang`` how far the wording was checked against an original; empty where it was checked."""
        return self.verification_zh if lang == "zh" else self.verification_en

    def table(self, table_id: str) -> Table | None:
        """Return the table with this id, or ``None`` where the edition does not have it."""
        return next((table for table in self.tables if table.id == table_id), None)

    def covers(self, report_year: int) -> bool:
        """Whether the edition was made for ``report_year``."""
        return self.report_years.first <= report_year <= (self.report_years.last or 9999)

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables)
