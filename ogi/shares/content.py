"""What a shared view shows, as plain values: made once, then drawn as a page, as a file, or kept as it was.

The page of a link (:mod:`ogi.shares.page`) and the file to take away (:mod:`ogi.shares.file`) are two drawings of it.
"""

from __future__ import annotations

import msgspec

from ogi.labels import Lang
from ogi.shares.plan import Kind

Number = int | float


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One headline figure."""

    key: str
    name: str
    value: Number | None
    """``None`` where there is none; a rate in percent is a fraction."""
    text: str
    change: str
    """The change, or in words why there is none."""
    direction: int
    """1 where it rose, −1 where it fell, 0 where it did neither or nothing is known."""
    notes: tuple[str, ...]


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One colour of a chart."""

    key: str
    name: str
    colour: str
    values: tuple[Number | None, ...]
    """One for each label of the chart; ``None`` is a gap and never 0."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A chart."""

    subject: str
    title: str
    unit: str
    kind: Kind | str
    """``columns`` beside each other or ``stack`` by year; ``bars``: one bar for each organ."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One open finding."""

    severity: str
    severity_name: str
    about: str
    """Organ and year."""
    text: str
    report_id: str
    sha256: str
    """The document it was found in."""
    cell: str
    """A cell it looks at, ``""`` where it looks at none."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One report behind the figures."""

    report_id: str
    organ: str
    year: int
    scope: str
    document: str
    sha256: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Organs of the newest year with the headline figures."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    """Organs that are not listed."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. The same view of the same reports always gives the same content."""

    lang: Lang
    collection: str
    year: int | None
    """The year of the headline figures; ``None`` where nothing is shown."""
    sentence: str
    """What is shown: organs, years, scope, coverage."""
    origin: str
    """What kind of data it is; samples say so."""
    remarks: tuple[str, ...]
    """What is added up and what is left out."""
    reports: int
    organs: int
    figures: tuple[Figure, ...]
    drawings: tuple[Drawing, ...]
    table: Table | None
    problems: tuple[Problem, ...]
    """The first of the open findings, errors first."""
    errors: int
    warnings: int
    sources: tuple[Source, ...]
    more_sources: int
    """Reports that are not listed."""
