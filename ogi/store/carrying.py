"""What people set on one version goes over to the next one; where the printed figure is another one now, it is marked."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.report import Report
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.edits import Correction, corrections_of


def carry_over(connection: sa.Connection, report_id: int, report: Report, act: Act) -> None:
    """Mark the corrections of a report for which its new version prints or reads something else, and unmark the others.

    They stay in force. Decisions need no mark: they keep what stood in their cells and tell themselves that it has changed.
    """
    table = schema.corrections
    for correction in corrections_of(connection, report_id):
        is_changed = differs(correction, report)
        if is_changed == correction.printed_changed:
            continue
        of_this = table.c.correction_id == correction.correction_id
        connection.execute(sa.update(table).where(of_this).values(printed_changed=is_changed))
        if is_changed:
            printed = report.cells.get(correction.key)
            audit.note(
                connection,
                act,
                "correction_marked",
                report_id=report_id,
                subject=correction.key,
                before=correction.raw,
                after=printed.raw if printed else "",
            )


def differs(correction: Correction, report: Report) -> bool:
    """Whether a report prints or reads a corrected cell otherwise than the version the correction was made on."""
    reading = report.cells.get(correction.key)
    if reading is None:
        return bool(correction.raw.strip()) or correction.read_state != "not_asked"
    return (reading.raw.strip(), reading.value, reading.state) != (
        correction.raw.strip(),
        correction.read_value,
        correction.read_state,
    )
