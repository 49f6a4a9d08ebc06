"""The parts of the page that compares years: what changed, the tables, the prose, the findings, the files to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ogi.comparison import Block
from ogi.comparison.reasons import law_changes, of_form, why_apart
from ogi.labels import Labels
from pages.parts.compared import Compared, entries_of, main_changes, said_changes
from pages.parts.findings_list import failing, finding_line, finding_place, is_reminder
from pages.parts.narrative_changes import show_narratives
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.tips import measure_name
from pages.parts.widgets import draw
from pages.parts.year_tables import STYLE, block_html, figures_html, wide_html

_NAMED = 5


def has_two_years(years: Sequence[int], labels: Labels) -> bool:
    """Whether there is anything to compare; says so where there is not."""
    if len(years) < 2:
        st.info(labels("comparison.years.one", years=", ".join(map(str, years))), icon=":material/event_busy:")
    return len(years) > 1


def show_changes(compared: Compared, labels: Labels) -> None:
    """Say which totals changed most, and which changes of law lie between the years."""
    found = main_changes(compared)
    before, after = compared.pair
    st.subheader(labels("comparison.years.changed", name=compared.name, before=before, after=after), anchor=False)
    if found:
        st.markdown("\n".join(f"- {plain(text)}" for text in said_changes(compared, labels)))
    else:
        st.markdown(labels("comparison.years.nothing_changed"))
    earlier, later = sorted(compared.pair)
    for text in dict.fromkeys(text for cell in found for text in law_changes(cell.key, earlier, later, labels)):
        st.caption(f":material/gavel: {plain(text)}")


def show_tables(at: Stage, compared: Compared) -> None:
    """Draw the three tables of the form with the years as columns."""
    labels, view = at.labels, at.view
    st.subheader(labels("comparison.years.tables"), help=labels("comparison.years.tables_tip"), anchor=False)
    left, right = st.columns(2)
    with left:
        _switch("rows", view.rows, ("all", "changed"), labels)
    with right:
        _switch("applicants", view.applicants, ("one", "each"), labels)
    st.html(STYLE)
    only_changed = view.rows == "changed"
    grouped: dict[str, list] = {}
    for block in compared.blocks:
        grouped.setdefault(block.table, []).append(block)
    for blocks in grouped.values():
        chosen = next((block for block in blocks if block.column == view.applicant), blocks[0])
        title = f"**{plain(blocks[0].title)}**"
        if len(blocks) > 1 and view.applicants == "each":
            st.markdown(title)
            st.html(wide_html(blocks, compared, _wide_years(compared), labels, only_changed=only_changed))
            continue
        st.markdown(f"{title} · {plain(chosen.column_title)}" if chosen.column_title else title)
        st.html(_table(at, compared, chosen, only_changed=only_changed))
    _notes(compared, labels)


def _table(at: Stage, compared: Compared, block: Block, *, only_changed: bool) -> str:
    """The HTML of a table, made once for all who look at it; its figures once for every pair of years."""
    labels, years = at.labels, compared.years
    if compared.lineage is not None:
        return block_html(block, compared, years, labels, only_changed=only_changed)
    of = (*compared.of, years, block.table, block.column, labels.lang)

    def figures() -> dict[str, str]:
        return figures_html(block, compared, years, labels)

    def made() -> str:
        kept = at.selection.remembered(("figures of years", *of), figures, weight=lambda found: sum(map(len, found.values())))
        return block_html(block, compared, years, labels, only_changed=only_changed, figures=kept)

    return at.selection.remembered(("table of years", *of, compared.pair, only_changed), made)


def _wide_years(compared: Compared) -> tuple[int, ...]:
    """The two years compared: with every kind of applicant beside it, a table of all years would be too wide to read."""
    return tuple(sorted(compared.pair))


def _switch(name: str, value: str, options: Sequence[str], labels: Labels) -> None:
    draw(
        st.segmented_control,
        name,
        value,
        label=labels(f"comparison.choose.{name}"),
        options=list(options),
        format_func=lambda choice: labels(f"comparison.choose.{name}_{choice}"),
        required=True,
    )


def _notes(compared: Compared, labels: Labels) -> None:
    """Say under the tables what the marks mean and why some years are not joined."""
    of_sum = labels("groups.marks") if compared.heads and not compared.organ else ""
    st.caption(labels("comparison.years.marks") + of_sum)
    found: dict[str, list[str]] = {}
    for block in compared.blocks:
        for line in block.lines if block.column in ("", "total") else ():
            cell = compared.cells.get(line.key)
            for status in dict.fromkeys(of_form(cell.apart)) if cell else ():
                found.setdefault(why_apart(line.key, status, labels), []).append(measure_name(line.key, labels))
    if found:
        with st.expander(labels("comparison.years.apart", count=len(found)), icon=":material/link_off:"):
            for reason, names in found.items():
                st.markdown(f"- {plain(reason)}  \n  :small[:gray[{plain(labels('list_separator').join(names))}]]")


def show_prose(at: Stage, compared: Compared) -> None:
    """Draw the prose of the two years word by word; of a sum there is none."""
    labels = at.labels
    st.subheader(labels("comparison.prose.title"), help=labels("comparison.prose.tip"), anchor=False)
    entries = entries_of(at, compared)
    if not compared.organ:
        st.caption(labels("comparison.prose.of_one"))
    elif len(entries) > 2:
        st.caption(labels("lineage.prose_of_sum"))
    elif len(entries) < 2:
        st.caption(labels("comparison.prose.missing"))
    else:
        show_narratives(entries[0], entries[1], labels, only_changed=at.view.rows == "changed")


def show_findings(at: Stage, compared: Compared) -> None:
    """List what does not hold in the two reports."""
    labels = at.labels
    if not compared.organ:
        return
    st.subheader(labels("comparison.years.findings"), anchor=False)
    for entry in entries_of(at, compared):
        found = [finding for finding in failing(entry.findings) if not is_reminder(finding)]
        name = "" if entry.organ_id == compared.organ else f"{plain(entry.organ_name or '')} "
        st.markdown(labels("comparison.years.findings_count", year=f"{name}{entry.report_year}", count=len(found)))
        for finding in found:
            place = plain(finding_place(finding, entry.report, labels))
            st.markdown(f"{finding_line(finding, labels)}  \n:small[:gray[{place}]]")
