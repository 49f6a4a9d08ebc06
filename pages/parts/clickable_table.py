"""An official table whose cells can be picked: by a click or a tap, or with Tab, the arrow keys and Enter."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.components import v2

_CSS = """
:host, div { font-family: var(--st-font); color: var(--st-text-color); }
td[data-key] { cursor: pointer; white-space: nowrap; }
td[data-key]:hover, td[data-key]:focus-visible { box-shadow: inset 0 0 0 2px var(--st-primary-color); outline: none; }
td[data-key][aria-selected="true"] { box-shadow: inset 0 0 0 3px var(--st-primary-color); font-weight: 600; }
td[data-mark="doubt"]::before { content: "？"; }
td[data-mark="finding"]::before { content: "≠ "; }
td[data-mark="both"]::before { content: "？≠ "; }
td[data-edit]::after { content: " ✎"; color: var(--st-primary-color); }
"""
_JS = """
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector("div.official");
  if (!box) {
    box = document.createElement("div");
    box.className = "official";
    parentElement.appendChild(box);
  }
  const focused = box.getRootNode().activeElement?.dataset?.key;
  if (box.drawn !== data.html) {
    box.innerHTML = data.html;
    box.drawn = data.html;
  }
  const inside = (row) => [...row.querySelectorAll("td[data-key]")];
  const rows = [...box.querySelectorAll("tr")].map(inside).filter((row) => row.length);
  const cells = rows.flat();
  box.querySelector("table")?.setAttribute("role", "grid");
  const first = cells.find((cell) => cell.dataset.key === data.picked) ?? cells[0];
  for (const cell of cells) {
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-selected", String(cell.dataset.key === data.picked));
    cell.tabIndex = cell === first ? 0 : -1;
    if (focused && cell.dataset.key === focused) cell.focus({ preventScroll: true });
  }
  const pick = (cell) => {
    setTriggerValue("picked", cell.dataset.key);
    if (data.lift && window.innerWidth <= 640) {
      cell.style.scrollMarginTop = "5rem";
      cell.scrollIntoView({ block: "start", inline: "nearest", behavior: "smooth" });
    }
  };
  box.onclick = (event) => {
    const cell = event.target.closest("td[data-key]");
    if (cell) pick(cell);
  };
  box.onkeydown = (event) => {
    const cell = event.target.closest("td[data-key]");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(cell);
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const row = rows.findIndex((members) => members.includes(cell));
    const members = rows[Math.min(Math.max(row + step[0], 0), rows.length - 1)];
    const next = members[Math.min(Math.max(rows[row].indexOf(cell) + step[1], 0), members.length - 1)];
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}
"""
_table = v2.component("official_table", css=_CSS, js=_JS)


def clickable_table(html: str, key: str, *, picked: str | None = None, on_pick: Callable[[], None] | None = None) -> str | None:
    """Draw a table and return the cell that was picked in this run, else ``None``.

    Args:
        html: from :func:`pages.parts.official_tables.table_html`, which escapes every text.
        key: name of the widget; ``st.session_state[key].picked`` tells the cell inside ``on_pick``.
        picked: the cell to show as picked.
        on_pick: called before the run that follows a pick; on a phone the cell is then scrolled up, clear of what it opens.
    """
    data = {"html": html, "picked": picked, "lift": on_pick is not None}
    return _table(data=data, key=key, on_picked_change=on_pick or (lambda: None)).picked
