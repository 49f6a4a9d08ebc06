"""Setting right to whom a report belongs: its organ, year or scope."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ogi.report import Scope
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.admitting import admit
from ogi.store.claiming import all_or_nothing, claim
from ogi.store.derive import derive, queue, spread
from ogi.store.location import StoreError
from ogi.store.placing import key_of, place_of
from ogi.store.reports import stored


@all_or_nothing
def set_identity(
    connection: sa.Connection,
    report_id: int,
    *,
    organ_name: str | None = None,
    report_year: int | None = None,
    scope: Scope | None = None,
    act: Act,
    changes: int | None,
) -> str:
    """Set organ, year or scope of a report and return its new key; what is not given stays as it is.

    Raises:
        StoreError: ``identity_taken``: another report is there already; ``unplaced``: the name is that of several organs, or the
            year is none; ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    claim(connection, report_id, changes)
    report = stored(connection, report_id)
    old = report.place
    wanted = place_of(
        report.effective,
        organ_name,
        old.report_year if report_year is None else report_year,
        scope or old.scope,
    )
    organ_id = old.organ_id if organ_name is None else admit(connection, [wanted], act)[wanted.organ_id].organ_id
    key = key_of(organ_id, wanted.report_year, wanted.scope)
    if key == old.key:
        return key
    name = old.organ.name if organ_name is None else wanted.organ.name
    move(connection, report_id, (organ_id, wanted.report_year, wanted.scope))
    audit.note(connection, act, "identity_set", report_id=report_id, before=old.key, after=key, names=[old.organ.name, name])
    queue(connection, [(report_id, old.report_year, old.key)], removed=True)
    spread(connection, [(old.organ_id, old.report_year, old.scope)])
    derive(connection, report_id)
    return key


def move(connection: sa.Connection, report_id: int, identity: tuple[str, int, str]) -> None:
    """Give a report another identity, unless one that is in force has it.

    Raises:
        StoreError: ``identity_taken``.
    """
    refuse_taken(connection, identity, report_id)
    table = schema.reports
    values = dict(zip(("organ_id", "report_year", "scope"), identity, strict=True))
    try:
        connection.execute(sa.update(table).where(table.c.report_id == report_id).values(values))
    except IntegrityError as error:  # another process has just taken it
        raise _taken(identity) from error


def refuse_taken(connection: sa.Connection, identity: tuple[str, int, str], report_id: int) -> None:
    """See that no other report in force has an identity.

    Raises:
        StoreError: ``identity_taken``.
    """
    table = schema.reports
    own = (table.c.organ_id, table.c.report_year, table.c.scope)
    query = sa.select(table.c.report_id).where(
        *(column == value for column, value in zip(own, identity, strict=True)),
        table.c.deleted_at.is_(None),
        table.c.report_id != report_id,
    )
    if connection.scalar(query) is not None:
        raise _taken(identity)


def _taken(identity: tuple[str, int, str]) -> StoreError:
    return StoreError("identity_taken", key=key_of(*identity), year=identity[1])
