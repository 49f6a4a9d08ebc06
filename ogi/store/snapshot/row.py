"""One report as a row of facts, and that row as a few hundred bytes.

A cell that is simply reported costs its number and nothing else; why a number is missing, what it went through, what a person
amended and what the checks count instead of an empty cell are exceptions by key. The packed form is meant to be kept for
decades: every name in it is a place in ``ogi/data/fact_places.yaml``, whose lists only ever grow at their ends.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from ogi.data_files import read_data
from ogi.facts import Amount, ReportFacts, derived_columns, editions_of, facts_of_report, table_columns
from ogi.library import Collection, Entry
from ogi.report import Level, Number, OrganKind, Reading, Report, Scope, TableStatus

PACKING = 1
"""The way rows are packed; a change of it gets a new number, and old ones stay readable."""


class RowError(ValueError):
    """These bytes are no packed row, or one of a newer version of this program."""


class FactsRow(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one version of one report."""

    organ_id: str
    organ_name: str
    level: Level
    kind: OrganKind
    region: str | None
    region_code: str | None
    """Six digits after GB/T 2260; the first two are the province. ``None`` where the place is not settled."""
    report_year: int
    scope: Scope
    document_name: str
    document_sha256: str
    """64 hexadecimal digits."""
    version: int
    """The version of the report the row was made from, from 1."""
    collection: Collection = "library"
    editions: dict[str, str] = {}
    """The edition of each table that was found."""
    statuses: dict[str, TableStatus] = {}
    """Tables that are not complete: ``partial`` or ``missing``."""
    numbers: dict[str, Amount] = {}
    """Cells as printed, in the unit of the form: whole numbers, but floats for money. A cell without a number is not there."""
    derived: dict[str, Amount] = {}
    """Figures computed from the cells; one with an unknown operand is not there."""
    counted: dict[str, Amount] = {}
    """What the checks count for cells left empty, see :class:`ogi.facts.ReportFacts`."""
    amended: dict[str, Amount] = {}
    """Under the amendments: the amended cells, and every derived or counted figure that changes with them."""
    states: dict[str, str] = {}
    """Why numbers are missing, where it is not what the editions let one expect (:func:`ogi.facts.absent_states`)."""
    flags: dict[str, str] = {}
    """What numbers went through, joined by commas."""
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    """Checks that do not hold, by severity; reminders and dismissed ones are not counted."""
    marked: int = 0
    """Readings a person should look at."""

    @property
    def report_id(self) -> str:
        """``organ.year.scope``: the key of the report, unique in the library."""
        return f"{self.organ_id}.{self.report_year}.{self.scope}"


def row_of(entry: Entry, *, version: int, amended: Mapping[str, Number] | None = None) -> FactsRow:
    """Return the row of a report.

    Args:
        entry: the report with its identity and findings. Misread cells are already corrected in ``entry.report``.
        version: the version of the report, from 1.
        amended: cells whose printed figure is the organ's own error, with the right figure in the unit of the form.

    Raises:
        ValueError: organ or year are not known, so the report takes no part in figures.
    """
    if entry.organ_id is None or entry.report_year is None:
        raise ValueError(f"{entry.report_id}: only a report of a known organ and year has facts")
    report = entry.report
    facts = facts_of_report(report, year=entry.report_year)
    severities = [finding.severity for finding in entry.findings if finding.is_problem]
    return FactsRow(
        organ_id=entry.organ_id,
        organ_name=entry.organ_name or "",
        level=entry.level,
        kind=entry.kind,
        region=entry.region,
        region_code=entry.region_code,
        report_year=entry.report_year,
        scope=entry.scope,
        document_name=report.document.name,
        document_sha256=report.document.sha256,
        version=version,
        editions={table: edition for table, edition in zip(table_columns(), editions_of(report), strict=True) if edition},
        statuses={table: found.status for table, found in report.tables.items() if found.status != "complete"},
        numbers=facts.numbers,
        derived=facts.derived,
        counted=facts.counted,
        amended=_follows(report, entry.report_year, facts, amended) if amended else {},
        states=dict(facts.states),
        flags=facts.flags,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        hints=severities.count("hint"),
        marked=sum(reading.is_marked for reading in report.cells.values()),
    )


def _follows(report: Report, year: int, facts: ReportFacts, amended: Mapping[str, Number]) -> dict[str, Amount]:
    """The amended cells, and what changes with them."""
    put = {key: Reading(key=key, raw="", value=value, state="reported") for key, value in amended.items()}
    changed = facts_of_report(msgspec.structs.replace(report, cells=report.cells | put), year=year)
    before = facts.counted | facts.numbers | facts.derived
    after = changed.counted | changed.numbers | changed.derived
    return {key: number for key, number in after.items() if key in amended or before.get(key) != number}


class _Packed(msgspec.Struct, array_like=True, kw_only=True):
    """The row by places. New fields go to the end and get a default, so that older rows stay readable."""

    packing: int
    identity: tuple[str, str, str, str, str | None, str | None, int, str]
    document: tuple[str, bytes, int]
    collection: str
    editions: list[tuple[int, int]]
    statuses: list[tuple[int, str]]
    numbers: list[int | float | None]
    counted: list[tuple[int, int | float]]
    amended: list[tuple[int, int | float]]
    states: dict[str, list[int]]
    flags: dict[str, list[int]]
    counts: tuple[int, int, int, int]


