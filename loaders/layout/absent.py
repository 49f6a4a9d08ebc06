"""Why tables are not in a document: their section stands empty, or sends the reader to a picture or an attachment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders.grid import TextLine
from loaders.layout.index import FormIndex
from loaders.layout.items import is_stub
from loaders.normalise import plain
from loaders.words import load_words
from ogi.form import Section, Table
from ogi.report import Notice

_LONGEST_POINTER = 60
"""A longer line under a heading is prose of its own and not a pointer to the table."""


def absence_notices(index: FormIndex, missing: list[Table], found: Iterable[str], prose: Iterable[TextLine]) -> list[Notice]:
    """One notice for each section that lacks all its tables and says why, one for each other missing table."""
    lines = dict(_by_section(index, prose))
    with_tables = {index.tables[table].editions[0].table.section for table in found if table in index.tables}
    told: dict[str, Notice] = {}
    notices: list[Notice] = []
    for table in missing:
        code = _reason(lines.get(table.section)) if table.section not in with_tables else ""
        if not code:
            notices.append(Notice(code="table_missing", params={"table": table.zh, "table_en": table.en}))
        elif table.section not in told:
            section = index.section(table.section)
            params: dict[str, str | int | float] = {"ordinal": section.ordinal, "section": section.zh, "section_en": section.en}
            told[table.section] = Notice(code=code, params=params)
            notices.append(told[table.section])
    return notices


def _by_section(index: FormIndex, prose: Iterable[TextLine]) -> Iterator[tuple[str, list[str]]]:
    """The lines under each heading, up to the next one."""
    section: Section | None = None
    lines: list[str] = []
    for line in prose:
        heading = index.section_of(line.text) if len(line.text) <= _LONGEST_POINTER else None
        if heading is None:
            lines.append(plain(line.text))
            continue
        if section is not None:
            yield section.key, lines
        section, lines = heading, []
    if section is not None:
        yield section.key, lines


def _reason(lines: list[str] | None) -> str:
    """What is under a heading without its table: nothing, or a pointer to a picture or a file; empty where words are."""
    if lines is None:
        return ""
    shown = [line for line in lines if line and not is_stub(line)]
    pointers = [line for line in shown if len(line) <= _LONGEST_POINTER and any(word in line for word in load_words().elsewhere)]
    if pointers:
        return "section_elsewhere"
    return "" if shown else "section_empty"
