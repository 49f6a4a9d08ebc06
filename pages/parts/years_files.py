"""The comparison of years to take away: CSV, Word, PDF, and for every agency at once one archive. Made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

import streamlit as st

from ogi.brief.archive import archive_of
from ogi.brief.findings import open_findings
from ogi.brief.paper import years_pdf
from ogi.brief.pdf import missing_part
from ogi.brief.wording import listed
from ogi.brief.years_document import YearsDocument, write_years
from ogi.checks import message
from ogi.comparison.table import comparison_table
from ogi.labels import Labels
from ogi.library import Entry
from ogi.narrative_diff import compare_narratives
from ogi.spreadsheet import csv_of
from ogi.view import View, describe
from pages.parts.compared import Compared, compare, entries_of, said_changes, years_of
from pages.parts.findings_list import failing, is_reminder
from pages.parts.lineage import lineage_of
from pages.parts.plain import plain
from pages.parts.stage import Stage

MOST = 600
"""Agencies of one archive."""
_A_MINUTE = 120
"""So many of them are packed in a minute: each takes up to half a second."""
MOST_FINDINGS = 200
"""Findings that the document of a sum lists."""


def show_downloads(at: Stage, compared: Compared) -> None:
    """Offer all cells as CSV, Word and PDF, and the documents of all agencies shown as one archive."""
    labels = at.labels
    before, after = compared.pair
    stem = f"years_{compared.organ or 'sum'}_{before}_{after}"
    added = [str(organ) for organ in at.selection.series["organ_id"].drop_duplicates()]
    with st.container(horizontal=True):
        _file(labels("comparison.years.csv"), lambda: csv_of(_table(compared, labels)), f"{stem}.csv", "download")
        _file(labels("brief.word"), lambda: document_of(at, compared), f"{stem}.docx", "description")
        missing, pdf = missing_part(), lambda: years_pdf(content_of(at, compared), labels)
        _file(labels("brief.pdf"), pdf, f"{stem}.pdf", "picture_as_pdf", disabled=missing is not None)
        if len(added) > 1:
            name = f"years_{before}_{after}.zip"
            text = labels("brief.zip", count=len(added))
            _file(text, lambda: archive_of(_documents(at, added, compared)), name, "folder_zip", disabled=len(added) > MOST)
    if missing is not None:
        st.caption(plain(labels(f"brief.missing.{missing}")))
    if len(added) > MOST:
        st.caption(labels("brief.too_many", most=MOST))
    elif len(added) > _A_MINUTE // 2:
        st.caption(labels("brief.takes_long", count=len(added), minutes=ceil(len(added) / _A_MINUTE)))


def _file(label: str, made: Callable[[], bytes], name: str, icon: str, *, disabled: bool = False) -> None:
    st.download_button(
        label, made, file_name=name, icon=f":material/{icon}:", key=f"file_{name}", on_click="ignore", disabled=disabled
    )


def _table(compared: Compared, labels: Labels):
    heads = compared.heads if compared.lineage else {}  # how many a sum holds has a column for each year anyway
    return comparison_table(compared.blocks, compared.cells, compared.years, labels, heads=heads, said=compared.said)


def document_of(at: Stage, compared: Compared) -> bytes:
    """Return the Word document of a comparison."""
    return write_years(content_of(at, compared), at.labels)


def content_of(at: Stage, compared: Compared) -> YearsDocument:
    """Return what goes into the document of a comparison."""
    labels = at.labels
    before, after = compared.pair
    entries = entries_of(at, compared)
    return YearsDocument(
        title=labels("brief.years_title", name=compared.name, before=before, after=after),
        sentence=describe(_of(at, compared), labels, at.library),
        notes=compared.said,
        heads=compared.heads,
        changed=said_changes(compared, labels),
        blocks=compared.blocks,
        cells=compared.cells,
        years=compared.years,
        findings=[text for entry in entries for text in _findings(entry, labels)] if compared.organ else _of_all(at, compared),
        prose=_prose(entries, labels),
        sources=[
            labels("brief.source", year=entry.report_year, name=entry.report.document.name, sha=entry.report.document.sha256[:16])
            for entry in entries
        ],
    )


def _of(at: Stage, compared: Compared) -> View:
    """The view of what the document is about: one agency, or the sum of those shown."""
    return replace(at.shown, organs=(compared.organ,), peers_of=None, children_of=None) if compared.organ else at.shown


def _findings(entry: Entry, labels: Labels) -> list[str]:
    open_ones = (finding for finding in failing(entry.findings) if not is_reminder(finding))
    return [labels("brief.finding", year=entry.report_year, text=message(finding, labels.lang)) for finding in open_ones]


def _of_all(at: Stage, compared: Compared) -> list[str]:
    """What is open in the reports of both years that are added up, with the agency of each."""
    found = open_findings([entry for entry in at.entries if entry.report_year in compared.pair], at.labels)
    more = listed(MOST_FINDINGS, len(found), at.labels)
    return [*found[:MOST_FINDINGS], *([more] if more else [])]


def _prose(entries: list[Entry], labels: Labels) -> list[str]:
    if len(entries) != 2:
        return []
    lines = []
    for change in compare_narratives(entries[0].report.narrative, entries[1].report.narrative):
        title = change.title_after or change.title_before or change.section
        if change.similarity is None:
            only = "only_after" if change.title_before is None else "only_before"
            lines.append(f"{title}: {labels(f'comparison.prose.{only}')}")
            continue
        changed = sum(p.change != "same" or p.has_moved for p in change.paragraphs)
        lines.append(f"{title}: {labels('comparison.prose.similarity', share=f'{change.similarity:.0%}', changed=changed)}")
    return lines


def _documents(at: Stage, organs: list[str], compared: Compared) -> Iterator[tuple[str, bytes]]:
    """The document of each agency that has both years; the others have nothing to compare."""
    before, after = compared.pair
    for organ in organs:
        alone = replace(at, view=replace(at.view, organs=(organ,), peers_of=None, children_of=None))
        for scope in alone.selection.series["scope"].tolist():
            lineage = lineage_of(alone, organ, scope)
            years = years_of(alone, organ, scope, lineage)
            if before in years and after in years:
                one = compare(alone, organ, scope, years, compared.pair, lineage=lineage)
                yield f"{one.name}_{before}_{after}.docx", document_of(alone, one)
