"""Beside the consolidated tables: the cells that contradict the region's report, and of one cell what every agency gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

import streamlit as st

from ogi.consolidation import Suspect, coverage_sentence, suspect_sentence
from ogi.consolidation.against import BROKEN, CellComparison
from ogi.consolidation.members import Member
from ogi.consolidation.parts import Part
from ogi.labels import Labels
from ogi.store.placing import key_of
from ogi.view import View, to_query
from pages.parts.address import change_view, go_to
from pages.parts.consolidation_choice import AddedUp
from pages.parts.plain import plain
from pages.parts.report_list import linked_html, report_link
from pages.parts.side_panel import side_panel

_CELLS, _SUSPECTS = 20, 5


def show_parts(found: AddedUp, view: View, labels: Labels) -> None:
    """Draw the panel."""
    picked = view.cell if view.cell in found.consolidated.layout else None
    with side_panel(is_open=picked is not None):
        if picked is None:
            st.caption(labels("consolidation.pick_hint"))
            _broken(found, view, labels)
            return
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{plain(labels.field(picked))}**")
            st.button(
                labels("consolidation.close"), key="close_sum", type="tertiary", icon=":material/close:",
                on_click=change_view, kwargs={"cell": None},
            )  # fmt: skip
        suspects = _sum(found, picked, labels)
        linked_html(parts_html(found, picked, suspects, view, labels), "sum_parts", _open)


def _broken(found: AddedUp, view: View, labels: Labels) -> None:
    """The cells that contradict the region's report, each a way to its agencies."""
    comparison = found.comparison
    if comparison is None:
        return
    if not comparison.broken:
        is_whole = all(cell.summed.is_complete for cell in comparison.cells.values())
        said = labels("consolidation.all_agree" if is_whole else "consolidation.none_contradicts")
        st.markdown(f":material/verified: {plain(said)}")
        return
    shown = broken_html(comparison.broken[:_CELLS], view, labels)
    linked_html(shown, "sum_broken", lambda key: change_view(cell=key))
    if len(comparison.broken) > _CELLS:
        st.caption(labels("consolidation.more_broken", count=len(comparison.broken) - _CELLS))
    st.markdown(f"**{labels('consolidation.likely')}**")
    keys = {cell.key for cell in comparison.broken}
    suspects = [suspect for suspect in comparison.suspects if suspect.reason != "gap" and keys.intersection(suspect.cells)]
    _name(suspects, found, labels)


def broken_html(cells: Sequence[CellComparison], view: View, labels: Labels) -> str:
    """Return cells with the sum and the figure of the region's report, as HTML; a click on the name opens the cell."""
    lines = []
    for cell in cells:
        query = urlencode(to_query(replace(view, cell=cell.key), page="consolidation"))
        name = f'<a href="/consolidation?{escape(query)}" data-report="{escape(cell.key)}">{escape(labels.field(cell.key))}</a>'
        figures = (("sum", cell.summed.value), ("own", cell.own))
        numbers = "".join(
            f'<td class="number" data-label="{escape(labels(f"consolidation.column.{field}"))}">{value}</td>'
            for field, value in figures
        )
        lines.append(f"<tr><td>{name}</td>{numbers}</tr>")
    return _table(("broken_list", "sum", "own"), "".join(lines), labels)


def _table(columns: Sequence[str], rows: str, labels: Labels) -> str:
    """A table with one column of names and columns of numbers."""
    first, *numbers = (escape(labels(f"consolidation.column.{name}")) for name in columns)
    heads = "".join(f'<th scope="col" class="number" style="white-space:nowrap">{head}</th>' for head in numbers)
    return f'<table><thead><tr><th scope="col">{first}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _name(suspects: list[Suspect], found: AddedUp, labels: Labels) -> None:
    for suspect in suspects[:_SUSPECTS]:
        st.markdown(f"- {plain(suspect_sentence(suspect, found.consolidated, labels))}")
    if not suspects:
        st.markdown(plain(labels("consolidation.no_likely")))


def _sum(found: AddedUp, key: str, labels: Labels) -> list[Suspect]:
    """Say the sum, what it covers, and what stands in the region's report; returns who may explain a difference."""
    one, comparison = found.consolidated.cells[key], found.comparison
    value = labels("consolidation.no_number") if one.value is None else f"{one.value}"
    lines = [labels("consolidation.sum_line", value=value), plain(coverage_sentence(one, found.consolidated, labels))]
    beside = comparison.cells[key] if comparison else None
    if beside is not None:
        lines.insert(1, _own(beside, labels))
    st.markdown("  \n".join(lines))
    if comparison is None or beside is None or (beside.status not in BROKEN and beside.status != "gaps_may_explain"):
        return []
    suspects = list(comparison.suspects_of(key))
    st.markdown(f"**{labels('consolidation.likely')}**")
    _name(suspects, found, labels)
    return suspects


def _own(beside: CellComparison, labels: Labels) -> str:
    if beside.own is None:
        return plain(labels("consolidation.own_gap_line", gap=_gap(beside.own_state, labels)))
    difference = "—" if beside.difference is None else f"{beside.difference:+}" if beside.difference else "0"
    status = labels(f"exchange.comparison.{beside.status}")
    return labels("consolidation.own_line", value=f"{beside.own}", difference=difference, status=status)


def _gap(gap: str, labels: Labels) -> str:
    return labels(f"exchange.gap.{gap}")


def parts_html(found: AddedUp, key: str, suspects: list[Suspect], view: View, labels: Labels) -> str:
    """Return the agencies with what each gives to a cell, as HTML: those who may explain a difference first, then the gaps."""
    sums = found.consolidated
    named = [suspect.organ_id for suspect in suspects]

    def place(pair: tuple[Member, Part]) -> tuple[bool, bool, float]:
        member, part = pair
        return member.organ_id not in named, part.gap is None, -float(part.value or 0)

    lines = []
    for member, part in sorted(zip(sums.members, sums.parts[key], strict=True), key=place):
        figure = escape(_gap(part.gap, labels) if part.gap else f"{part.value}")
        style = "missing" if part.gap else "errors" if member.organ_id in named else ""
        lines.append(f'<tr><td>{_link(member, found, view)}</td><td class="number {style}">{figure}</td></tr>')
    return _table(("organ", "figure"), "".join(lines), labels)


def _link(member: Member, found: AddedUp, view: View) -> str:
    if member.report is None or member.scope is None:
        return escape(member.name)
    return report_link(key_of(member.organ_id, found.consolidated.report_year, member.scope), member.name, view)


def _open(report: str) -> None:
    go_to("report", report=report)
