"""Searching the prose of all reports.

Both databases keep an index of every three characters in a row (SQLite: FTS5 ``trigram``; PostgreSQL: ``pg_trgm``), the only one
that finds Chinese words without cutting text into words first. A word of one or two characters is in no such index: the passages
of the chosen organs and years are read instead, and the answer says so.

On SQLite passages get into the index after they were stored (:func:`index_pending`), because making it takes some ten times as
long as storing. Until then they are read directly, so that a stored report is found at once.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa

from ogi.report import Scope
from ogi.store import schema
from ogi.store.placing import key_of
from ogi.store.records import Records
from ogi.store.sentences import best_sentence

INDEXED_LENGTH = 3
MOST_CANDIDATES = 1000
"""Passages that are ranked. Of more only the newest reports' are, and the answer says so."""
MOST_READ = 200_000
"""Passages read for words that are in no index."""
_MOST_WORDS = 8
_BATCH = 100
SearchNote = Literal["short_word", "read_directly", "only_newest", "read_in_part", "too_many_words", "no_index"]
"""What the reader of an answer should know, as messages ``search.note.*``."""

_PASSAGES, _REPORTS, _ORGANS = schema.passages, schema.reports, schema.organs


class SearchFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Where to search; what is left open does not narrow."""

    organ_ids: Collection[str] = ()
    years: Collection[int] = ()
    scopes: Collection[Scope] = ()
    sections: Collection[str] = ()
    """``s1`` … ``s6``; ``""`` is a part the form does not have."""
    region_code: str = ""
    """The beginning of the code of a division: ``32`` is 江苏省."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One section of one report in which the words stand."""

    report_id: int
    key: str
    """``organ.year.scope``."""
    organ_id: str
    organ_name: str
    report_year: int
    scope: Scope
    section: str
    sentence: str
    places: tuple[tuple[int, int], ...]
    """Beginning and end of each word in the sentence."""
    times: int
    """How often any of the words stands in the section."""


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an answer."""

    hits: tuple[Hit, ...]
    total: int
    """How many there are on all pages."""
    words: tuple[str, ...]
    """The words that were looked for."""
    notes: tuple[SearchNote, ...] = ()


def search(
    connection: sa.Connection, text: str, wanted: SearchFilter | None = None, *, offset: int = 0, limit: int = 20
) -> SearchPage:
    """Return the sections in which all words of a text stand.

    First come those with all words in one sentence, then those in which they stand oftener, then newer reports.

    Args:
        connection: a connection.
        text: words, separated by white space; Chinese needs none, it is looked for as it stands.
        wanted: where to search.
        offset: how many are passed over.
        limit: how many are returned at most.
    """
    given = tuple(dict.fromkeys(text.lower().split()))
    words = given[:_MOST_WORDS]
    if not words:
        return SearchPage(hits=(), total=0, words=())
    notes: list[SearchNote] = ["too_many_words"] if len(given) > len(words) else []
    if all(len(word) < INDEXED_LENGTH for word in words):
        notes.append("short_word")
    elif not has_index(connection):
        notes.append("no_index")
    conditions = _conditions(wanted or SearchFilter())
    rows = list(_candidates(connection, words, conditions, notes))
    if len(rows) > MOST_CANDIDATES:
        rows = rows[:MOST_CANDIDATES]
        notes.append("only_newest")
    ranked = sorted((_hit(row, words) for row in rows), key=lambda pair: pair[0])
    chosen = tuple(hit for _, hit in ranked[offset : offset + limit])
    return SearchPage(hits=chosen, total=len(ranked), words=words, notes=tuple(dict.fromkeys(notes)))


def has_index(connection: sa.Connection) -> bool:
    """Whether there is an index of three characters; on PostgreSQL the extension may be missing."""
    if connection.dialect.name == "sqlite":
        return True
    return connection.scalar(sa.text("SELECT to_regclass('passage_index') IS NOT NULL")) is True


def pending(connection: sa.Connection) -> int:
    """Return how many passages are not yet in the index; they are found all the same, by reading them."""
    if connection.dialect.name != "sqlite":
        return 0
    query = sa.select(sa.func.count()).select_from(_PASSAGES).where(_PASSAGES.c.passage_id > _indexed_until(connection))
    return connection.scalar(query) or 0


def index_pending(records: Records, seconds: float = 5.0) -> int:
    """Put stored passages into the index, in small transactions so that other writers come in between.

    Returns:
        How many are still to come.

    Raises:
        StoreError: as :meth:`ogi.store.records.Records.writing`.
    """
    if not records.is_sqlite:
        return 0
    end = time.monotonic() + seconds
    insert = sa.text(
        "INSERT INTO passage_index (rowid, text) SELECT passage_id, text FROM passages "
        "WHERE passage_id > :until ORDER BY passage_id LIMIT :most"
    )
    while True:
        with records.writing() as connection:
            done = connection.execute(insert, {"until": _indexed_until(connection), "most": _BATCH}).rowcount
        if done < _BATCH or time.monotonic() >= end:
            break
    with records.reading() as connection:
        return pending(connection)


def _indexed_until(connection: sa.Connection) -> int:
    """The last passage in the index. Passages come in by number, and a new one is behind all others that are there."""
    return connection.scalar(sa.text("SELECT max(id) FROM passage_index_docsize")) or 0


def _conditions(wanted: SearchFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [_REPORTS.c.deleted_at.is_(None)]
    for column, values in (
        (_REPORTS.c.organ_id, wanted.organ_ids),
        (_REPORTS.c.report_year, wanted.years),
        (_REPORTS.c.scope, wanted.scopes),
        (_PASSAGES.c.section, wanted.sections),
    ):
        if values:
            found.append(column.in_(list(values)))
    if wanted.region_code:
        found.append(_ORGANS.c.region_code.startswith(wanted.region_code, autoescape=True))
    return found


def _candidates(
    connection: sa.Connection, words: Sequence[str], conditions: list[sa.ColumnElement[bool]], notes: list[SearchNote]
) -> Iterator[sa.RowMapping]:
    """The passages that hold all words, newest reports first, one more than are ranked at most."""
    holds = [_holds(word) for word in words]
    indexed = [word for word in words if len(word) >= INDEXED_LENGTH]
    if connection.dialect.name != "sqlite":
        if indexed and has_index(connection):
            yield from connection.execute(_select().where(*conditions, *holds).limit(MOST_CANDIDATES + 1)).mappings()
        else:
            yield from _read(connection, conditions, holds, notes)
        return
    if not indexed:
        yield from _read(connection, conditions, holds, notes)
        return
    until = _indexed_until(connection)
    behind = [*conditions, _PASSAGES.c.passage_id > until]
    found = list(_read(connection, behind, holds, notes))
    if pending(connection):
        notes.append("read_directly")
    query = _select().where(*conditions, *holds, *(_in_index(word) for word in indexed)).limit(MOST_CANDIDATES + 1)
    found += connection.execute(query).mappings()
    yield from sorted(found, key=lambda row: (-row["report_year"], row["organ_name"], row["passage_id"]))


def _read(
    connection: sa.Connection,
    conditions: list[sa.ColumnElement[bool]],
    holds: list[sa.ColumnElement[bool]],
    notes: list[SearchNote],
) -> Iterator[sa.RowMapping]:
    """Read the chosen passages themselves, the newest reports first, as many as a reader waits for."""
    looked_at = _numbers().where(*conditions).limit(MOST_READ).subquery()
    if connection.scalar(sa.select(sa.func.count()).select_from(looked_at)) == MOST_READ:
        notes.append("read_in_part")
    query = _select().where(_PASSAGES.c.passage_id.in_(sa.select(looked_at.c.passage_id)), *holds)
    yield from connection.execute(query.limit(MOST_CANDIDATES + 1)).mappings()


def _joined() -> sa.FromClause:
    return _PASSAGES.join(_REPORTS, _REPORTS.c.report_id == _PASSAGES.c.report_id).join(
        _ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id
    )


def _numbers() -> sa.Select:
    chosen = sa.select(_PASSAGES.c.passage_id).select_from(_joined())
    return chosen.order_by(_REPORTS.c.report_year.desc(), _PASSAGES.c.passage_id)


def _select() -> sa.Select:
    chosen = sa.select(
        _PASSAGES.c.passage_id,
        _PASSAGES.c.report_id,
        _PASSAGES.c.section,
        _PASSAGES.c.text,
        _REPORTS.c.organ_id,
        _REPORTS.c.report_year,
        _REPORTS.c.scope,
        _ORGANS.c.name.label("organ_name"),
    ).select_from(_joined())
    return chosen.order_by(_REPORTS.c.report_year.desc(), _ORGANS.c.name, _PASSAGES.c.passage_id)


def _holds(word: str) -> sa.ColumnElement[bool]:
    """Whether a passage holds a word as it stands; what LIKE takes for wildcards is escaped."""
    return _PASSAGES.c.text.icontains(word, autoescape=True)


def _in_index(word: str) -> sa.ColumnElement[bool]:
    """Whether the index of SQLite has the characters of a word.

    It serves LIKE without ESCAPE only: ``%`` and ``_`` of a word let too much through here, which :func:`_holds` takes away.
    """
    index = sa.table("passage_index", sa.column("rowid"), sa.column("text"))
    return _PASSAGES.c.passage_id.in_(sa.select(index.c.rowid).where(index.c.text.like(f"%{word}%")))


def _hit(row: sa.RowMapping, words: Sequence[str]) -> tuple[tuple[int, int, int, str, int], Hit]:
    found = best_sentence(row["text"], words)
    hit = Hit(
        report_id=row["report_id"],
        key=key_of(row["organ_id"], row["report_year"], row["scope"]),
        organ_id=row["organ_id"],
        organ_name=row["organ_name"],
        report_year=row["report_year"],
        scope=row["scope"],
        section=row["section"],
        sentence=found.sentence,
        places=found.places,
        times=found.times,
    )
    return (-found.words, -found.times, -row["report_year"], row["organ_name"], row["passage_id"]), hit
