"""The consolidated tables in the official layout: what each sum covers, and which contradict the region's own report."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from ogi.consolidation import coverage_sentence
from ogi.consolidation.against import BROKEN
from ogi.exchange.consolidation_book import consolidation_book
from ogi.form import Cell, load_form
from ogi.indicators import indicator_values
from ogi.labels import Labels
from ogi.store.populations import population_of
from pages.parts.address import change_view
from pages.parts.clickable_table import clickable_table
from pages.parts.consolidation_choice import AddedUp
from pages.parts.official_tables import NUMBER_STYLE, SHADES, layout_html
from pages.parts.plain import plain
from pages.parts.store import look

_MOST_NAMES = 40
_PER_10K = "I19_new_per_10k"


def show_coverage(found: AddedUp, labels: Labels) -> None:
    """Say how many agencies and cells are there, how many contradict the region's report, and who is missing."""
    sums, comparison = found.consolidated, found.comparison
    whole = sum(cell.is_complete for cell in sums.cells.values())
    broken = "consolidation.no_own" if comparison is None else "consolidation.of"
    handed = labels("consolidation.handed_in_count", given=sums.handed_in, expected=len(sums.members))
    values = {
        "handed_in": handed,
        "whole_cells": labels("consolidation.of", count=whole, all=len(sums.cells)),
        "broken": labels(broken, count=len(comparison.broken) if comparison else 0, all=len(sums.cells)),
    }
    for column, (name, value) in zip(st.columns(3), values.items(), strict=True):
        column.metric(
            labels(f"consolidation.{name}"), value, border=True, help=labels(f"consolidation.{name}_tip"), height="stretch"
        )
    remarks = [f":material/{icon}: {plain(sentence)}" for icon, sentence in _remarks(found, whole, labels)]
    if remarks:
        st.markdown("  \n".join(remarks))


def _remarks(found: AddedUp, whole: int, labels: Labels) -> list[tuple[str, str]]:
    sums, comparison = found.consolidated, found.comparison
    said = []
    if sums.missing:
        names = [member.name for member in sums.missing]
        listed = labels("list_separator").join(names[:_MOST_NAMES]) + ("……" if len(names) > _MOST_NAMES else "")
        said.append(("person_off", labels("consolidation.missing", count=len(names), names=listed)))
    if whole < len(sums.cells):
        said.append(("warning", labels("consolidation.not_total", count=len(sums.cells) - whole)))
    per_10k = _per_10k(found, labels)
    if per_10k is not None:
        said.append(("groups", per_10k))
    if comparison is None:
        said.append(("info", labels("consolidation.own_missing", name=sums.head, year=sums.report_year)))
        return said
    if comparison.broken:
        said.append(("error", labels("consolidation.differs", count=len(comparison.broken))))
    if explained := comparison.of_status("gaps_may_explain"):
        said.append(("info", labels("consolidation.gaps_explain", count=len(explained))))
    return said


def _per_10k(found: AddedUp, labels: Labels) -> str | None:
    """New applications per 10 000 residents by the region's own report; nothing where residents or report are wanting."""
    head, year = found.region.head, found.region.report_year
    population = look(lambda c: population_of(c, head.organ_id, year))
    if head.report is None or population is None:
        return None
    values = indicator_values(head.report, load_form(), facts={"meta.population_10k": population.people_10k})
    value = next(one.value for one in values if one.id == _PER_10K)
    if value is None:
        return None
    words = {"people": f"{population.people_10k:,}", "source": population.source, "year": year}
    return labels("consolidation.per_10k", value=f"{float(value):.2f}", **words)


def show_sums(found: AddedUp, picked: str | None, labels: Labels) -> None:
    """Draw the download and the tables; a picked cell goes into the address."""
    sums = found.consolidated
    st.download_button(
        labels("consolidation.book"), partial(consolidation_book, sums, found.comparison, labels.lang),
        file_name=f"{sums.head}{sums.report_year}.xlsx", icon=":material/download:", key="consolidation_book", on_click="ignore",
    )  # fmt: skip
    editions = load_form().editions
    for table in sums.tables:
        edition = editions[sums.editions[table.id]]
        title = labels("preview.table_title", table=table.label(labels.lang), edition=edition.label(labels.lang))
        st.markdown(f"**{plain(title)}**")
        html = layout_html(table, lambda cell: _cell(cell, found, labels), labels)
        key = f"sum_{table.id}"
        clickable_table(html, key, picked=picked, on_pick=lambda key=key: _pick(key))


def _cell(cell: Cell, found: AddedUp, labels: Labels) -> str:
    """One sum; what it lacks stands in it, not only in its colour."""
    sums, comparison = found.consolidated, found.comparison
    one = sums.cells[cell.key]
    tip = [cell.label(labels.lang), coverage_sentence(one, sums, labels)]
    text = labels("consolidation.no_number") if one.value is None else f"{one.value}"
    html = escape(text)
    if one.value is not None and one.given < sums.handed_in:
        html += f"<br><small>{one.given}/{one.expected}</small>"
    shade = "" if one.is_complete else SHADES["state"]
    if comparison is not None and (beside := comparison.cells[cell.key]).status in BROKEN:
        shade = SHADES["error"]
        html += f"<br><small>≠ {escape(f'{beside.own}')}</small>"
        tip.append(labels("consolidation.own_says", own=f"{beside.own}"))
    told = escape("\n".join(tip))
    return f'<td style="{NUMBER_STYLE}{shade}" data-key="{escape(cell.key)}" title="{told}">{html}</td>'


def _pick(key: str) -> None:
    picked = getattr(st.session_state.get(key), "picked", None)
    if picked:
        change_view(cell=picked)
