"""What follows from a report: its row of facts, the findings that are open, and its prose for searching.

Costs some milliseconds a report (the checks), so bulk reading works it out where it reads, and storing only writes it down.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

import ogi
from ogi.checks import Finding, check_report
from ogi.checks.context import Beside
from ogi.checks.evidence import others_mark
from ogi.checks.finding import Shown
from ogi.data_files import DATA
from ogi.form import load_form
from ogi.library import Entry
from ogi.report import Number, Report
from ogi.store.placing import Place
from ogi.store.snapshot.row import decode, encode, row_of

_LONGEST_PLACE = 255


class KeptFinding(msgspec.Struct, frozen=True):
    """An open finding as it is stored."""

    place: str
    check: str
    severity: str
    content: bytes


class Conclusions(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that follows from one report, as it is stored."""

    row: bytes
    """The row of the snapshot, see :mod:`ogi.store.snapshot.row`."""
    read_status: str
    """``complete``, ``partial`` or ``missing``: the worst of its tables."""
    errors: int
    warnings: int
    hints: int
    marked: int
    findings: tuple[KeptFinding, ...]
    passages: tuple[tuple[str, str], ...]
    """Section and text."""

    def with_row(self, row: bytes) -> Conclusions:
        """Return the same with another row."""
        return self if row is self.row else msgspec.structs.replace(self, row=row)


class ShownOrgan(NamedTuple):
    """An organ as the records show it, whatever one document calls it."""

    organ_id: str
    name: str
    level: str
    kind: str
    region: str | None
    region_code: str | None


@lru_cache(maxsize=1)
def made_by() -> str:
    """Return what conclusions depend on besides the report: the version of the program and a digest of its rules."""
    digest = hashlib.sha256()
    for path in sorted((*DATA.glob("*.yaml"), *(DATA / "form").glob("*.yaml"))):
        digest.update(path.read_bytes())
    return f"{ogi.__version__}+{digest.hexdigest()[:12]}"


def place_name(finding: Finding) -> str:
    """Return the name by which a finding is the same one in every run of its report."""
    name = " ".join(finding.place).replace("\x00", "")
    if len(name) <= _LONGEST_PLACE:
        return name
    return f"{name[:200]}…{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def conclude(
    report: Report,
    place: Place,
    *,
    version: int = 1,
    amended: Mapping[str, Number] | None = None,
    dismissed: Iterable[str] | Mapping[str, str] = (),
    beside: Beside | None = None,
) -> Conclusions:
    """Return what follows from a report.

    Args:
        report: as it is at its place, with misread cells put right.
        place: its organ, year and scope.
        version: the number of the version it is.
        amended: cells whose printed figure is the organ's own error, with the right one.
        dismissed: places of findings a person decided to be right as they are.
        beside: the reports around it, for the checks between years and over subordinates; those are not assessed without.
    """
    findings = judged(report, dismissed, beside)
    entry = entry_at(place, report, findings)
    row = row_of(entry, version=version, amended=amended)
    return Conclusions(
        row=encode(row),
        read_status=read_status(report),
        errors=row.errors,
        warnings=row.warnings,
        hints=row.hints,
        marked=row.marked,
        findings=tuple(_kept(finding for finding in findings if finding.is_problem)),
        passages=tuple((part.section, _clean(part.text)) for part in report.narrative if part.text.strip()),
    )


def judged(report: Report, dismissed: Iterable[str] | Mapping[str, str] = (), beside: Beside | None = None) -> list[Finding]:
    """Return every check of a report, also those that hold; what a person dismissed has the status ``dismissed``.

    ``dismissed`` names places; where it maps them to the marks of other reports' figures, those must be the same.
    """
    found = check_report(report, load_form(), **(beside or Beside())._asdict())
    waved = dict(dismissed) if isinstance(dismissed, Mapping) else dict.fromkeys(dismissed, "")
    return [
        msgspec.structs.replace(finding, status="dismissed") if finding.is_problem and _is_waved(finding, waved) else finding
        for finding in found
    ]


def _is_waved(finding: Finding, waved: Mapping[str, str]) -> bool:
    """Whether a person dismissed a finding, and the figures of other reports it rests on are still as they were."""
    mark = waved.get(place_name(finding))
    return mark is not None and mark in ("", others_mark(finding))


def entry_at(place: Place, report: Report, findings: Iterable[Finding]) -> Entry:
    """Return a report as an entry of the library, under the organ, year and scope of its place."""
    organ = place.organ
    return Entry(
        report=report,
        findings=tuple(findings),
        collection="library",
        organ_id=place.organ_id,
        organ_name=organ.name,
        level=organ.level,
        kind=organ.kind,
        region=organ.region,
        region_code=organ.region_code,
        report_year=place.report_year,
        scope=place.scope,
    )


def shown_as(row: bytes, place: Place, organ: ShownOrgan, version: int) -> bytes:
    """Return the row of a first version at a place under the organ as the records show it, and with its version."""
    own = place.organ
    told = ShownOrgan(place.organ_id, own.name or "", own.level, own.kind, own.region, own.region_code)
    if told == organ and version == 1:
        return row
    return encode(msgspec.structs.replace(decode(row), version=version, **_as_row(organ)))


def _as_row(organ: ShownOrgan) -> dict[str, Any]:
    found = organ._asdict()
    return {"organ_name": found.pop("name"), **found}


def read_status(report: Report) -> str:
    """Return how completely a report was read: the worst of its tables; ``missing`` where it has none."""
    found = {table.status for table in report.tables.values()}
    if found == {"complete"}:
        return "complete"
    return "partial" if found - {"missing"} else "missing"


def _kept(findings: Iterable[Finding]) -> Iterable[KeptFinding]:
    seen: dict[str, int] = {}
    for finding in findings:
        name = place_name(finding)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:  # the same words twice in the prose
            name = f"{name[: _LONGEST_PLACE - 6]} #{seen[name]}"
        yield KeptFinding(name, finding.check, finding.severity, packed(finding))


def packed(finding: Finding) -> bytes:
    """Return a finding as bytes. Numbers and words of its parameters keep their kind; what is empty takes no room."""
    plain = msgspec.to_builtins(msgspec.structs.replace(finding, params={}))
    kept = {name: value for name, value in plain.items() if not _is_empty(value)}
    params = {name: _tagged(value) for name, value in finding.params.items()}
    return zlib.compress(msgspec.json.encode({**kept, "params": params}), 1)


def _is_empty(value: object) -> bool:
    """Whether a field is as it is where nothing was said; the number 0 says something."""
    return value is None or value is False or (isinstance(value, list | tuple | dict) and not value)


def unpacked(content: bytes) -> Finding:
    """Return the finding these bytes were made of."""
    plain = msgspec.json.decode(zlib.decompress(content))
    params: dict[str, Shown] = {name: _untagged(*value) for name, value in plain.pop("params").items()}
    fields = {name: msgspec.convert(value, _types()[name]) for name, value in plain.items()}
    return Finding(**fields, params=params)


@lru_cache(maxsize=1)
def _types() -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(Finding) if field.name != "params"}


def _tagged(value: Shown) -> tuple[str, Any]:
    match value:
        case bool() | int():
            return "i", int(value)
        case Decimal():
            return "d", str(value)
        case str():
            return "s", value
    return "t", list(value)


def _untagged(tag: str, value: Any) -> Shown:
    match tag:
        case "d":
            return Decimal(value)
        case "t":
            return tuple(value)
    return value


def _clean(text: str) -> str:
    """The text as every database takes it: without null characters and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
