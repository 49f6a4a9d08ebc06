"""A row of the snapshot as a row of facts."""

from __future__ import annotations

from ogi.facts import Line, ReportFacts, table_columns
from ogi.store.snapshot.row import FactsRow


def line_from(row: FactsRow) -> Line:
    """Return a row of the snapshot as a row of facts."""
    return Line(
        organ_id=row.organ_id,
        organ_name=row.organ_name,
        level=row.level,
        kind=row.kind,
        region=row.region,
        region_code=row.region_code,
        report_year=row.report_year,
        scope=row.scope,
        document_name=row.document_name,
        editions=tuple(row.editions.get(table, "") for table in table_columns()),
        is_complete=not row.statuses,
        facts=ReportFacts(row.numbers, row.derived, row.states, row.flags, row.counted),  # type: ignore[arg-type]
        amended=row.amended,
    )
