"""How many findings each organ has, by check or by year, as a table whose numbers can be clicked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from ogi.checks.plan import SEVERITIES
from ogi.desk import DeskGroup
from ogi.form import load_form
from ogi.labels import Labels
from pages.parts.address import change_view
from pages.parts.desk_source import Focus
from pages.parts.report_list import linked_html

SIGNS = {"error": "●", "warning": "▲", "hint": "○"}
"""So that severity is told without colour."""
MOST = 100
"""So many organs are drawn, those with most errors first."""
_ALL = ""


def show_matrix(found: Sequence[DeskGroup], focus: Focus, labels: Labels) -> None:
    """Draw the table; what is clicked goes into the address."""
    by = st.segmented_control(
        labels("desk.view"), ["check", "year"], default="check", key="desk_by", required=True, label_visibility="collapsed",
        format_func=lambda value: labels(f"desk.by_{value}"), persist_state="session",
    )  # fmt: skip
    linked_html(matrix_html(found, by or "check", focus, labels), f"desk_matrix_{by}", _pick)
    st.caption(labels("desk.legend"))
    count = len({one.organ_id for one in found})
    if count > MOST:
        st.caption(labels("desk.most", count=f"{count:,}", shown=MOST))


def matrix_html(found: Sequence[DeskGroup], by: str, focus: Focus, labels: Labels) -> str:
    """Return the table as HTML, every text escaped."""
    cells: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for one in found:
        names[one.organ_id] = one.organ_name
        column = one.check if by == "check" else str(one.report_year)
        for place in ((one.organ_id, column), (one.organ_id, _ALL), (_ALL, column), (_ALL, _ALL)):
            cells[place][one.severity] += one.count
    columns = _columns(found, by)
    organs = sorted(names, key=lambda organ: (*(-cells[organ, _ALL][severity] for severity in SEVERITIES), names[organ]))[:MOST]
    picked = (focus.check or "") if by == "check" else str(focus.year or "")
    lines = [_row(_ALL, labels("desk.total"), columns, cells, labels, picked=not focus.organ and bool(picked), column=picked)]
    lines += [_row(o, names[o], columns, cells, labels, picked=o == focus.organ, column=picked) for o in organs]
    heads = "".join(f'<th scope="col" title="{escape(_title(name, by, labels))}">{escape(_head(name))}</th>' for name in columns)
    corner = f'<th scope="col">{escape(labels("desk.organ"))}</th><th scope="col">{escape(labels("desk.total"))}</th>'
    return f'<div class="scroll"><table class="desk matrix"><thead><tr>{corner}{heads}</tr></thead>{"".join(lines)}</table></div>'


def _columns(found: Iterable[DeskGroup], by: str) -> list[str]:
    if by == "year":
        return sorted({str(one.report_year) for one in found}, reverse=True)
    checks = {one.check: SEVERITIES.index(one.severity) for one in found}
    return sorted(checks, key=lambda check: (checks[check], check))


def _head(name: str) -> str:
    return name.partition("_")[0]


def _title(name: str, by: str, labels: Labels) -> str:
    return check_words(name, labels) if by == "check" else name


def check_words(check: str, labels: Labels) -> str:
    """A check by its number and short name; what an address calls one and is none, as it stands there."""
    if check not in load_form().checks:
        return check
    return labels("desk.check_name", id=_head(check), name=labels(f"check_name.{check}"))


def _row(
    organ: str, name: str, columns: list[str], cells: dict, labels: Labels, *, picked: bool, column: str
) -> str:  # fmt: skip
    parts = [_cell(organ, _ALL, _ALL, cells, labels, picked=picked and not column)]
    parts += [_cell(organ, one, _head(one), cells, labels, picked=picked and one == column) for one in columns]
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(parts)}</tr>'


def _cell(organ: str, column: str, label: str, cells: dict, labels: Labels, *, picked: bool) -> str:
    counts = cells.get((organ, column))
    if not counts:
        return "<td></td>"
    worst = next(severity for severity in SEVERITIES if counts[severity])
    shown = " ".join(f"{SIGNS[severity]}{counts[severity]}" for severity in SEVERITIES if counts[severity])
    words = labels("list_separator").join(
        f"{labels(f'checks.severity.{severity}')} {counts[severity]}" for severity in SEVERITIES if counts[severity]
    )
    mark = ' aria-pressed="true"' if picked else ""
    button = f'<button data-report="{escape(organ)}|{escape(column)}" title="{escape(words)}"{mark}>{shown}</button>'
    return f'<td class="{worst}" data-label="{escape(label or labels("desk.total"))}">{button}</td>'


def _pick(name: str) -> None:
    organ, column = name.split("|", 1)
    by_year = column.isdecimal()
    change_view(
        focus_organ=organ or None,
        check=None if by_year else column or None,
        focus_year=int(column) if by_year else None,
        list_page=1, report=None, finding=None, cell=None,
    )  # fmt: skip
