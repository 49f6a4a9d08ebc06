"""The register of organs as a list: search, filters, one line for each organ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import get_args
from urllib.parse import urlencode

import streamlit as st

from ogi.labels import Labels
from ogi.report import Level, OrganKind
from ogi.store.register import Linked, RegisteredOrgan
from ogi.view import View, to_query
from pages.parts.address import change_view
from pages.parts.report_filters import search_field
from pages.parts.report_list import linked_html
from pages.parts.widgets import draw

COLUMNS = ("organ", "level", "kind", "parent", "names", "reports")


def show_register_filters(view: View, labels: Labels) -> None:
    """Draw search, levels and kinds; each choice goes into the address, and the list begins anew."""
    search, levels, kinds = st.columns([5, 3, 3])
    with search:
        search_field(view, labels("organs.search"), labels("organs.search_placeholder"))
    with levels:
        _several("levels", view.levels, get_args(Level), labels("filter.levels"), labels)
    with kinds:
        _several("kinds", view.kinds, get_args(OrganKind), labels("organs.kinds"), labels)


def _several(name: str, chosen: Sequence[str], options: Sequence[str], label: str, labels: Labels) -> None:
    draw(
        st.multiselect, name, list(chosen), label=label, options=list(options), placeholder=labels("filter.any"),
        format_func=lambda value: labels(f"view.{name.removesuffix('s')}.{value}"),
        apply=lambda picked: change_view(**{name: tuple(picked)}, list_page=1),
    )  # fmt: skip


def show_register(rows: Iterable[RegisteredOrgan], view: View, labels: Labels) -> None:
    """Draw the list; the organ that is opened goes into the address."""
    linked_html(register_html(rows, view, labels), "organ_register", lambda organ: change_view(focus_organ=organ))


def register_html(rows: Iterable[RegisteredOrgan], view: View, labels: Labels) -> str:
    """Return the list as HTML, every text escaped."""
    heads = "".join(f'<th scope="col">{escape(labels(f"organs.column.{name}"))}</th>' for name in COLUMNS)
    lines = "".join(f"<tr>{_line(row, view, labels)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _line(row: RegisteredOrgan, view: View, labels: Labels) -> str:
    query = urlencode(to_query(replace(view, focus_organ=row.organ_id), page="organs"))
    name = f'<a href="/organs?{escape(query)}" data-report="{escape(row.organ_id)}">{escape(row.name)}</a>'
    region = f"<br><small>{escape(row.region)}</small>" if row.region else ""
    cells = {
        "level": labels(f"view.level.{row.level}"),
        "kind": labels(f"view.kind.{row.kind}"),
        "parent": row.parent or "",
        "names": history_words(row, labels),
        "reports": stored_words(row, labels),
    }
    rest = "".join(f"<td{_label(field, text, labels)}>{escape(text)}</td>" for field, text in cells.items())
    return f'<td style="min-width:9em">{name}{region}</td>{rest}'


def _label(field: str, text: str, labels: Labels) -> str:
    """On a phone the head stands before a field that would not be understood without it."""
    told = f' data-label="{escape(labels(f"organs.column.{field}"))}"' if text and field in ("parent", "reports") else ""
    return f'{told} style="white-space:nowrap"' if field == "reports" else told


def history_words(row: RegisteredOrgan, labels: Labels) -> str:
    """Other names, and which organs were before and after."""
    stop = labels("list_separator")
    names = [*row.other_names, *(name for _, name in row.merged)]
    said = [stop.join(dict.fromkeys(names))] if names else []
    for key, linked in (("is_before", row.before), ("is_after", row.after)):
        if linked:
            said.append(labels(f"organs.{key}", names=stop.join(map(_name, linked))))
    return ("；" if labels.lang == "zh" else "; ").join(said)


def _name(linked: Linked) -> str:
    return linked.name


def stored_words(row: RegisteredOrgan, labels: Labels) -> str:
    """How many reports are stored, and of which years."""
    if not row.reports:
        return labels("organs.no_reports")
    key = "organs.year" if row.first_year == row.last_year else "organs.years"
    return labels(key, count=row.reports, first=row.first_year, last=row.last_year)