class _Places(msgspec.Struct, frozen=True):
    """The names of ``fact_places.yaml`` and where they stand."""

    keys: tuple[str, ...]
    tables: tuple[str, ...]
    editions: tuple[str, ...]
    of_key: dict[str, int]
    of_table: dict[str, int]
    of_edition: dict[str, int]


@lru_cache(maxsize=1)
def places() -> _Places:
    """Return the names that packed rows and Parquet files know, in their fixed order."""
    data = read_data("fact_places.yaml")
    keys, tables, editions = (tuple(data[name]) for name in ("keys", "tables", "editions"))
    return _Places(keys, tables, editions, _numbered(keys), _numbered(tables), _numbered(editions))


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


def encode(row: FactsRow) -> bytes:
    """Return the row in a few hundred bytes; the same row gives the same bytes.

    Raises:
        KeyError: the row names a key, table or edition that ``fact_places.yaml`` does not have.
    """
    at = places()
    numbers: list[int | float | None] = [None] * len(at.keys)
    for key, number in (*row.numbers.items(), *row.derived.items()):
        numbers[at.of_key[key]] = number
    packed = _Packed(
        packing=PACKING,
        identity=(
            row.organ_id, row.organ_name, row.level, row.kind, row.region, row.region_code, row.report_year, row.scope,
        ),
        document=(row.document_name, bytes.fromhex(row.document_sha256), row.version),
        collection=row.collection,
        editions=[(at.of_table[table], at.of_edition[edition]) for table, edition in row.editions.items()],
        statuses=[(at.of_table[table], status) for table, status in row.statuses.items()],
        numbers=numbers,
        counted=[(at.of_key[key], number) for key, number in row.counted.items()],
        amended=[(at.of_key[key], number) for key, number in row.amended.items()],
        states=_grouped(row.states, at.of_key),
        flags=_grouped(row.flags, at.of_key),
        counts=(row.errors, row.warnings, row.hints, row.marked),
    )  # fmt: skip
    return zlib.compress(_encoder.encode(packed), 6)


def decode(data: bytes) -> FactsRow:
    """Return the row these bytes were made of.

    Raises:
        RowError: they are damaged, or were packed by a newer version of this program.
    """
    at = places()
    try:
        packed = _decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise RowError(f"no packed row: {error}") from error
    if packed.packing > PACKING or len(packed.numbers) > len(at.keys):
        raise RowError("this row was packed by a newer version of the program")
    organ_id, organ_name, level, kind, region, region_code, year, scope = packed.identity
    numbers, derived = _unpacked(packed.numbers, at.keys)
    errors, warnings, hints, marked = packed.counts
    values: dict[str, Any] = {"level": level, "kind": kind, "scope": scope, "collection": packed.collection}
    return FactsRow(
        organ_id=organ_id,
        organ_name=organ_name,
        region=region,
        region_code=region_code,
        report_year=year,
        document_name=packed.document[0],
        document_sha256=packed.document[1].hex(),
        version=packed.document[2],
        editions={at.tables[table]: at.editions[edition] for table, edition in packed.editions},
        statuses={at.tables[table]: status for table, status in packed.statuses},  # type: ignore[misc]
        numbers=numbers,
        derived=derived,
        counted={at.keys[place]: number for place, number in packed.counted},
        amended={at.keys[place]: number for place, number in packed.amended},
        states=_ungrouped(packed.states, at.keys),
        flags=_ungrouped(packed.flags, at.keys),
        errors=errors,
        warnings=warnings,
        hints=hints,
        marked=marked,
        **values,
    )


def _unpacked(numbers: list[int | float | None], keys: tuple[str, ...]) -> tuple[dict[str, Amount], dict[str, Amount]]:
    """The numbers of cells and the derived figures."""
    is_derived = derived_places()
    cells: dict[str, Amount] = {}
    derived: dict[str, Amount] = {}
    for place, number in enumerate(numbers):  # a row packed earlier knows fewer keys
        if number is not None:
            (derived if place in is_derived else cells)[keys[place]] = number
    return cells, derived


@lru_cache(maxsize=1)
def derived_places() -> frozenset[int]:
    """The places of derived figures among the keys; all others are cells."""
    derived = set(derived_columns())
    return frozenset(place for place, key in enumerate(places().keys) if key in derived)


def _grouped(words: Mapping[str, str], of_key: Mapping[str, int]) -> dict[str, list[int]]:
    """``{word: [places]}``: one word stands for many keys."""
    found: dict[str, list[int]] = {}
    for key, word in words.items():
        found.setdefault(word, []).append(of_key[key])
    return found


def _ungrouped(groups: Mapping[str, list[int]], keys: tuple[str, ...]) -> dict[str, str]:
    return {keys[place]: word for word, of in groups.items() for place in of}
