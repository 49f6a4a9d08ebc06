"""From the bytes of a file to a Report: the one way in for the command line, the dashboard and the samples."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module

from loaders import scan
from loaders.errors import CannotReadError
from loaders.grid import Pages, TextLine
from loaders.identity import Identity, identify
from loaders.kind import TEXT, VALUE_READERS, kind_of, read_pages
from loaders.layout import LaidOut, lay_out
from loaders.narrative import Narrative, read_narrative
from loaders.stated_facts import stated_facts
from loaders.title import find_title, parse_title
from ogi.form import Form, load_form
from ogi.report import Document, Notice, Report

STEPS = ("detect", "read", "tables", "narrative", "identity")
"""What ``on_step`` is told, in this order; the words are the messages ``step.*``."""


def read_reports(
    data: bytes, name: str, form: Form | None = None, on_step: Callable[[str], None] | None = None
) -> list[Report | CannotReadError]:
    """Read every report in a file: a table of values or an export holds several, any other file is one report.

    A report that cannot be read stands as its reason in the list.

    Raises:
        CannotReadError: nothing in the file can be read; see :func:`read_report`.
    """
    finished = _finished(data, name, form or load_form(), on_step)
    return finished or [read_report(data, name, form, on_step)]


def _finished(data: bytes, name: str, form: Form, on_step: Callable[[str], None] | None) -> list[Report | CannotReadError] | None:
    """The reports of a file that holds finished readings; empty or ``None`` where it holds none."""
    kind = kind_of(data, name)
    if kind not in VALUE_READERS:
        return None
    if on_step:
        on_step("read")
    return import_module(VALUE_READERS[kind]).read_values(data, name, form)


def read_report(data: bytes, name: str, form: Form | None = None, on_step: Callable[[str], None] | None = None) -> Report:
    """Read an annual report.

    The same bytes always give the same report; nothing is fetched and nothing is repaired.

    Args:
        data: the content of the file.
        name: its name, shown to people; for the identity of the report it is only the last resort, and then said so.
        form: the dictionary; the one that ships where left out.
        on_step: told the name of each step as it begins.

    Raises:
        CannotReadError: the file cannot be read at all (codes of the readers), is a picture only and cannot be read here
            (``scan_reader_missing``) or shows nothing legible (``nothing_recognised``), or is no annual report
            (``not_a_report``, ``report_in_frame``), or holds more than one (``several_reports``).
    """
    step = on_step or (lambda _: None)
    form = form or load_form()
    step("detect")
    finished = _finished(data, name, form, on_step)
    if finished:
        return _only(finished)
    digest = hashlib.sha256(data).hexdigest()
    step("read")
    pages = read_pages(data, name)
    if pages.image_pages and not pages.blocks:
        raise CannotReadError("nothing_recognised" if scan.is_available() else "scan_reader_missing")
    step("tables")
    laid_out = lay_out(pages, form)
    step("narrative")
    narrative = read_narrative(laid_out.prose, form, whole_paragraphs=not pages.pages and pages.media_type != TEXT)
    step("identity")
    identity = identify(narrative, title=_title_outside(pages), file_name=name, origin=pages.origin)
    if not _is_report(laid_out, narrative, identity):
        frames = next((notice for notice in pages.notices if notice.code == "frames_missing"), None)
        raise CannotReadError("report_in_frame", **frames.params) if frames else CannotReadError("not_a_report")
    stated = stated_facts(narrative.paragraphs, identity.report_year)
    tables = sorted(laid_out.tables, key=lambda table: _place(table, form))
    report = Report(
        document=Document(
            name=name.encode(errors="replace").decode(), sha256=digest, media_type=pages.media_type, pages=pages.pages
        ),
        organ=identity.organ,
        report_year=identity.report_year,
        scope=identity.scope,
        tables={table: laid_out.tables[table] for table in tables},
        cells={key: laid_out.cells[key] for key in _printed_order(laid_out, tables, form)},
        narrative=narrative.sections,
        meta={
            **identity.meta,
            "meta.sections_found": len(narrative.found),
            "meta.section5_chars": _length(narrative, "s5"),
        },
        local_rows=laid_out.local_rows,
        free_rows=laid_out.free_rows,
        facts=stated.facts,
        notices=(
            *pages.notices,
            *_image_notice(pages),
            *identity.notices,
            *laid_out.notices,
            *narrative.notices,
            *stated.notices,
            *_section_notice(narrative, form, laid_out),
        ),
    )
    return _questioned(report, form, pages) if pages.scanned_pages else report


def _questioned(report: Report, form: Form, pages: Pages) -> Report:
    """Mark the doubts of recognised pages; the sums are worked out for them only."""
    from loaders.doubts import questioned  # noqa: PLC0415

    return questioned(report, form, pages.scanned_pages)


def _only(found: list[Report | CannotReadError]) -> Report:
    if len(found) > 1:
        raise CannotReadError("several_reports", count=len(found))
    if isinstance(found[0], CannotReadError):
        raise found[0]
    return found[0]


def _place(table_id: str, form: Form) -> tuple[str, str]:
    """Where a table stands on the printed form: by section, then by the number of the item."""
    return next((table.section, table_id) for e in form.editions.values() if (table := e.table(table_id)))


def _printed_order(laid_out: LaidOut, tables: list[str], form: Form) -> list[str]:
    """The keys of the cells, table by table as on the form."""
    order: dict[str, None] = {}
    for table_id in tables:
        edition = form.editions.get(laid_out.tables[table_id].edition or "")
        table = edition.table(table_id) if edition else None
        order |= dict.fromkeys(cell.key for cell in table.cells) if table else {}
    return [key for key in order | dict.fromkeys(laid_out.cells) if key in laid_out.cells]


def _title_outside(pages: Pages) -> str:
    """The title of the file, else that of a running head (pages of e-books), which is no part of the prose."""
    heads = [block.text for block in pages.blocks[:3] if isinstance(block, TextLine)]
    if parse_title(pages.title):
        return pages.title
    return next((head for head in heads if find_title([head])), pages.title)


def _is_report(laid_out: LaidOut, narrative: Narrative, identity: Identity) -> bool:
    """Whether anything in the file is an annual report: a table of the form, its title, or at least two of its headings."""
    if any(table.status != "missing" for table in laid_out.tables.values()):
        return True
    return len(narrative.found) >= 2 or any(identity.meta[key] for key in ("meta.title_organ", "meta.title_year"))


def _image_notice(pages: Pages) -> tuple[Notice, ...]:
    if not pages.image_pages:
        return ()
    return (Notice(code="pages_are_images", params={"pages": ", ".join(map(str, pages.image_pages))}),)


def _length(narrative: Narrative, section: str) -> int | None:
    """Characters of a section without blanks; ``None`` where the report does not have it."""
    texts = [part.text for part in narrative.sections if part.section == section]
    return len("".join("".join(texts).split())) if texts else None


def _section_notice(narrative: Narrative, form: Form, laid_out: LaidOut) -> tuple[Notice, ...]:
    """Name the sections without a heading, where the form of the report asks for them: before 2019 none did."""
    found = [form.editions[table.edition] for table in laid_out.tables.values() if table.edition]
    if laid_out.free_rows or (found and not any(s.type == "text" for edition in found for s in edition.sections)):
        return ()
    sections = next(e.sections for e in form.editions.values() if any(s.type == "text" for s in e.sections))
    present = {part.section for part in narrative.sections}  # one without a heading has its own notice
    missing = [section.ordinal for section in sections if section.key not in present]
    if not missing:
        return ()
    return (Notice(code="sections_missing", params={"sections": "、".join(missing)}, keys=("meta.sections_found",)),)
