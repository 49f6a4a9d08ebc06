"""An official table to type into: a field in each cell, running sums beside the totals, and what does not fit marked at once.

Enter and the arrow keys go from field to field, and a block copied from a spreadsheet is pasted across the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from streamlit.components import v2

from ogi.form import Cell, Table
from ogi.labels import Labels
from pages.parts.official_tables import NUMBER_STYLE, layout_html

_CSS = """
:host, div { font-family: var(--st-font); color: var(--st-text-color); }
input {
  width: 100%; min-width: 3.2em; box-sizing: border-box; padding: 4px 6px; text-align: right; font: inherit; color: inherit;
  font-variant-numeric: tabular-nums; background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: 3px;
}
input:focus { outline: 2px solid var(--st-primary-color); outline-offset: -1px; }
input:read-only { background: transparent; border-color: transparent; opacity: .75; }
input[aria-invalid="true"] { outline: 2px solid #D55E00; background: rgba(213,94,0,.2); }
input[data-mark="finding"] { background: rgba(230,159,0,.35); }
input::placeholder { color: var(--st-text-color); opacity: .6; font-style: italic; }
"""
_JS = """
const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

export default function ({ data, parentElement, setStateValue }) {
  let box = parentElement.querySelector("div.official");
  if (!box) {
    box = document.createElement("div");
    box.className = "official";
    parentElement.appendChild(box);
  }
  if (box.drawn !== data.html) {
    box.innerHTML = data.html;
    box.drawn = data.html;
    box.epoch = null;
  }
  const rows = [...box.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("input")]).filter((row) => row.length);
  const fields = rows.flat();
  for (const field of fields) {
    const key = field.dataset.key;
    if (box.epoch !== data.epoch) field.value = data.values[key] ?? "";
    const note = data.notes[key] ?? {};
    field.placeholder = note.sum ?? "";
    field.title = note.tip ?? "";
    field.setAttribute("aria-invalid", note.wrong ? "true" : "false");
    if (note.tip && !note.wrong) field.dataset.mark = "finding";
    else delete field.dataset.mark;
  }
  box.epoch = data.epoch;
  const tell = () => {
    const filled = fields.filter((field) => field.value !== "");
    setStateValue("typed", Object.fromEntries(filled.map((field) => [field.dataset.key, field.value])));
  };
  box.onchange = tell;
  box.onkeydown = (event) => {
    const step = STEPS[event.key];
    if (!step || !fields.includes(event.target)) return;
    event.preventDefault();
    const row = rows.findIndex((members) => members.includes(event.target));
    const place = rows[row].indexOf(event.target);
    const next = rows.length > 1 ? rows[row + step]?.[place] : rows[0][place + step];
    if (next) {
      next.focus();
      next.select();
    } else event.target.blur();
  };
  box.onpaste = (event) => {
    const text = event.clipboardData.getData("text").replace(/\\r/g, "").replace(/\\n$/, "");
    if (!/[\\t\\n]/.test(text) || !fields.includes(event.target)) return;
    event.preventDefault();
    const row = rows.findIndex((members) => members.includes(event.target));
    const place = rows[row].indexOf(event.target);
    text.split("\\n").forEach((line, down) => {
      line.split("\\t").forEach((word, right) => {
        const field = rows[row + down]?.[place + right];
        if (field && !field.readOnly) field.value = word.trim();
      });
    });
    tell();
  };
}
"""
_table = v2.component("entry_table", css=_CSS, js=_JS)


class FieldNote(NamedTuple):
    """What is said at a field while it is filled in."""

    sum: str = ""
    """What the parts of a total come to so far; shown while the field is empty, and never taken for its content."""
    tip: str = ""
    """What does not fit."""
    is_wrong: bool = False
    """Whether the text is no number."""


def entry_table(
    table: Table,
    key: str,
    labels: Labels,
    *,
    values: Mapping[str, str],
    notes: Mapping[str, FieldNote],
    fixed: frozenset[str] = frozenset(),
    epoch: str = "",
    on_typed: Callable[[], None],
) -> None:
    """Draw a table to type into.

    Args:
        table: the table of the form.
        key: name of the widget; ``st.session_state[key].typed`` holds the texts of all fields that are not empty.
        labels: the language.
        values: what the fields hold at first.
        notes: what to say at fields, by key.
        fixed: fields that cannot be changed.
        epoch: another word fills the fields with ``values`` again.
        on_typed: called when a field was left with another text, before the run that follows.
    """
    html = layout_html(table, lambda cell: _field(cell, labels, is_fixed=cell.key in fixed), labels)
    told = {name: {"sum": note.sum, "tip": note.tip, "wrong": note.is_wrong} for name, note in notes.items()}
    _table(data={"html": html, "values": dict(values), "notes": told, "epoch": epoch}, key=key, on_typed_change=on_typed)


def _field(cell: Cell, labels: Labels, *, is_fixed: bool) -> str:
    label, fixed = escape(cell.label(labels.lang)), " readonly tabindex=-1" if is_fixed else ""
    mode = {"amount": "decimal", "delta": "text"}.get(cell.kind, "numeric")
    return (
        f'<td style="{NUMBER_STYLE}padding:1px"><input data-key="{escape(cell.key)}" aria-label="{label}" inputmode="{mode}"'
        f' autocomplete="off" maxlength="24"{fixed}></td>'
    )
