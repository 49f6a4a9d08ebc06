"""Deleting a report: it is gone from every figure and list, and everything of it is kept."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing, claim
from ogi.store.derive import derive
from ogi.store.identity import refuse_taken
from ogi.store.location import StoreError
from ogi.store.reports import stored


@all_or_nothing
def delete(connection: sa.Connection, report_id: int, act: Act, changes: int | None) -> None:
    """Delete a report. Its document, versions, corrections and decisions stay, and it can be brought back.

    Raises:
        StoreError: ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    claim(connection, report_id, changes)
    _set(connection, report_id, {"deleted_at": act.at, "deleted_by": act.by, "deleted_why": act.why})
    audit.note(connection, act, "deleted", report_id=report_id)
    derive(connection, report_id)


@all_or_nothing
def undelete(connection: sa.Connection, report_id: int, act: Act, changes: int | None = None) -> None:
    """Bring a deleted report back as it was.

    Raises:
        StoreError: ``identity_taken``: meanwhile another report of this organ, year and scope was stored; ``no_report``,
            ``not_deleted``, ``changed_meanwhile``.
    """
    claim(connection, report_id, changes, deleted=True)
    place = stored(connection, report_id).place
    refuse_taken(connection, (place.organ_id, place.report_year, place.scope), report_id)
    try:
        _set(connection, report_id, {"deleted_at": None, "deleted_by": None, "deleted_why": None})
    except IntegrityError as error:  # another process has just stored one
        raise StoreError("identity_taken", key=place.key, year=place.report_year) from error
    audit.note(connection, act, "undeleted", report_id=report_id)
    derive(connection, report_id)


def _set(connection: sa.Connection, report_id: int, values: dict[str, object]) -> None:
    connection.execute(sa.update(schema.reports).where(schema.reports.c.report_id == report_id).values(values))
