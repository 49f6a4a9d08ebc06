"""The reports of one collection around each other: checks between years, over subordinates and between versions for a library."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import replace

from msgspec import structs

from ogi.checks.context import Context, Relations, ReportKey
from ogi.checks.engine import check_report
from ogi.checks.finding import Finding
from ogi.form import Form
from ogi.library import Entry
from ogi.organs import describe_organ
from ogi.report import Report

Known = MutableMapping[tuple[object, ...], tuple[Finding, ...]]


def context_of(entries: Iterable[Entry], relations: Relations | None = None) -> Context:
    """Return the context of these entries, by the identity shown (a person may have corrected it).

    Args:
        entries: entries of one collection, older versions of a report before newer ones; unidentified ones are left out.
        relations: what is kept of the organs: predecessors, subordinates.
    """
    return Context([(key, as_identified(entry)) for entry in entries if (key := entry_key(entry)) is not None], relations)


def entry_key(entry: Entry) -> ReportKey | None:
    """Return the identity of an entry; ``None`` where organ or year is not known."""
    if entry.organ_id is None or entry.report_year is None:
        return None
    return ReportKey(entry.organ_id, entry.report_year, entry.scope)


def findings_of(entry: Entry, context: Context, form: Form) -> tuple[Finding, ...]:
    """Return the findings of an entry beside all others; an unidentified one is checked alone."""
    key, report = entry_key(entry), as_identified(entry)
    known = context.report(key) if key is not None else None
    if key is None or known is None or known.document.sha256 != report.document.sha256:
        return check_report(report, form)
    return context.check(key, form)


def beside_each_other(
    entries: Sequence[Entry], form: Form, known: Known | None = None, relations: Relations | None = None
) -> tuple[Entry, ...]:  # fmt: skip
    """Return the entries with the findings they have beside the others of their collection, in the same order.

    Args:
        entries: entries of any collections, older versions of a report before newer ones.
        form: the dictionary.
        known: see :func:`beside`.
        relations: what is kept of the organs.
    """
    names = dict.fromkeys(entry.collection for entry in entries)
    contexts = {name: context_of((one for one in entries if one.collection == name), relations) for name in names}
    return tuple(beside(entry, contexts[entry.collection], form, known) for entry in entries)


def beside(entry: Entry, context: Context, form: Form, known: Known | None = None) -> Entry:
    """Return an entry with the findings it has beside the others of its context.

    One without a report of the year before, subordinates, or another version, keeps the findings it has; so the cost lies with
    those that have one, some milliseconds each.

    Args:
        entry: one of the context.
        context: from :func:`context_of`.
        form: the dictionary.
        known: what was worked out before, by the documents and identities that decide it; it is filled here.
    """
    key, known = entry_key(entry), {} if known is None else known
    if key is None:
        return entry
    before = context.before(key)
    others = (*before.reports, *context.versions[key])
    is_parent = key.organ in context.relations.children
    if len(others) == 1 and not before.why_none and not is_parent and as_identified(entry) is entry.report:
        return entry
    below = context.children(key)[0].values() if is_parent else ()
    told = ((other.document.sha256, other.report_year, other.scope) for other in (*others, *below))
    name = (key, entry.organ_name, entry.report.document.sha256, before.why_none, *told)
    if name not in known:
        known[name] = findings_of(entry, context, form)
    return replace(entry, findings=known[name])


def as_identified(entry: Entry) -> Report:
    """Return the report with the organ, the year and the scope shown in place of those read, where a person corrected them.

    Checks ask for the year (which edition, which deadline) and for the kind of organ (who may make 规章).
    """
    report = entry.report
    if entry.organ_name is not None and entry.organ_name != report.organ.name:
        report = structs.replace(report, organ=describe_organ(entry.organ_name, year=entry.report_year))
    if (entry.report_year, entry.scope) == (report.report_year, report.scope):
        return report
    meta = report.meta | {"meta.report_year": entry.report_year, "meta.scope": entry.scope}
    return structs.replace(report, report_year=entry.report_year, scope=entry.scope, meta=meta)
