"""The findings of stored reports with what people decided: counted, and a page at a time.

A finding nobody decided on is a row the database counts and cuts into pages. Decisions are made by people one by one, so the few
there are get weighed here: each beside the cells of its report as they are now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from ogi.checks.evidence import others_mark
from ogi.checks.plan import SEVERITIES
from ogi.desk import DeskFilter, DeskGroup, DeskLine, DeskPage, FindingStanding, standing_of
from ogi.form import Form, Severity, load_form
from ogi.report import Reading
from ogi.store import schema
from ogi.store.conclusions import unpacked
from ogi.store.edits import cell_of, cells_from, corrections_of
from ogi.store.effective import corrected
from ogi.store.placing import key_of
from ogi.store.reports import version_report

_REPORTS, _ORGANS, _FINDINGS, _DECISIONS = schema.reports, schema.organs, schema.open_findings, schema.decisions
_SEVERITY = sa.case({"error": 0, "warning": 1}, value=_FINDINGS.c.severity, else_=2)
_OWN = (
    _REPORTS.c.organ_id, _ORGANS.c.name.label("organ_name"), _REPORTS.c.report_year, _REPORTS.c.scope,
)  # fmt: skip
_AFTER: tuple[FindingStanding, ...] = ("returned", "confirmed", "dismissed")


def groups(connection: sa.Connection, wanted: DeskFilter) -> tuple[DeskGroup, ...]:
    """Return how often each check fails by organ and year."""
    counts: Counter[tuple[Any, ...]] = Counter()
    if wanted.takes("open"):
        by = (_REPORTS.c.organ_id, _ORGANS.c.name, _REPORTS.c.report_year, _FINDINGS.c.check_id, _FINDINGS.c.severity)
        query = sa.select(*by, sa.func.count()).select_from(_undecided()).where(*_conditions(wanted)).group_by(*by)
        counts.update({tuple(row[:-1]): row[-1] for row in connection.execute(query)})
    for line in _decided(connection, wanted):
        counts[line.organ_id, line.organ_name, line.report_year, line.check, line.severity] += 1
    names = ("organ_id", "organ_name", "report_year", "check", "severity")
    return tuple(DeskGroup(**dict(zip(names, of, strict=True)), count=count) for of, count in counts.items())


def page(connection: sa.Connection, wanted: DeskFilter, *, offset: int = 0, limit: int = 50) -> DeskPage:
    """Return a page: what has to be looked at again, then what nobody decided on, then the rest; each the worst first."""
    decided = sorted(_decided(connection, wanted), key=_rank)
    first = [line for line in decided if line.standing == "changed"]
    last = [line for standing in _AFTER for line in decided if line.standing == standing]
    count = _count(connection, wanted)
    lines = first[offset : offset + limit]
    if len(lines) < limit:
        lines += _open(connection, wanted, max(0, offset - len(first)), limit - len(lines)) if count else []
    if len(lines) < limit:
        start = max(0, offset - len(first) - count)
        lines += last[start : start + limit - len(lines)]
    return DeskPage(lines=tuple(lines), total=len(decided) + count)


def report_number(connection: sa.Connection, line: DeskLine) -> int | None:
    """Return the number of the report of a line; ``None`` where it was deleted meanwhile."""
    query = sa.select(_REPORTS.c.report_id).where(
        _REPORTS.c.organ_id == line.organ_id, _REPORTS.c.report_year == line.report_year,
        _REPORTS.c.scope == line.scope, _REPORTS.c.deleted_at.is_(None),
    )  # fmt: skip
    return connection.scalar(query)


def _rank(line: DeskLine) -> tuple[int, int, str, str]:
    return SEVERITIES.index(line.severity), -line.report_year, line.organ_name, line.place


def _undecided() -> sa.FromClause:
    """Open findings without a decision, with report and organ."""
    same = sa.and_(
        _DECISIONS.c.report_id == _FINDINGS.c.report_id,
        _DECISIONS.c.place == _FINDINGS.c.place,
        _DECISIONS.c.undone_at.is_(None),
    )
    joined = _FINDINGS.join(_REPORTS, _REPORTS.c.report_id == _FINDINGS.c.report_id)
    return joined.join(_ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id).outerjoin(_DECISIONS, same)


def _conditions(wanted: DeskFilter) -> list[sa.ColumnElement[bool]]:
    found = [_DECISIONS.c.decision_id.is_(None), *_of_reports(wanted)]
    for column, values in ((_FINDINGS.c.severity, wanted.severities), (_FINDINGS.c.check_id, wanted.checks)):
        if values:
            found.append(column.in_(list(values)))
    return found


def _of_reports(wanted: DeskFilter) -> Iterator[sa.ColumnElement[bool]]:
    yield _REPORTS.c.deleted_at.is_(None)
    for column, values in (
        (_REPORTS.c.organ_id, wanted.organ_ids),
        (_REPORTS.c.report_year, wanted.years),
        (_REPORTS.c.scope, wanted.scopes),
    ):
        if values:
            yield column.in_(list(values))


def _count(connection: sa.Connection, wanted: DeskFilter) -> int:
    if not wanted.takes("open"):
        return 0
    query = sa.select(sa.func.count()).select_from(_undecided()).where(*_conditions(wanted))
    return connection.scalar(query) or 0


def _open(connection: sa.Connection, wanted: DeskFilter, offset: int, limit: int) -> list[DeskLine]:
    chosen = (*_OWN, _FINDINGS.c.place, _FINDINGS.c.check_id, _FINDINGS.c.severity, _FINDINGS.c.content)
    order = (_SEVERITY, _REPORTS.c.report_year.desc(), _ORGANS.c.name, _FINDINGS.c.report_id, _FINDINGS.c.place)
    query = sa.select(*chosen).select_from(_undecided()).where(*_conditions(wanted)).order_by(*order)
    rows = connection.execute(query.offset(offset).limit(limit)).mappings()
    return [_line(row, row["check_id"], row["severity"], "open", unpacked(row["content"])) for row in rows]


def _line(row: Any, check: str, severity: Severity, standing: FindingStanding, finding: Any) -> DeskLine:
    key = key_of(row["organ_id"], row["report_year"], row["scope"])
    own = {name: row[name] for name in ("organ_id", "organ_name", "report_year", "scope", "place")}
    return DeskLine(key=key, **own, check=check, severity=severity, standing=standing, finding=finding)


def _decided(connection: sa.Connection, wanted: DeskFilter) -> list[DeskLine]:
    """Every finding somebody decided on, with how it stands now."""
    if wanted.standings and set(wanted.standings) <= {"open"}:
        return []
    same = sa.and_(_FINDINGS.c.report_id == _DECISIONS.c.report_id, _FINDINGS.c.place == _DECISIONS.c.place)
    joined = _DECISIONS.join(_REPORTS, _REPORTS.c.report_id == _DECISIONS.c.report_id)
    joined = joined.join(_ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id).outerjoin(_FINDINGS, same)
    own = (*_OWN, _REPORTS.c.report_id, _REPORTS.c.current, _DECISIONS.c.place, _DECISIONS.c.decision, _DECISIONS.c.cells)
    query = sa.select(*own, _FINDINGS.c.severity, _FINDINGS.c.content).select_from(joined)
    query = query.where(_DECISIONS.c.undone_at.is_(None), *_of_reports(wanted)).order_by(_REPORTS.c.report_id)
    form, now, found = load_form(), _Cells(connection), []
    for row in connection.execute(query).mappings().all():
        check = row["place"].split(" ")[0]
        severity = row["severity"] or _severity(check, form)
        if (wanted.severities and severity not in wanted.severities) or (wanted.checks and check not in wanted.checks):
            continue
        then, others = cells_from(row["cells"])
        finding = unpacked(row["content"]) if row["content"] else None
        is_outdated = bool(others and finding is not None and others_mark(finding) != others)
        is_outdated = is_outdated or (bool(then) and now.differ(row["report_id"], row["current"], then))
        standing = standing_of(row["decision"], fails=row["severity"] is not None, is_outdated=is_outdated)
        if wanted.takes(standing):
            found.append(_line(row, check, severity, standing, finding))
    return found


def _severity(check: str, form: Form) -> Severity:
    rule = form.checks.get(check)
    return rule.severity if rule is not None else "hint"


class _Cells:
    """The cells of the report looked at last, with what people read in them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection, self._of, self._cells = connection, (0, 0), {}

    def differ(self, report_id: int, current: int, then: dict[str, tuple[str, str]]) -> bool:
        """Whether any of these cells is not as it was."""
        if self._of != (report_id, current):
            report = version_report(self._connection, report_id, current)
            cells: dict[str, Reading] = corrected(report, corrections_of(self._connection, report_id)).cells
            self._of, self._cells = (report_id, current), cells
        return any(cell_of(self._cells.get(key)) != cell for key, cell in then.items())
