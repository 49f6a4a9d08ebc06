"""The official form to type into: which report it is, its tables, and the checks that run along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ogi.checks import Finding, check_report, message
from ogi.form import Edition, load_form
from ogi.keyed import FormTable, Typed, completed, keyed_report, open_cells, running_sums, tables_to_fill, wrong_fields
from ogi.labels import Labels
from ogi.report import Report, Scope
from pages.parts.entry_table import FieldNote, entry_table
from pages.parts.findings_list import failing, finding_line, is_reminder
from pages.parts.plain import plain

SCOPES: tuple[Scope, ...] = ("own", "region_total", "system_total", "unknown")
_TYPED = "key_in_typed"
_EPOCH = "key_in_epoch"


@dataclass(frozen=True, kw_only=True)
class KeyedForm:
    """A form as it is filled in at this moment."""

    name: str
    """Of the report that is completed, or ``new``."""
    base: Report | None
    """The report that is completed."""
    edition: Edition
    """The one chosen for what is new."""
    tables: Sequence[FormTable]
    typed: Typed
    report: Report
    """What the form makes together with ``base``."""
    wrong: Mapping[str, str]

    @property
    def filled(self) -> int:
        """How many fields hold something."""
        return sum(bool(text.strip()) for text in self.typed.values())


def ask_identity(labels: Labels) -> tuple[str | None, int | None, Scope]:
    """Ask for organ, year and scope of a new report."""
    organ, year, scope = st.columns([5, 2, 4])
    name = organ.text_input(
        labels("upload.organ"), key="key_in_organ", max_chars=120, placeholder=labels("key_in.organ_placeholder"),
        persist_state="session",
    )  # fmt: skip
    number = year.number_input(
        labels("upload.year"), min_value=2008, max_value=2099, value=None, step=1, key="key_in_year", persist_state="session"
    )
    chosen = scope.selectbox(
        labels("upload.scope"),
        SCOPES,
        format_func=lambda value: labels("upload.scope_unknown" if value == "unknown" else f"view.scope.{value}"),
        key="key_in_scope",
        help=labels("filter.scope_tip"),
        persist_state="session",
    )
    return (name or "").strip() or None, int(number) if number else None, chosen


def ask_edition(year: int | None, labels: Labels) -> Edition:
    """Let the person choose the edition that lies before them; the one made for the year is proposed."""
    editions = sorted(load_form().editions.values(), key=lambda edition: -edition.report_years.first)
    proposed = next((i for i, edition in enumerate(editions) if year and edition.covers(year)), 0)
    return st.selectbox(
        labels("key_in.edition"),
        editions,
        index=proposed,
        format_func=lambda edition: edition.label(labels.lang),
        key=f"key_in_edition_{editions[proposed].id}",
        help=labels("key_in.edition_tip"),
    )


def form_of(name: str, base: Report | None, edition: Edition, identity: tuple[str | None, int | None, Scope]) -> KeyedForm:
    """Return the form with what was typed into it so far in this session."""
    typed: dict[str, str] = _all_typed().get(name, {})
    if base is None:
        organ, year, scope = identity
        tables: list[FormTable] = [(table, edition) for table in edition.tables]
        report = keyed_report(edition, typed, organ=organ, year=year, scope=scope)
    else:
        tables = tables_to_fill(base, edition)
        report = completed(base, tables, typed)
    cells = [cell for table, _ in tables for cell in table.cells]
    return KeyedForm(
        name=name, base=base, edition=edition, tables=tables, typed=typed, report=report, wrong=wrong_fields(cells, typed)
    )


def as_it_stands(form: KeyedForm) -> KeyedForm:
    """Return a form with what stands in its fields now, in a callback: the field left last counts, too.

    What a callback was given is as old as the run that drew its button.
    """
    held = st.session_state
    organ, year = str(held.get("key_in_organ") or "").strip() or None, held.get("key_in_year")
    return form_of(form.name, form.base, form.edition, (organ, int(year) if year else None, held.get("key_in_scope") or "own"))


def forget_typed(name: str) -> None:
    """Empty a form."""
    _all_typed().pop(name, None)
    st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1


def draw_tables(form: KeyedForm, labels: Labels) -> None:
    """Draw the tables to type into, with sums and mistakes at the fields."""
    findings = live_findings(form)
    notes = _notes(form, findings, labels)
    values = dict(form.typed)
    fixed: frozenset[str] = frozenset()
    if form.base is not None:
        still_open = {cell.key for cell in open_cells(form.base, form.tables)}
        fixed = frozenset(cell.key for table, _ in form.tables for cell in table.cells if cell.key not in still_open)
        values |= {key: f"{form.base.value(key)}" for key in fixed}
    st.caption(labels("key_in.keys"))
    for table, edition in form.tables:
        title = labels("preview.table_title", table=table.label(labels.lang), edition=edition.label(labels.lang))
        st.markdown(f"**{plain(title)}**")
        key = f"entry_{form.name}_{edition.id}_{table.id}"
        own = {cell.key for cell in table.cells}
        entry_table(
            table,
            key,
            labels,
            values={k: text for k, text in values.items() if k in own},
            notes={k: note for k, note in notes.items() if k in own},
            fixed=fixed & own,
            epoch=f"{form.name}.{st.session_state.get(_EPOCH, 0)}",
            on_typed=lambda key=key, own=own: _take(form.name, key, own - fixed),
        )
    show_checks(form, findings, labels)


def live_findings(form: KeyedForm) -> list[Finding]:
    """What does not fit so far. Left out is what only says that the form is not finished: totals and tables still empty."""
    found = (finding for finding in failing(check_report(form.report, load_form())) if not is_reminder(finding))
    return [finding for finding in found if finding.cells and "uses_derived" not in finding.flags]


def show_checks(form: KeyedForm, findings: Sequence[Finding], labels: Labels) -> None:
    """Say how much is filled in and what does not fit so far."""
    st.markdown(labels("key_in.filled", filled=form.filled, cells=sum(len(table.cells) for table, _ in form.tables)))
    for key, code in form.wrong.items():
        line = labels(
            "key_in.wrong_line", label=labels.field(key), text=form.typed[key].strip(), why=labels(f"key_in.wrong.{code}")
        )
        st.markdown(f":red-badge[:material/error:] {plain(line)}")
    for finding in findings:
        st.markdown(finding_line(finding, labels))
    if form.filled and not findings and not form.wrong:
        st.markdown(f":material/verified: {labels('key_in.agrees')}")


def _notes(form: KeyedForm, findings: Sequence[Finding], labels: Labels) -> dict[str, FieldNote]:
    numbers = {key: reading.value for key, reading in form.report.cells.items()}
    sums = {
        key: labels("key_in.sum", sum=f"{value}")
        for table, _ in form.tables
        for key, value in running_sums(table, numbers).items()
    }
    tips: dict[str, str] = {}
    for finding in findings:
        for key in finding.cells:
            if form.typed.get(key, "").strip():
                tips.setdefault(key, message(finding, labels.lang))
    tips |= {key: labels(f"key_in.wrong.{code}") for key, code in form.wrong.items()}
    return {key: FieldNote(sums.get(key, ""), tips.get(key, ""), key in form.wrong) for key in {*sums, *tips}}


def _take(name: str, key: str, own: set[str]) -> None:
    """Take over what a table tells; the other tables of the form stay as they are."""
    state: Any = st.session_state.get(key)
    told = (state or {}).get("typed") or {}
    kept = {k: text for k, text in _all_typed().get(name, {}).items() if k not in own}
    _all_typed()[name] = kept | {k: str(text)[:24] for k, text in told.items() if k in own}


def _all_typed() -> dict[str, dict[str, str]]:
    return st.session_state.setdefault(_TYPED, {})
