"""The findings of the desk as a list, and the filters over it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, get_args

import streamlit as st

from ogi.checks import message
from ogi.desk import DeskGroup, DeskLine, FindingStanding
from ogi.form import load_form
from ogi.labels import Labels
from ogi.view import View
from pages.parts.address import change_view
from pages.parts.desk_matrix import SIGNS, check_words
from pages.parts.desk_source import Focus
from pages.parts.findings_list import SEVERITIES, places, table_name
from pages.parts.report_list import linked_html
from pages.parts.widgets import draw

_NONE = ""
_NAMED = 3
"""So many cells are named; what more there are, the sentence and the panel tell."""


def show_filters(view: View, labels: Labels, *, has_decisions: bool) -> None:
    """Draw the filters that only this page has; organs, years and scope are in the sidebar."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw(
            st.pills, "severities", list(view.severities), apply=_apply("severities"), label=labels("desk.severities"),
            options=list(SEVERITIES), format_func=lambda one: f"{SIGNS[one]} {labels(f'checks.severity.{one}')}",
            selection_mode="multi",
        )  # fmt: skip
        if has_decisions:
            draw(
                st.pills, "standings", list(view.standings), apply=_apply("standings"), label=labels("desk.standings"),
                options=list(get_args(FindingStanding)), format_func=lambda one: labels(f"desk.standing.{one}"),
                selection_mode="multi",
            )  # fmt: skip
        draw(
            st.selectbox, "check", view.check or _NONE, apply=lambda one: _begin(check=one or None), label=labels("desk.check"),
            options=[_NONE, *load_form().checks], width=280,
            format_func=lambda one: check_words(one, labels) if one else labels("desk.all_checks"),
        )  # fmt: skip


def show_focus(focus: Focus, found: Sequence[DeskGroup], labels: Labels) -> None:
    """Say what was picked in the table, each with the way back."""
    name = next((one.organ_name for one in found if one.organ_id == focus.organ), "")
    chips = (
        ("focus_organ", labels("desk.chosen_organ", name=name) if focus.organ else ""),
        ("focus_year", labels("desk.chosen_year", year=focus.year) if focus.year else ""),
        ("check", labels("desk.chosen_check", name=check_words(focus.check, labels)) if focus.check else ""),
    )
    with st.container(horizontal=True):
        for field, words in chips:
            if words:
                st.button(
                    words, key=f"clear_{field}", icon=":material/close:", help=labels("desk.clear"), on_click=_begin,
                    kwargs={field: None},
                )  # fmt: skip


def show_list(lines: Sequence[DeskLine], view: View, labels: Labels) -> None:
    """Draw the lines; the one that is clicked is looked at."""
    linked_html(list_html(lines, view, labels), "desk_list", lambda name: open_line(*name.split("|", 1)))


def open_line(key: str, place: str, cell: str | None = None) -> None:
    """Look at a finding; for callbacks."""
    change_view(report=key, finding=place, cell=cell)


def list_html(lines: Sequence[DeskLine], view: View, labels: Labels) -> str:
    """Return the list as HTML, every text escaped."""
    return f'<table class="desk list"><tbody>{"".join(_line(line, view, labels) for line in lines)}</tbody></table>'


def _line(line: DeskLine, view: View, labels: Labels) -> str:
    picked = ' class="picked"' if (line.key, line.place) == (view.report, view.finding) else ""
    severity = f'<span class="sign {line.severity}">{SIGNS[line.severity]}</span>'
    standing = (
        "" if line.standing == "open" else f'<small class="standing">{escape(labels(f"desk.standing.{line.standing}"))}</small>'
    )
    name = f"{line.organ_name} · {line.report_year}"
    if line.scope not in ("own", "unknown"):
        name = f"{name} · {labels(f'view.scope.{line.scope}')}"
    head = f'{severity} <button class="plain">{escape(name)}</button> {standing}'
    return (
        f'<tr data-report="{escape(line.key)}|{escape(line.place)}"{picked}>'
        f"<td>{head}<p>{escape(_words(line, labels))}</p><small>{escape(_place(line, labels))}</small></td></tr>"
    )


def _words(line: DeskLine, labels: Labels) -> str:
    if line.finding is not None:
        return message(line.finding, labels.lang)
    return labels("desk.was_dismissed" if line.standing == "dismissed" else "desk.gone")


def _place(line: DeskLine, labels: Labels) -> str:
    parts = [check_words(line.check, labels)]
    if line.finding is not None:
        parts += [table_name(line.finding, labels), places(line.finding, labels) if len(line.finding.cells) <= _NAMED else ""]
    return " · ".join(part for part in parts if part)


def _begin(**fields: Any) -> None:
    """Change a filter: the list begins anew, and nothing of it is looked at."""
    change_view(list_page=1, report=None, finding=None, cell=None, **fields)


def _apply(name: str) -> Any:
    return lambda chosen: _begin(**{name: tuple(chosen)})
