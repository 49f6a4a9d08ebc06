"""Corrections going out as a workbook and coming back: what each row would do is shown before anything is applied."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ogi.exchange.corrections_book import corrections_book, problem_sentence, summary
from ogi.exchange.corrections_rows import Checked, CheckedRow, columns, needed
from ogi.labels import Labels, Lang
from ogi.store.corrections_table import apply, cells_of, check, exported
from ogi.store.reports import StoredReport, stored
from pages.parts.person import act, person_field
from pages.parts.plain import plain
from pages.parts.report_at_hand import title_of
from pages.parts.store import attempt, change, look
from pages.parts.table_upload import forget_file, uploaded_rows
from pages.parts.visitor import visitor

_NAME = "corrections"
_SHOWN, _PROBLEMS_SHOWN = 200, 50


def show_corrections_table(labels: Labels) -> None:
    """Draw the ways out and back; nothing for who only reads."""
    if not visitor().may_edit:
        return
    with st.expander(labels("corrections_table.title"), icon=":material/table_edit:"):
        st.caption(labels("corrections_table.intro"))
        st.download_button(
            labels("corrections_table.download"), partial(_all, labels.lang), file_name=_file_name(labels),
            icon=":material/download:", key="corrections_download", on_click="ignore",
        )  # fmt: skip
        rows = uploaded_rows(_NAME, columns(), needed(), labels("corrections_table.file"), labels)
        if rows is not None:
            _show_checked(look(lambda c: check(c, rows)), labels)


def offer_table_of(report: StoredReport, labels: Labels) -> None:
    """Offer the cells of one report as a table to fill in."""
    st.download_button(
        labels("corrections_table.download_report"), partial(_one, report.report_id, labels.lang), icon=":material/table_edit:",
        file_name=_file_name(labels, report), help=labels("corrections_table.download_report_tip"),
        key="corrections_of_report", on_click="ignore",
    )  # fmt: skip


def _file_name(labels: Labels, report: StoredReport | None = None) -> str:
    parts = () if report is None else (report.place.organ.name or report.place.organ_id, str(report.place.report_year))
    return f"{'_'.join((labels('corrections_table.file_name'), *parts))}.xlsx"


def _all(lang: Lang) -> bytes:
    return corrections_book(look(lambda c: list(exported(c, lang))), lang)


def _one(report_id: int, lang: Lang) -> bytes:
    return corrections_book(look(lambda c: list(cells_of(c, report_id, lang))), lang)


def _show_checked(checked: Checked, labels: Labels) -> None:
    st.markdown(plain(summary(checked, labels)))
    if checked.problems:
        checked = _without_problems(checked, labels)
    effective = checked.effective
    if not effective:
        st.info(labels("corrections_table.nothing"), icon=":material/check:")
    else:
        st.markdown(f"**{labels('corrections_table.would', count=len(effective))}**")
        st.dataframe(_frame(effective[:_SHOWN], labels), hide_index=True, alt=labels("corrections_table.title"))
        if len(effective) > _SHOWN:
            st.caption(labels("corrections_table.more_rows", shown=_SHOWN))
        person_field(labels)
    with st.container(horizontal=True):
        st.button(
            labels("corrections_table.apply", count=len(effective)), key="corrections_apply", type="primary",
            icon=":material/done_all:", disabled=bool(checked.problems) or not effective,
            on_click=partial(_apply, checked, labels),
        )  # fmt: skip
        st.button(labels("corrections_table.drop"), key="corrections_drop", on_click=forget_file, args=(_NAME,))


def _without_problems(checked: Checked, labels: Labels) -> Checked:
    """Say what is wrong; where a person says so, those rows are left out."""
    problems = checked.problems
    st.markdown(f":orange[:material/warning:] **{labels('corrections_table.problems', count=len(problems))}**")
    st.markdown("\n".join(f"- {plain(problem_sentence(row, labels))}" for row in problems[:_PROBLEMS_SHOWN]))
    if len(problems) > _PROBLEMS_SHOWN:
        st.caption(labels("corrections_table.more_problems", count=len(problems) - _PROBLEMS_SHOWN))
    if st.checkbox(labels("corrections_table.leave_out", count=len(problems)), key="corrections_leave_out"):
        return checked.without(row.line for row in problems)
    return checked


def _frame(rows: tuple[CheckedRow, ...], labels: Labels) -> pd.DataFrame:
    def titles(connection: Any) -> dict[int, str]:
        return {number: title_of(stored(connection, number), labels) for number in {row.report_id for row in rows}}

    found = look(titles)
    names = ("line", "report", "cell", "what", "kind", "value", "why")
    lines = [
        (
            row.line,
            found[row.report_id],
            labels.field(row.key),
            labels(f"exchange.corrections.outcome.{row.outcome}"),
            labels(f"exchange.corrections.kind.{row.kind}"),
            _new_value(row, labels),
            row.why,
        )
        for row in rows
    ]
    return pd.DataFrame(lines, columns=pd.Index([labels(f"corrections_table.column.{name}") for name in names]))


def _new_value(row: CheckedRow, labels: Labels) -> str:
    """What the cell would then say; nothing for a correction that is taken back."""
    if row.outcome == "undone":
        return ""
    return f"{row.value}" if row.value is not None else labels(f"state.{row.state}")


def _apply(checked: Checked, labels: Labels) -> None:
    def make() -> str:
        count = change(lambda c: apply(c, checked, act()))
        return labels("corrections_table.applied", count=count)

    if attempt(make, labels):
        forget_file(_NAME)
