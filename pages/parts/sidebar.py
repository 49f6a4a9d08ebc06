"""The sidebar: language, what is shown, and filters. Every widget is drawn from the view and changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import streamlit as st
from streamlit.navigation.page import Page

from ogi.facts import FactsSource, facts_of
from ogi.form import load_form
from ogi.labels import LANGS, Labels
from ogi.library import COLLECTIONS, Collection, Library
from ogi.selection import organ_options
from ogi.view import View, is_of_kind, resolve_collection
from ogi.view.state import PageName
from pages.parts.address import change_view, clear_filters, query_of
from pages.parts.group_picker import choose_groups
from pages.parts.share_state import shared_code
from pages.parts.signed_in import is_for
from pages.parts.timeline import choose_range
from pages.parts.widgets import draw

_OFFERED = 100
"""So many organs are offered in one list; every run sends it, and a longer one is searched."""
_LISTED = 30
"""So many of the organs chosen are listed one by one; thousands would fill the sidebar and slow the browser."""
GROUPS: dict[str, tuple[PageName, ...]] = {
    "figures": ("overview", "years", "agencies", "agency", "proactive", "applications", "disputes"),
    "reports": ("reports", "search", "upload"),
    "checks": ("checks", "self_check", "expected", "consolidation"),
    "rest": ("organs", "share", "audit", "methodology"),
}
"""The pages by what they are for. Those about one report are reached from the list of reports."""
_SCOPES = ("all", "own", "region_total", "system_total")
_LEVELS = ("national", "province", "city", "county", "township", "zone", "unknown")


def page_links(view: View, pages: Mapping[str, Page]) -> None:
    """Links to all pages that carry the view along, so that a page opened in a new tab shows the same filters."""
    labels = Labels(view.lang)
    with st.sidebar.container(gap="xxsmall", key="page_links"):
        for group, names in GROUPS.items():
            st.caption(labels(f"frame.group.{group}"))
            for name in names:
                if is_for(name):
                    st.page_link(pages[name], width="stretch", query_params=query_of(view, name, at=view.page))


def language_switch(view: View) -> None:
    """The switch between Chinese and English, at the top of the sidebar."""
    names = {lang: Labels(lang)("frame.language_name") for lang in LANGS}
    draw(
        st.sidebar.segmented_control,
        "lang",
        view.lang,
        label=Labels(view.lang)("frame.language"),
        options=list(LANGS),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        width="stretch",
    )


def filters(view: View, library: Library, labels: Labels) -> None:
    """The filters of the pages with figures."""
    collection = resolve_collection(view, library)
    with st.sidebar:
        st.subheader(labels("filter.title"), anchor=False, help=labels("filter.tip"))
        _collection(view, library, labels)
        facts = facts_of(library, collection)
        _organs(view, facts, labels)
        if shared_code() is None:
            choose_groups(view, labels)
        _scope_and_years(view, facts, labels)
        if facts.has_amendments or view.values != "printed":
            _values(view, labels)
        _applicant(view, labels)
        st.button(
            labels("filter.clear"), key="clear_filters", icon=":material/filter_alt_off:", on_click=clear_filters, width="stretch"
        )


def _collection(view: View, library: Library, labels: Labels) -> None:
    present: list[Collection] = [
        name for name in COLLECTIONS if name in library.collections or name == resolve_collection(view, library)
    ]
    counts = {name: len(facts_of(library, name)) for name in present}
    draw(
        st.radio,
        "collection",
        resolve_collection(view, library),
        label=labels("filter.collection"),
        help=labels("filter.collection_tip"),
        options=present,
        format_func=lambda name: labels("filter.collection_count", name=labels(f"view.collection.{name}"), count=counts[name]),
    )


def _organs(view: View, facts: FactsSource, labels: Labels) -> None:
    with st.expander(
        labels("filter.narrow"), icon=":material/account_tree:", expanded=bool(view.levels or view.kinds or view.regions)
    ):
        present = {*_present(facts, "level"), *view.levels}
        _several("levels", view.levels, [level for level in _LEVELS if level in present], labels, "view.level")
        _several("kinds", view.kinds, sorted({*_present(facts, "kind"), *view.kinds}), labels, "view.kind")
        _several("regions", view.regions, sorted({*_present(facts, "region"), *view.regions}), labels, None)
    names = _names(view, facts, labels)
    chosen = [organ for organ in view.organs if organ in names]
    listed = chosen[:_LISTED]
    elsewhere = tuple(set(view.organs).difference(listed))
    if len(chosen) > _LISTED:
        st.caption(labels("filter.organs_listed", count=len(chosen), listed=_LISTED))
    draw(
        st.multiselect,
        "organs",
        listed,
        apply=lambda chosen: change_view(organs=(*chosen, *elsewhere)),
        label=labels("filter.organs"),
        help=labels("filter.organs_tip"),
        options=list(names),
        format_func=names.__getitem__,
        placeholder=labels("filter.all_organs", count=len(names)),
    )


def _names(view: View, facts: FactsSource, labels: Labels) -> dict[str, str]:
    """The organs to choose from, higher levels first; of very many those whose name holds what is typed."""
    near = facts.kept.get(("organs", view.levels, view.kinds, view.regions), lambda: _near(view, facts))
    if len(near) <= _OFFERED:
        return {option.id: option.zh for option in organ_options(facts, view)}
    part = st.text_input(
        labels("filter.organ_search"), key="organ_search", help=labels("filter.organ_search_tip", count=_OFFERED)
    ).strip()
    chosen = {organ: near[organ] for organ in view.organs if organ in near}
    fitting = ((organ, name) for organ, name in (near.items() if part else ()) if part in name)
    return chosen | dict(islice(fitting, _OFFERED))


def _near(view: View, facts: FactsSource) -> dict[str, str]:
    """Every organ of the levels, kinds and regions chosen, with its newest name."""
    identity = facts.identity
    near = identity.loc[is_of_kind(view, identity), ["organ_id", "organ_name", "report_year"]]
    newest = near.sort_values("report_year", kind="stable").drop_duplicates("organ_id", keep="last")
    return dict(zip(newest["organ_id"].tolist(), newest["organ_name"].tolist(), strict=True))


def _present(facts: FactsSource, name: str) -> list:
    """The levels, kinds, regions or years that are there."""
    return facts.kept.get(("present", name), lambda: facts.identity[name].dropna().unique().tolist())


def _values(view: View, labels: Labels) -> None:
    """Printed figures or the amended ones; offered where there are any."""
    draw(
        st.segmented_control,
        "values",
        view.values,
        label=labels("filter.values"),
        help=labels("filter.values_tip"),
        options=["printed", "amended"],
        format_func=lambda value: labels(f"view.values.{value}"),
        required=True,
        width="stretch",
    )


def _scope_and_years(view: View, facts: FactsSource, labels: Labels) -> None:
    draw(
        st.selectbox,
        "scope",
        view.scope,
        label=labels("filter.scope"),
        help=labels("filter.scope_tip"),
        options=list(_SCOPES),
        format_func=lambda scope: labels(f"view.scope.{scope}"),
    )
    years = sorted({*_present(facts, "report_year"), *view.years})
    draw(
        st.pills,
        "years",
        list(view.years),
        label=labels("filter.years"),
        help=labels("filter.years_tip"),
        options=years,
        selection_mode="multi",
    )
    choose_range(view, years, labels)


def _applicant(view: View, labels: Labels) -> None:
    columns = {
        column.key: column.label(labels.lang)
        for edition in load_form().editions.values()
        if (table := edition.table("t3_requests"))
        for column in table.columns
    }
    options = ["total", *(key for key in columns if key != "total")]
    draw(
        st.selectbox,
        "applicant",
        view.applicant,
        label=labels("filter.applicant"),
        help=labels("filter.applicant_tip"),
        options=options,
        format_func=lambda key: labels("filter.all_applicants") if key == "total" else columns[key],
    )


def _several(name: str, chosen: Sequence[str], options: Sequence[str], labels: Labels, words: str | None) -> None:
    draw(
        st.multiselect,
        name,
        list(chosen),
        label=labels(f"filter.{name}"),
        options=list(options),
        format_func=(lambda value: labels(f"{words}.{value}")) if words else str,
        placeholder=labels("filter.any"),
    )
