"""Where the desk's findings come from: the records for the library, the entries themselves for samples and uploads."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.checks import Finding
from ogi.desk import DeskFilter, DeskGroup, DeskPage, groups_of, page_of
from ogi.library import Entry
from ogi.report import Report
from ogi.store import desk
from ogi.store.conclusions import place_name
from ogi.store.edits import Decision
from ogi.store.reports import StoredReport
from pages.parts.report_at_hand import report_of
from pages.parts.report_filters import SCOPES_OF
from pages.parts.stage import Stage
from pages.parts.store import look


@dataclass(frozen=True)
class Focus:
    """What of the table was clicked; the list below it shows only that."""

    organ: str | None = None
    year: int | None = None
    check: str | None = None


@dataclass(frozen=True, kw_only=True)
class AtDesk:
    """The report a reviewer looks at."""

    report: Report
    findings: tuple[Finding, ...]
    stored: StoredReport | None = None
    """``None`` for a report that is kept nowhere, on which nothing can be decided."""
    entry: Entry | None = None

    def finding(self, place: str) -> Finding | None:
        """The finding of this place, where it still occurs."""
        return next((one for one in self.findings if place_name(one) == place), None)

    def decision(self, place: str) -> Decision | None:
        """What was decided on it."""
        made = self.stored.decisions if self.stored else ()
        return next((decision for decision in made if decision.place == place), None)


def groups(at: Stage) -> tuple[DeskGroup, ...]:
    """Return the counts of what the view asks for."""
    wanted = wanted_of(at, Focus())
    return look(lambda c: desk.groups(c, wanted)) if at.collection == "library" else groups_of(at.entries, wanted)


def page(at: Stage, focus: Focus, offset: int, limit: int) -> DeskPage:
    """Return a page of the findings the view asks for."""
    wanted = wanted_of(at, focus)
    if at.collection == "library":
        return look(lambda c: desk.page(c, wanted, offset=offset, limit=limit))
    return page_of(at.entries, wanted, offset=offset, limit=limit)


def focus_of(at: Stage, found: tuple[DeskGroup, ...]) -> Focus:
    """Return what is picked, without what has no findings here: other pages pick organs and years too."""
    view = at.view
    return Focus(
        view.focus_organ if any(one.organ_id == view.focus_organ for one in found) else None,
        view.focus_year if any(one.report_year == view.focus_year for one in found) else None,
        view.check,
    )


def at_desk(at: Stage) -> AtDesk | None:
    """Return the report of the view; ``None`` where it is not there (any more)."""
    if at.collection == "library":
        stored = report_of(at.view)
        return None if stored is None else AtDesk(report=stored.effective, findings=stored.findings, stored=stored)
    entry = next((entry for entry in at.entries if entry.report_id == at.view.report), None)
    if entry is None:
        return None
    return AtDesk(report=entry.report, findings=tuple(one for one in entry.findings if one.is_problem), entry=entry)


def wanted_of(at: Stage, focus: Focus) -> DeskFilter:
    """Return what the view asks for, narrowed to what was picked."""
    view = at.shown
    organs = tuple(view.organs)
    if view.levels or view.kinds or view.regions or view.where:
        organs = tuple(at.selection.identity["organ_id"].unique().tolist()) or ("",)
    return DeskFilter(
        organ_ids=(focus.organ,) if focus.organ else organs,
        years=(focus.year,) if focus.year else view.years,
        scopes=SCOPES_OF[view.scope],
        severities=view.severities,
        checks=(focus.check,) if focus.check else (),
        standings=view.standings,
    )
