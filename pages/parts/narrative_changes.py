"""The prose of two reports as HTML: what came underlined, what went struck through, what moved said in words."""

from __future__ import annotations

from html import escape

import streamlit as st

from ogi.labels import Labels
from ogi.library import Entry
from ogi.narrative_diff import ParagraphChange, SectionChange, compare_narratives
from ogi.personal_data import marks_in

STYLE = """<style>
.nd p{margin:.25rem 0;line-height:1.75}.nd ins{text-decoration:underline;text-underline-offset:3px;background:rgba(0,104,181,.16)}
.nd del{text-decoration:line-through;background:rgba(204,128,0,.18)}.nd .same{opacity:.62}
.nd .m{font-size:.8rem;font-style:italic;opacity:.8;margin-right:.4em}
</style>"""


@st.cache_data(max_entries=128, show_spinner=False)
def _compared(before: str, after: str, hidden: int, _before: Entry, _after: Entry) -> tuple[SectionChange, ...]:
    """The changes between two documents, by the hashes of both and by how much of them is hidden."""
    return compare_narratives(_before.report.narrative, _after.report.narrative)


def show_narratives(before: Entry, after: Entry, labels: Labels, *, only_changed: bool) -> None:
    """Draw the sections of both reports, one under the other; sections that stayed are folded."""
    hidden = sum(marks_in(part.text) + marks_in(part.title) for entry in (before, after) for part in entry.report.narrative)
    changes = _compared(before.report.document.sha256, after.report.document.sha256, hidden, before, after)
    if not changes:
        st.info(labels("comparison.prose.none"), icon=":material/notes:")
        return
    st.html(STYLE)
    if hidden:
        st.caption(f":material/visibility_off: {labels('personal.hidden', count=hidden)}")
    for change in changes:
        changed = sum(p.change != "same" or p.has_moved for p in change.paragraphs)
        title = change.title_after or change.title_before or change.section
        with st.expander(_heading(title, change, changed, labels), expanded=False, key=f"prose_{change.section}"):
            shown = [p for p in change.paragraphs if not only_changed or p.change != "same" or p.has_moved]
            body = "".join(_paragraph(paragraph, labels) for paragraph in shown)
            st.html(f'<div class="nd">{body or escape(labels("comparison.prose.same"))}</div>')


def _heading(title: str, change: SectionChange, changed: int, labels: Labels) -> str:
    name = title.replace("[", "\\[").replace(":", "\\:")
    if change.title_before is None or change.title_after is None:
        only = "only_after" if change.title_before is None else "only_before"
        return f"{name} · {labels(f'comparison.prose.{only}')}"
    likeness = f"{change.similarity or 0:.0%}"
    return f"{name} · {labels('comparison.prose.similarity', share=likeness, changed=changed)}"


def _paragraph(paragraph: ParagraphChange, labels: Labels) -> str:
    marks = []
    if paragraph.has_moved:
        marks.append(labels("comparison.prose.moved"))
    if paragraph.change in ("added", "removed"):
        marks.append(labels(f"comparison.prose.{paragraph.change}"))
    mark = f'<span class="m">{escape(labels("list_separator").join(marks))}</span>' if marks else ""
    tags = {"same": ("", ""), "added": ("<ins>", "</ins>"), "removed": ("<del>", "</del>")}
    text = "".join(f"{tags[p.kind][0]}{escape(p.text)}{tags[p.kind][1]}" for p in paragraph.pieces)
    kind = ' class="same"' if paragraph.change == "same" and not paragraph.has_moved else ""
    return f"<p{kind}>{mark}{text}</p>"
