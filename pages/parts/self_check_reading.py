"""Drafts read for a clerk: kept for this session only, in memory, and nowhere else unless asked for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from loaders.against import last_years
from loaders.errors import CannotReadError
from loaders.intake import read_all
from ogi.checks import check_report
from ogi.checks.context import ReportKey
from ogi.checks.finding import Finding
from ogi.checks.fix_list import FixList, fix_list
from ogi.checks.repair import propose_repairs
from ogi.form import load_form
from ogi.library import Collection
from ogi.organs import id_of
from ogi.report import Report, Scope
from ogi.store.location import StoreError
from ogi.store.neighbours import carried_on
from pages.parts.store import look
from pages.parts.upload_reading import Outcome, upload_sandbox
from pages.parts.uploads import session_library

_ROUNDS, _READ, _CHECKED = "self_check_rounds", "self_check_read", "self_check_checked"
_ELSEWHERE: tuple[Collection, ...] = ("uploads", "published", "fictional")
_MOST = 20
"""So many readings are kept in a session."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What came of one file."""

    name: str
    sha256: str
    report: Report | None = None
    error: CannotReadError | None = None
    others: int = 0
    """Further reports in the same file, which are not looked at."""
    seconds: float = 0.0
    """How long reading took."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A draft with what is to be mended in it."""

    draft: Draft
    report: Report
    findings: tuple[Finding, ...]
    found: FixList
    seconds: float = 0.0
    """How long checking took, with the search for the smallest repairs."""


def read_draft(data: bytes, name: str, on_step: Callable[[str], None]) -> Draft:
    """Read a file in a worker process; the same content is read once a session. Never raises."""
    sha256 = hashlib.sha256(data).hexdigest()
    known: dict[str, Draft] = st.session_state.setdefault(_READ, {})
    if sha256 not in known:
        begun = time.perf_counter()
        results = list(read_all(data, name, upload_sandbox(), lambda _: None, on_step))
        reports = [one.report for one in results if one.report is not None]
        error = next((one.error for one in results if one.error is not None), None) or CannotReadError("unexpected", reason="—")
        seconds = time.perf_counter() - begun
        some = Draft(name=name, sha256=sha256, report=reports[0], others=len(reports) - 1, seconds=seconds) if reports else None
        known[sha256] = some or Draft(name=name, sha256=sha256, error=error)
        while len(known) > _MOST:
            known.pop(next(iter(known)))
    return known[sha256]


def check_draft(draft: Draft, before: Sequence[Report]) -> Checked:
    """Check a draft beside last year's reports; worked out once for the same files."""
    assert draft.report is not None
    known: dict[tuple[str, ...], Checked] = st.session_state.setdefault(_CHECKED, {})
    key = (draft.sha256, *(report.document.sha256 for report in before))
    if key not in known:
        form, report, begun = load_form(), draft.report, time.perf_counter()
        findings = check_report(report, form, before or None)
        found = fix_list(findings, propose_repairs(report, form, before or None))
        seconds = time.perf_counter() - begun
        known[key] = Checked(draft=draft, report=report, findings=findings, found=found, seconds=seconds)
        while len(known) > _MOST:
            known.pop(next(iter(known)))
    return known[key]


def round_before(checked: Checked) -> FixList | None:
    """Return the list of the draft of the same report looked at before this one, and remember this one.

    A draft whose organ or year cannot be told is taken for the same report as any.
    """
    rounds: list[Checked] = st.session_state.setdefault(_ROUNDS, [])
    same = [one for one in rounds if one.draft.sha256 != checked.draft.sha256 and _is_same(one.report, checked.report)]
    if not rounds or rounds[-1].draft.sha256 != checked.draft.sha256:
        rounds.append(checked)
        del rounds[:-_MOST]
    else:
        rounds[-1] = checked  # the same draft beside another report of last year
    return same[-1].found if same else None


def _is_same(one: Report, other: Report) -> bool:
    names = {name for report in (one, other) if (name := id_of(report.organ)) is not None}
    years = {report.report_year for report in (one, other) if report.report_year is not None}
    return len(names) <= 1 and len(years) <= 1


def last_year_of(report: Report, dropped: Sequence[Report]) -> tuple[list[Report], str]:
    """Return last year's report and where it is from: ``dropped``, ``library``, ``uploads``, ``fictional``, ``published``.

    What was dropped beside the draft goes first. Nothing and an empty word where there is none.
    """
    if found := last_years(report, dropped):
        return found, "dropped"
    organ, year = id_of(report.organ), report.report_year
    if organ is None or year is None:
        return [], ""
    for scope in dict.fromkeys((report.scope, "own", "unknown")):
        kept = _stored(ReportKey(organ, year, cast(Scope, scope)))
        if kept:
            return kept, "library"
        for collection in _ELSEWHERE:
            entry = session_library().entry(collection, f"{organ}.{year - 1}.{scope}")
            if entry is not None:
                return [entry.report], collection
        if report.scope in ("region_total", "system_total"):
            break  # its own figures are no last year of a total
    return [], ""


def _stored(key: ReportKey) -> list[Report]:
    """The report of the year before, or those of the organs that were merged into this one."""
    try:
        return list(look(lambda c: carried_on(c, key)).reports)
    except StoreError:
        return []


def as_outcome(draft: Draft, findings: tuple[Finding, ...]) -> Outcome:
    """Return the draft as the page of uploads knows it."""
    key = hashlib.sha256(f"{draft.sha256} self_check".encode()).hexdigest()[:12]
    return Outcome(name=draft.name, key=key, sha256=draft.sha256, report=draft.report, findings=findings)
