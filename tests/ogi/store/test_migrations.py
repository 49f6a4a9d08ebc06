"""The tables as the migrations make them are the tables the program works with."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import ogi
from ogi.labels import Labels
from ogi.store.accepting import accept
from ogi.store.location import StoreError
from ogi.store.records import known_formats, newest_format, open_records
from ogi.store.schema import METADATA


def _is_ours(_: object, name: str, *__: object) -> bool:
    """The index of the prose is of another kind on each database and no table of the program."""
    return not name.startswith("passage_index")


def test_migrations_make_the_tables_of_the_program(records) -> None:
    with records.reading() as c:
        # Alembic takes SQLite's empty text for another default than the one it was made of; PostgreSQL compares them itself.
        options = {"compare_type": True, "compare_server_default": not records.is_sqlite, "include_object": _is_ours}
        context = MigrationContext.configure(c, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_comparison_sees_a_column_that_is_missing(records) -> None:
    with records.writing() as c:
        c.execute(sa.text("ALTER TABLE report_facts DROP COLUMN marked"))
        context = MigrationContext.configure(c, opts={"include_object": _is_ours})
        assert len(compare_metadata(context, METADATA)) == 1


def test_opening_again_changes_nothing(records) -> None:
    with records.reading() as c:
        before = c.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    again = open_records(records.location)
    with again.reading() as c:
        assert c.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == before
    again.close()
    assert len(before) == 1


def test_records_of_a_newer_version_are_left_alone(records) -> None:
    with records.writing() as c:
        c.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreError) as refused:
        open_records(records.location)
    assert refused.value.code == "newer"
    for lang, way_back in (("zh", "升级前的备份"), ("en", "the backup made before the upgrade")):
        said = Labels(lang)("store.error.newer", **refused.value.params)
        assert all(words in said for words in ("0999", f" {ogi.__version__} ", newest_format(), way_back))
    with records.reading() as c:
        assert c.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0999"


def test_newest_format_is_that_of_the_last_migration() -> None:
    files = sorted(path.name for path in (Path(ogi.__file__).parent / "store" / "migrations" / "versions").glob("v*.py"))
    assert files[-1].startswith(f"v{newest_format()}_")
    assert len(known_formats()) == len(files)


@pytest.mark.parametrize("statement", ["UPDATE {} SET why = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["versions", "audit"])
def test_versions_and_audit_never_change(records, paper, suqian, act, table, statement) -> None:
    with records.writing() as c:
        accept(c, paper(suqian(2024)), act)
    with pytest.raises(sa.exc.DBAPIError, match="never"), records.writing() as c:
        c.execute(sa.text(statement.format(table)))
