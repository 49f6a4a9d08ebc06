"""What was done, as a table with filters, pages and a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import streamlit as st

from ogi.labels import Labels, messages
from ogi.spreadsheet import neutral
from ogi.store.audit_list import AuditFilter, AuditLine, audit_lines
from pages.parts.change_words import detail_words, subject_words
from pages.parts.person import moment, person_name
from pages.parts.store import look

ON_A_PAGE = 50
MOST_IN_FILE = 100_000
COLUMNS = ("at", "by", "action", "report", "subject", "change", "why")
_WIDTHS = {"report": 180, "subject": 180, "change": 120, "why": 160}
"""In pixels, also where nothing on this page fills them."""
_ACTION = "store.action."


def show_audit_lines(labels: Labels) -> None:
    """Draw filters and lines, newest first; where nothing was ever changed, that this is so."""
    if not look(lambda c: audit_lines(c, AuditFilter(), limit=0))[1]:
        st.info(labels("audit.nothing_yet"), icon=":material/history:")
        return
    wanted = _filter(labels)
    total = look(lambda c: audit_lines(c, wanted, limit=0))[1]
    if not total:
        st.info(labels("audit.empty"), icon=":material/filter_alt_off:")
        return
    pages = -(-total // ON_A_PAGE)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        said = st.empty()
        st.download_button(
            labels("audit.csv"), lambda: _csv(wanted, labels), "audit.csv", "text/csv",
            icon=":material/download:", key="audit_csv", on_click="ignore",
            help=labels("audit.csv_cut", most=f"{MOST_IN_FILE:,}") if total > MOST_IN_FILE else None,
        )  # fmt: skip
    table = st.container()
    number = st.pagination(pages, key=f"audit_page_{wanted}") if pages > 1 else 1
    first = (number - 1) * ON_A_PAGE
    lines, total = look(lambda c: audit_lines(c, wanted, offset=first, limit=ON_A_PAGE))
    said.markdown(labels("audit.count", total=f"{total:,}", first=first + 1, last=first + len(lines)))
    heads = {name: labels(f"audit.column.{name}") for name in COLUMNS}
    rows = [dict(zip(heads.values(), row, strict=True)) for row in _rows(lines, labels)]
    widths = {heads[name]: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()}
    table.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        key="audit_table",
        height="content",
        column_config=widths,
        alt=labels("page.audit"),
    )


def _filter(labels: Labels) -> AuditFilter:
    who, action, text = st.columns([2, 3, 3])
    actions = sorted(name.removeprefix(_ACTION) for name in messages() if name.startswith(_ACTION))
    return AuditFilter(
        by=who.text_input(labels("audit.who"), key="audit_who", max_chars=120).strip(),
        actions=tuple(
            action.multiselect(
                labels("audit.action"), actions, key="audit_action", placeholder=labels("audit.any"),
                format_func=lambda name: labels(_ACTION + name),
            )
        ),
        text=text.text_input(labels("audit.text"), key="audit_text", max_chars=120).strip(),
    )  # fmt: skip


def _rows(lines: Iterable[AuditLine], labels: Labels) -> list[tuple[str, ...]]:
    return [
        (
            moment(line.at),
            person_name(line.by, labels),
            labels(_ACTION + line.action) if _ACTION + line.action in messages() else line.action,
            "" if line.organ_name is None else f"{line.organ_name} {line.report_year}",
            subject_words(line.subject, labels),
            detail_words(line.detail, labels, line.action),
            line.why,
        )
        for line in lines
    ]


def _csv(wanted: AuditFilter, labels: Labels) -> bytes:
    """In UTF-8 with byte order mark, which Excel needs; text that looks like a formula is made harmless."""
    lines, _ = look(lambda c: audit_lines(c, wanted, limit=MOST_IN_FILE))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(labels(f"audit.column.{name}") for name in COLUMNS)
    writer.writerows([neutral(cell) for cell in row] for row in _rows(lines, labels))
    return text.getvalue().encode("utf-8-sig")
