"""Stored reports as a list: one line each with a link, on a phone one card each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.components import v2

from ogi.labels import Labels
from ogi.store.listing import ReportRow
from ogi.view import View, to_query
from pages.parts.person import moment, person_name
from pages.parts.visitor import visitor

COLUMNS = ("organ", "year", "scope", "status", "errors", "warnings", "marked", "corrections", "version", "kept")
_NUMBERS = frozenset({"errors", "warnings", "marked", "corrections", "version"})
_STATUS = {"complete": "●", "partial": "◐", "missing": "○"}
"""Signs beside the words, so that the state is told without colour."""
_CSS = """
:host, div { font-family: var(--st-font); color: var(--st-text-color); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 5px 8px; border-bottom: 1px solid var(--st-border-color); vertical-align: top; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tr:hover td { background: var(--st-secondary-background-color); }
a { color: var(--st-link-color); }
a:focus-visible, button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button { font: inherit; color: inherit; cursor: pointer; background: transparent; border: 1px solid var(--st-border-color);
  border-radius: 4px; padding: 2px 8px; }
.bad { color: var(--st-red-text-color); font-weight: 600; }
small { opacity: .75; }
mark { background: rgba(230,159,0,.45); color: inherit; }
article { border-bottom: 1px solid var(--st-border-color); padding: .6em 0; }
article p { margin: .25em 0; }
td.received::before { content: "● "; } td.partial::before { content: "◐ "; } td.errors::before { content: "≠ "; }
td.missing { background: rgba(213,94,0,.25); } td.errors { background: rgba(230,159,0,.3); }
div.scroll { max-height: 24rem; overflow: auto; border: 1px solid var(--st-border-color); border-radius: 6px; }
table.matrix.desk { width: auto; min-width: 100%; border-collapse: separate; border-spacing: 0; }
.matrix.desk thead th { position: sticky; top: 0; background: var(--st-secondary-background-color); z-index: 2; }
.matrix.desk th[scope="row"], .matrix.desk thead th:first-child { position: sticky; left: 0; z-index: 1; min-width: 11em;
  background: var(--st-background-color); font-weight: 400; }
.matrix.desk thead th:first-child { z-index: 3; background: var(--st-secondary-background-color); font-weight: 600; }
.matrix.desk td { padding: 2px; text-align: center; white-space: nowrap; }
.matrix.desk td button { border: 0; width: 100%; min-height: 1.9em; font-variant-numeric: tabular-nums; }
.matrix.desk td button:hover { box-shadow: inset 0 0 0 2px var(--st-primary-color); }
.matrix.desk td button[aria-pressed] { box-shadow: inset 0 0 0 3px var(--st-primary-color); font-weight: 600; }
.desk td.error { background: rgba(213,94,0,.28); } .desk td.warning { background: rgba(230,159,0,.25); }
.desk td.hint { background: rgba(86,180,233,.2); }
.sign.error { color: var(--st-red-text-color); } .sign.warning { color: var(--st-yellow-text-color); }
.sign.hint { color: var(--st-blue-text-color); }
.list.desk tr { cursor: pointer; } .list.desk p { margin: .15em 0; }
.list.desk tr.picked td { background: var(--st-secondary-background-color); box-shadow: inset 3px 0 0 var(--st-primary-color); }
.fix th:first-child, .fix td:first-child { white-space: nowrap; }
@media (min-width: 641px) {
  table.fix { table-layout: fixed; }
  .fix th:first-child { width: 5em; } .fix th:nth-child(2) { width: 27%; } .fix th:nth-child(3) { width: 8em; }
  .fix th:nth-child(5) { width: 24%; }
}
button.plain { border: 0; padding: 0; font-weight: 600; text-align: left; }
.standing { border: 1px solid var(--st-border-color); border-radius: 4px; padding: 0 .4em; opacity: 1; }
@media (max-width: 640px) {
  .desk td:empty { display: none; }
  .matrix.desk th[scope="row"] { flex-basis: 100%; position: static; font-weight: 600; }
  .matrix.desk td, .matrix.desk td:first-child { flex-basis: auto; font-size: inherit; padding: 0 .4em; border-radius: 4px; }
  .matrix.desk td button { width: auto; min-height: 2.2em; }
  .matrix:not(.desk) tr { gap: .3em .5em; align-items: center; }
  .matrix:not(.desk) th[scope="row"] { flex-basis: 100%; border: 0; padding: 0; font-size: 1rem; }
  .matrix:not(.desk) td, .matrix:not(.desk) td:first-child { flex-basis: auto; font-size: inherit;
    padding: 2px .4em; border-radius: 4px; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 .9em; padding: .5em 0; border-bottom: 1px solid var(--st-border-color); }
  td, td.number { border: 0; padding: 1px 0; text-align: left; }
  td:empty { display: none; }
  td:first-child { flex-basis: 100%; font-size: 1rem; }
  td[data-label]::before { content: attr(data-label) " "; opacity: .75; }
}
"""
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector("div.reports");
  if (!box) {
    box = document.createElement("div");
    box.className = "reports";
    parentElement.appendChild(box);
  }
  if (box.drawn !== data) {
    box.innerHTML = data;
    box.drawn = data;
  }
  box.onclick = (event) => {
    const found = event.target.closest("[data-report]");
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("chosen", found.dataset.report);
  };
}
"""
_list = v2.component("report_list", css=_CSS, js=_JS)


def report_list(rows: Iterable[ReportRow], view: View, labels: Labels, on_choose: Callable[[str], None]) -> None:
    """Draw reports; ``on_choose`` gets the key of the one that was opened, of a deleted one its number."""
    linked_html(list_html(rows, view, labels), "report_list", on_choose)


def linked_html(html: str, key: str, on_choose: Callable[[str], None]) -> None:
    """Draw HTML whose texts are escaped; ``on_choose`` gets the ``data-report`` of what was clicked in it."""

    def chosen() -> None:
        name = getattr(st.session_state.get(key), "chosen", None)
        if name:
            on_choose(str(name))

    _list(data=html, key=key, on_chosen_change=chosen)


def report_link(key: str, text: str, view: View) -> str:
    """Return a link to a report as HTML: opened in place by a click, in a new tab as any link."""
    query = urlencode(to_query(View(lang=view.lang, page="report", report=key), page="report"))
    return f'<a href="/report?{escape(query)}" data-report="{escape(key)}">{escape(text)}</a>'


def list_html(rows: Iterable[ReportRow], view: View, labels: Labels) -> str:
    """Return the list as HTML, every text escaped."""
    heads = "".join(f'<th scope="col"{_kind(name)}>{escape(labels(f"reports.column.{name}"))}</th>' for name in COLUMNS)
    lines = "".join(f"<tr>{_line(row, view, labels)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _kind(name: str) -> str:
    return ' class="number"' if name in _NUMBERS else ""


def _line(row: ReportRow, view: View, labels: Labels) -> str:
    return "".join(_cell(name, html, labels) for name, html in _cells(row, view, labels).items())


def _cell(name: str, html: str, labels: Labels) -> str:
    label = "" if name in ("organ", "year", "scope", "status") else f' data-label="{escape(labels(f"reports.column.{name}"))}"'
    return f"<td{_kind(name)}{label}>{html}</td>"


def _cells(row: ReportRow, view: View, labels: Labels) -> dict[str, str]:
    status = row.read_status
    return {
        "organ": _organ(row, view, labels),
        "year": str(row.report_year),
        "scope": escape(labels(f"view.scope.{row.scope}")),
        "status": f"{_STATUS[status]} {escape(labels(f'reports.status.{status}'))}" if status else "",
        "errors": f'<span class="bad">{row.errors}</span>' if row.errors else _count(row.errors),
        "warnings": _count(row.warnings),
        "marked": _count(row.marked),
        "corrections": f'<span class="bad">{row.corrections} ⚠</span>' if row.flagged else str(row.corrections),
        "version": str(row.version),
        "kept": f"{moment(row.at)} <small>{escape(person_name(row.by, labels))}</small>",
    }


def _count(number: int | None) -> str:
    """A count; empty for a deleted report, of which nothing is worked out."""
    return "" if number is None else str(number)


def _organ(row: ReportRow, view: View, labels: Labels) -> str:
    """The organ with the link to its report; of a deleted one who deleted it, and for who may change it the way back."""
    name, region = escape(row.organ_name), f"<br><small>{escape(row.region)}</small>" if row.region else ""
    if row.deleted_at is None:
        return f"{report_link(row.key, row.organ_name, view)}{region}"
    by = person_name(row.deleted_by or "", labels)
    said = labels("reports.deleted_line", by=by, at=moment(row.deleted_at), why=row.deleted_why or "—")
    way = f' <button data-report="{row.report_id}">{escape(labels("reports.bring_back"))}</button>'
    return f"{name}{way if visitor().may_edit else ''}{region}<br><small>{escape(said)}</small>"
