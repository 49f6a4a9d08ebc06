"""A report as read from a document: readings with their sources, the narrative, and what the reader has to say.

Three values are kept apart everywhere: *printed* (:attr:`Reading.raw`), *read* (:attr:`Reading.value`) and *corrected*
(what a person set, not part of this module). A blank cell has the state ``blank`` and no value; it is never 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

State = Literal["reported", "blank", "dash", "not_applicable", "text", "unreadable", "missing_page", "not_asked", "keyed"]
"""How a cell was found.

``reported``: a number is printed. ``blank``: the cell is empty. ``dash``: a placeholder such as ``/`` or ``-``.
``not_applicable``: words such as 不适用. ``text``: other words where a number should stand. ``unreadable``: something is
printed there but cannot be read or placed with certainty. ``missing_page``: the document lacks the place. ``not_asked``: the
edition has no such cell. ``keyed``: typed in by a person. Only ``reported`` and ``keyed`` carry a value.
"""

Scope = Literal["own", "region_total", "system_total", "unknown"]
ADDABLE: tuple[tuple[Scope, ...], ...] = (("own", "unknown"), ("region_total",), ("system_total",))
"""Scopes that may be added, the first that is there before the others. A report that does not tell its scope counts as the
organ's own unless there is one that does."""
Level = Literal["national", "province", "city", "county", "township", "zone", "unknown"]
OrganKind = Literal[
    "government", "government_office", "department", "subdistrict", "vertical", "branch", "zone_committee",
    "authorized_org", "public_institution", "unknown",
]  # fmt: skip
TableStatus = Literal["complete", "partial", "missing"]
Number = int | Decimal
SURE = 0.9
"""A reading of less confidence is marked for a person."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a reading stands in its document.

    A PDF gives ``page`` (from 1) and ``bbox`` (x0, top, x1, bottom in points from the top left). Other files give
    ``table``, ``row`` and ``cell`` (from 1, counting every table of the document), or ``line`` for plain text.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    line: int | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One cell as understood."""

    key: str
    raw: str
    """The text as printed, untouched."""
    value: Number | None
    """The number, in the unit of the form; ``None`` unless the state is ``reported`` or ``keyed``."""
    state: State
    source: Source | None = None
    confidence: float = 1.0
    rule: str = ""
    """The rule that matched or had to decide, for example ``label`` or ``header_cut``; empty for the ordinary way."""
    unit: str | None = None
    """The unit written inside the cell (``元``, ``万元``), else one its head or label names that is not the form's.

    The value is then as printed, not converted."""
    remark: str = ""
    """Words beside the number in the cell, for example ``其中修订16件``."""
    doubts: tuple[str, ...] = ()
    """Why a person should look at this reading, as codes of the messages ``doubt.*``; the reading itself is never changed."""

    @property
    def is_marked(self) -> bool:
        """Whether a person should look at it: there is a doubt, or too little confidence."""
        return bool(self.doubts) or self.confidence < SURE


class LocalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row a place added to the form; kept as found, outside every check and total."""

    table: str
    label: str
    values: tuple[str, ...]
    source: Source | None = None


class FreeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table in no official form (reports before 2014): label, unit and values as found, mapped to nothing."""

    label: str
    unit: str = ""
    values: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    """The words above the values (本年数, 历年累计), where there are any; one per value."""
    source: Source | None = None


class StatedFact(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or a statement of the prose, with the sentence it was read from. The same key may be stated more than once."""

    key: str
    """A ``text.*`` key of the dictionary."""
    value: Number | bool
    """The number in ``unit``, or ``True`` for a statement (“未收到申请”)."""
    sentence: str
    """The sentence as printed."""
    words: str = ""
    """The words by which it was understood, as printed: they tell the definition (收到, 办结, 含上年结转)."""
    unit: str | None = None
    section: str | None = None
    """The section it stands in, ``s1`` … ``s6``; ``None`` outside them."""
    source: Source | None = None
    """Where the sentence begins."""
    about: str | None = None
    """For a share or a change: the key of the figure it is said of. For a sum of parts: the key of their total."""
    approximate: bool = False
    """Whether the prose itself gives the number as a rough one (5500余条, 约30件)."""


class TableReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one table. ``edition`` is ``None`` where the table is missing."""

    edition: str | None
    status: TableStatus


OTHER_SECTION = ""
"""A part of the report the form does not have: an annex, 收费及减免情况 of older reports."""


class NarrativeSection(msgspec.Struct, frozen=True, kw_only=True):
    """One section of prose, without the tables inside it."""

    section: str
    """``s1`` … ``s6`` as on the form, or :data:`OTHER_SECTION`."""
    title: str
    """The heading as printed; empty where it is missing and the section was placed by what it says."""
    text: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something the user must know about the reading; ``code`` is a message key, ``params`` fill its placeholders."""

    code: str
    params: dict[str, str | int | float] = {}
    keys: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The file a report was read from."""

    name: str
    sha256: str
    media_type: str
    pages: int | None = None


class OrganName(msgspec.Struct, frozen=True, kw_only=True):
    """The organ as the document names it, with what its name tells."""

    name: str | None
    """As printed, without white space."""
    level: Level = "unknown"
    kind: OrganKind = "unknown"
    region: str | None = None
    """The places it acts in, in full (江苏省淮安市清江浦区); as printed where they are not unique or in no gazetteer."""
    region_code: str | None = None
    """The six digits of the smallest division of ``region`` after GB/T 2260; ``None`` where it is not known which it is."""
    full_name: str | None = None
    """The name by which it is one organ in all its documents, its place settled; see :func:`ogi.organs.canonical_name`."""
    parent: str | None = None
    """The organ it belongs to, where the name tells: the bureau of a branch, the national authority of a vertical organ."""
    candidates: tuple[str, ...] = ()
    """Full names of the organs it may be, where its place is not unique (鼓楼区); a person must choose."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything read from one document."""

    document: Document
    organ: OrganName
    report_year: int | None
    scope: Scope
    tables: dict[str, TableReading]
    cells: dict[str, Reading]
    """Readings by key, in the order of the printed form. A table that is ``missing`` has no readings."""
    narrative: tuple[NarrativeSection, ...] = ()
    meta: dict[str, str | int | float | bool | None] = {}
    """``meta.*`` keys of the dictionary that the document itself tells (title, signature, period); dates in ISO form."""
    local_rows: tuple[LocalRow, ...] = ()
    free_rows: tuple[FreeRow, ...] = ()
    facts: tuple[StatedFact, ...] = ()
    """What the prose states, in the order of the document."""
    notices: tuple[Notice, ...] = ()

    def value(self, key: str) -> Number | None:
        """Return the value of a cell, or ``None`` where none was read. Never 0 for a blank."""
        reading = self.cells.get(key)
        return reading.value if reading else None

    def state(self, key: str) -> State:
        """Return the state of a cell; ``not_asked`` where the report has no such cell."""
        reading = self.cells.get(key)
        return reading.state if reading else "not_asked"

    def stated(self, key: str) -> tuple[StatedFact, ...]:
        """Return every statement of a ``text.*`` key, in the order of the document; empty where the prose has none."""
        return tuple(fact for fact in self.facts if fact.key == key)

    def edition_of(self, table: str) -> str | None:
        """Return the edition in which a table was found."""
        found = self.tables.get(table)
        return found.edition if found else None
