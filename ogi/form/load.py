"""Reading and validating the dictionary in ``ogi/data``.

A mistake in the data (an unknown field, a missing translation, a key used twice, a reference to nothing) raises
:class:`FormError` with the file and the place, so that it is found when the program starts and not on a page.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ogi.data_files import DATA, DataError, load_yaml
from ogi.form.editions import Cell, Edition, Group, Line, Section, Table
from ogi.form.rules import Check, Concept, Derived, FactKey, Indicator, Unit

T = TypeVar("T")


class FormError(ValueError):
    """The dictionary contradicts itself; the message names the file and the place."""


class Form(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The whole dictionary: editions, units, facts, derived figures, checks, indicators, comparability."""

    editions: dict[str, Edition]
    groups: dict[str, Group]
    units: dict[str, Unit]
    facts: dict[str, FactKey]
    sets: dict[str, tuple[str, ...]]
    derived: tuple[Derived, ...]
    checks: dict[str, Check]
    indicators: dict[str, Indicator]
    comparability: tuple[Concept, ...]

    def cell(self, key: str, edition: str | None = None) -> Cell | None:
        """Return the cell with this key in ``edition``, or in the newest edition that has it."""
        if edition is not None:
            return self.editions[edition].cells.get(key) if edition in self.editions else None
        found = (e.cells[key] for e in self.editions.values() if key in e.cells)
        return next(found, None)

    def editions_of(self, key: str) -> tuple[str, ...]:
        """Return the ids of the editions that ask for this cell, newest first."""
        return tuple(e.id for e in self.editions.values() if key in e.cells)

    def expected_edition(self, report_year: int) -> str | None:
        """Return the edition made for ``report_year`` or ``None``; reports do use others, so never detect by it."""
        return next((e.id for e in self.editions.values() if e.covers(report_year)), None)


@lru_cache(maxsize=4)
def load_form(folder: Path = DATA) -> Form:
    """Read the dictionary from ``folder`` (laid out like ``ogi/data``) and validate it.

    Raises:
        FormError: the data contradicts itself or does not have the documented shape.
    """
    shared = _read(folder / "form" / "shared.yaml")
    editions = [_edition(path, shared) for path in sorted((folder / "form").glob("*.yaml")) if path.name != "shared.yaml"]
    editions.sort(key=lambda edition: edition.report_years.first, reverse=True)
    facts, rules = _read(folder / "facts.yaml"), _read(folder / "derived.yaml")
    checks, indicators = folder / "checks.yaml", folder / "indicators.yaml"
    concepts = folder / "comparability.yaml"
    form = Form(
        editions=_unique("form", [(e.id, e) for e in editions]),
        groups=_unique("shared.yaml", [(g.key, g) for g in _typed(folder / "form/shared.yaml", shared["groups"], list[Group])]),
        units=_typed(folder / "units.yaml", _read(folder / "units.yaml"), dict[str, Unit]),
        facts=_unique(
            "facts.yaml",
            [(f.key, f) for f in _typed(folder / "facts.yaml", facts["meta_keys"] + facts["text_keys"], list[FactKey])],
        ),
        sets=_typed(folder / "derived.yaml", rules["sets"], dict[str, tuple[str, ...]]),
        derived=_typed(folder / "derived.yaml", rules["derived"], tuple[Derived, ...]),
        checks=_unique("checks.yaml", [(c.id, c) for c in _typed(checks, _read(checks)["checks"], list[Check])]),
        indicators=_unique(
            "indicators.yaml", [(i.id, i) for i in _typed(indicators, _read(indicators)["indicators"], list[Indicator])]
        ),
        comparability=_typed(concepts, _read(concepts)["comparability"], tuple[Concept, ...]),
    )
    _validate(form)
    return form


def _read(path: Path) -> Any:
    try:
        return load_yaml(path)
    except (OSError, DataError) as error:
        raise FormError(f"{path.name}: {error}") from error


def _typed(path: Path, data: Any, shape: type[T]) -> T:
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise FormError(f"{path.name}: {error}") from error


def _edition(path: Path, shared: dict[str, Any]) -> Edition:
    """Read one edition; a string where a list is expected names a list in ``shared.yaml``."""
    data = _read(path)

    def resolve(value: Any) -> Any:
        if isinstance(value, str):
            if value not in shared:
                raise FormError(f"{path.name}: {value} is not in shared.yaml")
            return shared[value]
        return value

    data["sections"] = resolve(data["sections"])
    for table in data["tables"]:
        table["columns"] = resolve(table["columns"])
        table["rows"] = [*resolve(table.pop("rows_before", [])), *resolve(table["rows"])]
    edition = _typed(path, data, Edition)
    for table in edition.tables:
        _unique(f"{path.name}: {table.id}", [(row.key, row) for row in table.rows])
        _unique(f"{path.name}: {table.id}", [(column.key, column) for column in table.columns])
    _unique(path.name, [(cell.key, cell) for table in edition.tables for cell in table.cells])
    return edition


def _unique(where: str, items: list[tuple[str, T]]) -> dict[str, T]:
    seen: dict[str, T] = {}
    for key, item in items:
        if key in seen:
            raise FormError(f"{where}: {key} is there twice")
        seen[key] = item
    return seen


def _validate(form: Form) -> None:
    for edition in form.editions.values():
        _validate_edition(form, edition)
    for fact in form.facts.values():
        if fact.unit not in (None, "bool", *form.units):
            raise FormError(f"facts.yaml: {fact.key} has an unknown unit {fact.unit}")
    for rule in (*form.checks.values(), *form.indicators.values(), *form.derived):
        for name in rule.for_each.values():
            if name not in form.sets:
                raise FormError(f"{getattr(rule, 'id', getattr(rule, 'key', ''))}: unknown set {name}")


def _validate_edition(form: Form, edition: Edition) -> None:
    sections = {section.key for section in edition.sections}
    for section in edition.sections:
        _validate_texts(f"{edition.id}: {section.key}", section)
    for table in edition.tables:
        if table.section not in sections:
            raise FormError(f"{edition.id}: table {table.id} stands in an unknown section {table.section}")
        for line in (*table.rows, *table.columns):
            _validate_line(form, f"{edition.id}: {table.id}", line)
        _validate_sums(edition.id, table)


def _validate_sums(edition: str, table: Table) -> None:
    if table.sums is None:
        return
    rows, columns = {row.key for row in table.rows}, {column.key for column in table.columns}
    named = {key for side in table.sums.balance for key in side} | ({table.sums.row} if table.sums.row else set())
    if table.sums.column not in columns or not named <= rows:
        raise FormError(f"{edition}: {table.id}: sums name an unknown row or column")


def _validate_line(form: Form, where: str, line: Line) -> None:
    _validate_texts(f"{where}: {line.key}", line)
    if line.unit is not None and line.unit not in form.units:
        raise FormError(f"{where}: {line.key} has an unknown unit {line.unit}")
    if line.group is not None and line.group not in form.groups:
        raise FormError(f"{where}: {line.key} stands in an unknown group {line.group}")


def _validate_texts(where: str, part: Line | Section) -> None:
    notes = (part.note_zh, part.note_en) if isinstance(part, Line) else ("", "")
    if not part.zh.strip() or not part.en.strip() or bool(notes[0]) != bool(notes[1]):
        raise FormError(f"{where}: a label or note is missing in one language")
