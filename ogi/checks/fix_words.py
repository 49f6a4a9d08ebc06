"""An item of a fix list in words: where it stands, what is wrong, how it could be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ogi.checks.finding import Finding, OtherFigure
from ogi.checks.fix_list import FixItem, FixList
from ogi.checks.repair import Repair
from ogi.checks.repair_words import changes_in_words
from ogi.checks.wording import key_name, message
from ogi.form import Form
from ogi.labels import Labels
from ogi.report import Report, Source

MOST_REPAIRS = 5
"""So many equally small repairs are spelt out; the rest is counted."""
_MOST_CELLS = 3


class FixWords(NamedTuple):
    """An item as it is shown, printed or sent."""

    place: str
    """Table, row and column; empty for the document as a whole."""
    sentences: tuple[str, ...]
    """What is wrong: one sentence for each check that fails."""
    quotes: tuple[str, ...]
    """Sentences of the prose it is about."""
    repairs: tuple[str, ...]
    """What could be changed, with what speaks for it."""
    where: str
    """Where the figures were read: pages, other documents."""


def fix_words(item: FixItem, report: Report, labels: Labels, form: Form) -> FixWords:
    """Return an item in the language of ``labels``."""
    return FixWords(
        _place(item, labels, form),
        tuple(message(finding, labels, form) for finding in item.findings),
        tuple(dict.fromkeys(quote for finding in item.findings for quote in _quotes(finding))),
        tuple(_repairs(item.repairs, labels, form)),
        labels("fix.separator").join(_where(item, report, labels)),
    )


def as_text(found: FixList, report: Report, labels: Labels, form: Form) -> str:
    """Return a fix list as numbered lines; one line says so where there is nothing to mend."""
    lines = []
    for number, item in enumerate(found.items, 1):
        words = fix_words(item, report, labels, form)
        severity = labels(f"checks.severity.{item.severity}")
        place = labels("fix.place", place=words.place) if words.place else ""
        lines.append(labels("fix.item", number=number, severity=severity, place=place, sentence=words.sentences[0]))
        lines += (labels("fix.also", text=text) for text in words.sentences[1:])
        lines += (labels("fix.quote", text=text) for text in words.quotes)
        lines += (labels("fix.repair", text=text) for text in words.repairs)
        if words.where:
            lines.append(labels("fix.where", text=words.where))
    if not lines:
        lines.append(labels("fix.nothing"))
    if found.reminders:
        lines.append(labels("fix.reminders", count=len(found.reminders)))
        lines += (labels("fix.also", text=message(finding, labels, form)) for finding in found.reminders)
    return "\n".join(lines)


def _place(item: FixItem, labels: Labels, form: Form) -> str:
    """The table, and the cells where they are few: those of the only repair, else those all findings share."""
    cells = [key for finding in item.findings for key in finding.cells]
    tables = dict.fromkeys(cell.table.label(labels.lang) for key in cells if (cell := form.cell(key)) is not None)
    few = tuple(change.key for change in item.repairs[0].changes) if len(item.repairs) == 1 else _shared(item)
    names = [key_name(key, labels, form) for key in few] if len(few) <= _MOST_CELLS else []
    return labels("fix.separator").join([*tables, *names])


def _shared(item: FixItem) -> tuple[str, ...]:
    shared = set(item.findings[0].cells).intersection(*(finding.cells for finding in item.findings))
    return tuple(key for key in item.findings[0].cells if key in shared)


def _quotes(finding: Finding) -> Iterator[str]:
    if finding.stated is not None:
        yield " ".join(finding.stated.sentence.split())
    yield from finding.quotes


def _repairs(repairs: tuple[Repair, ...], labels: Labels, form: Form) -> Iterator[str]:
    for repair in repairs[:MOST_REPAIRS]:
        changes = changes_in_words(repair, labels, form)
        kind = labels(f"repair.kind.{repair.kinds[0]}")
        reasons = labels("fix.separator").join(labels(f"repair.reason.{reason}") for reason in repair.reasons)
        yield labels("fix.proposal", changes=changes, kind=kind, likelier=labels(f"repair.likelier.{repair.likelier}")) + (
            labels("fix.because", reasons=reasons) if reasons else ""
        )
    if len(repairs) > MOST_REPAIRS:
        yield labels("fix.more_repairs", count=len(repairs) - MOST_REPAIRS)


def _where(item: FixItem, report: Report, labels: Labels) -> Iterator[str]:
    """The pages the figures stand on, and the other reports they were compared with."""
    sources = [reading.source for f in item.findings for key in f.cells if (reading := report.cells.get(key)) is not None]
    sources += [finding.stated.source for finding in item.findings if finding.stated is not None]
    pages = sorted({source.page for source in sources if isinstance(source, Source) and source.page})
    yield from (labels("preview.source_page", page=page) for page in pages)
    others = dict.fromkeys(_other(other, labels) for finding in item.findings for other in finding.others)
    yield from others


def _other(other: OtherFigure, labels: Labels) -> str:
    organ, year = other.organ or labels("cli.unknown"), other.report_year or labels("cli.unknown")
    return labels("fix.other", organ=organ, year=str(year))
