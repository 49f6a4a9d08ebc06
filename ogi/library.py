"""The reports at hand: each with its identity, its findings and the collection it belongs to.

A *collection* is a world of its own: the fictional city, the samples with published figures, what a visitor uploaded, and the
library, which keeps reports for good.
Nothing is ever summed or ranked across collections. Inside a collection a report is identified by organ, report year and
scope; a newer report with the same identity takes the place of the older one, and :attr:`Library.replaced` says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ogi.checks.finding import Finding
from ogi.once import once
from ogi.organs import describe_organ, id_of
from ogi.report import Level, OrganKind, Report, Scope

Collection = Literal["fictional", "published", "uploads", "library"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One report as the dashboard shows it.

    The identity (organ, year, scope) is the one shown; a person may have corrected it, and then it differs from
    ``report.organ``, ``report.report_year`` and ``report.scope``, which stay as read.
    """

    report: Report
    findings: tuple[Finding, ...]
    """What the checks found in the report."""
    collection: Collection
    organ_id: str | None
    """Stable on every machine; ``None`` where the document names no organ and nobody has named it."""
    organ_name: str | None
    level: Level
    kind: OrganKind
    region: str | None
    report_year: int | None
    scope: Scope
    region_code: str | None = None
    """The six digits of the smallest division of ``region`` after GB/T 2260; ``None`` where it is not known which it is."""

    @property
    def is_identified(self) -> bool:
        """Whether organ and report year are both known. Only such a report takes part in figures."""
        return self.organ_id is not None and self.report_year is not None

    @property
    def report_id(self) -> str:
        """``organ.year.scope``: unique within a collection. An unidentified report is named by its document."""
        if not self.is_identified:
            return f"unidentified.{self.report.document.sha256[:12]}"
        return f"{self.organ_id}.{self.report_year}.{self.scope}"


def entry_from(
    report: Report,
    findings: Iterable[Finding],
    collection: Collection,
    *,
    organ_name: str | None = None,
    report_year: int | None = None,
    scope: Scope | None = None,
) -> Entry:
    """Return the entry of a report; what is given takes the place of what was read.

    Args:
        report: the report as read; it is not changed.
        findings: what the checks found in it.
        collection: the world it belongs to.
        organ_name: the organ as a person named it; level, kind and region then follow from this name.
        report_year: the year as a person set it.
        scope: the scope as a person set it.
    """
    organ = report.organ
    name = _stripped(organ_name) or _stripped(organ.name)
    year = report.report_year if report_year is None else report_year
    if name is not None and name != _stripped(organ.name):
        organ = describe_organ(name, year=year)
    return Entry(
        report=report,
        findings=tuple(findings),
        collection=collection,
        organ_id=id_of(organ) if name else None,
        organ_name=name,
        level=organ.level,
        kind=organ.kind,
        region=organ.region,
        region_code=organ.region_code,
        report_year=year,
        scope=scope or report.scope,
    )


def _stripped(name: str | None) -> str | None:
    return (name or "").strip() or None


@dataclass(frozen=True, eq=False)
class Library:
    """All entries at hand. Immutable: adding gives a new library, so a cached frame never changes under a reader.

    Two libraries are equal only if they are the same object; use :attr:`fingerprint` as a cache key.
    """

    everything: tuple[Entry, ...] = ()
    """Identified and unidentified entries, in the order they came."""
    replaced: tuple[Entry, ...] = ()
    """Entries pushed out by a newer report of the same identity, oldest first."""
    kept: Sized | None = None
    """The facts of the collection ``library`` where they come out of a snapshot (:class:`ogi.facts.FactsSource`); its reports
    are not among ``everything``."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Library:
        """Return a library of these entries; later ones replace earlier ones of the same identity."""
        return cls().add(*entries)

    def add(self, *entries: Entry) -> Library:
        """Return a library with these entries too.

        A newer entry of the same identity within a collection takes the place of the older one, which is then listed in
        ``replaced``; the very same document read again is not listed.
        """
        kept = {_identity(entry): entry for entry in self.everything}
        replaced = list(self.replaced)
        for entry in entries:
            older = kept.get(_identity(entry))
            if older is not None and older.report.document.sha256 != entry.report.document.sha256:
                replaced.append(older)
            kept[_identity(entry)] = entry
        return replace(self, everything=tuple(kept.values()), replaced=tuple(replaced))

    def would_replace(self, entry: Entry) -> Entry | None:
        """Return the entry that adding ``entry`` would push out, or ``None``."""
        return next((e for e in self.everything if _identity(e) == _identity(entry)), None)

    def correct(self, old: Entry, new: Entry) -> Library:
        """Return a library in which ``new`` stands for ``old``, for example after its identity was corrected."""
        return self.remove(old).add(new)

    def remove(self, *entries: Entry) -> Library:
        """Return a library without these entries; entries it does not hold are passed over."""
        gone = {_identity(entry) for entry in entries}
        return replace(self, everything=tuple(e for e in self.everything if _identity(e) not in gone))

    @once
    def entries(self) -> tuple[Entry, ...]:
        """The identified entries, in the order they came."""
        return tuple(entry for entry in self.everything if entry.is_identified)

    @once
    def unidentified(self) -> tuple[Entry, ...]:
        """Entries without organ or report year; kept and shown, but outside every figure."""
        return tuple(entry for entry in self.everything if not entry.is_identified)

    def collection(self, collection: Collection) -> tuple[Entry, ...]:
        """Return the identified entries of one collection."""
        return tuple(entry for entry in self.entries if entry.collection == collection)

    @once
    def collections(self) -> tuple[Collection, ...]:
        """The collections that hold at least one identified report, in their fixed order."""
        present = {entry.collection for entry in self.entries} | ({"library"} if self.kept else set())
        return tuple(name for name in COLLECTIONS if name in present)

    def entry(self, collection: Collection, report_id: str) -> Entry | None:
        """Return the entry with this id (identified or not), or ``None``."""
        return next((e for e in self.everything if e.collection == collection and e.report_id == report_id), None)

    @once
    def fingerprint(self) -> str:
        """A key for caches: the same for the same documents under the same identities, on every machine."""
        parts = sorted((e.collection, e.report_id, e.report.document.sha256) for e in self.everything)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def _identity(entry: Entry) -> tuple[str, str]:
    return entry.collection, entry.report_id
