"""What is added up: the region, the year, the agencies, printed figures or amended ones; region and year stand in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ogi.consolidation import Comparison, Consolidated, ConsolidationError, Member
from ogi.consolidation.totals import Values
from ogi.labels import Labels
from ogi.store.audit import mark
from ogi.store.consolidating import Region, first_with_members, heads, region
from ogi.store.expected import list_names
from ogi.store.listing import years_of
from ogi.view import View
from pages.parts.plain import plain
from pages.parts.store import look, store
from pages.parts.widgets import draw

EVERYBODY = ""
_SECONDS = 60


_Key = tuple[str, int, str, int, str | None]
"""Folder and state of the records, organ, year and list: what is worked out of them stays as long as these do."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The region the reader chose."""

    region: Region
    key: _Key


@dataclass(frozen=True, kw_only=True)
class AddedUp:
    """The sums as the reader asked for them."""

    region: Region
    consolidated: Consolidated
    comparison: Comparison | None
    """``None`` where the government gave no report for its region."""


def choose_region(view: View, labels: Labels) -> Chosen | None:
    """Draw the choice and return the region with its reports; ``None`` where the library holds no government.

    Raises:
        StoreError: the records cannot be read.
    """
    found = {head.organ_id: head for head in look(heads)}
    years = look(years_of)
    if not found or not years:
        return None
    year = view.focus_year if view.focus_year in years else years[0]
    organ = view.focus_organ if view.focus_organ in found else _first((str(store().records.location.folder), look(mark), year))
    organ = organ or next(iter(found))
    if view.focus_organ not in (None, organ):
        st.warning(labels("choice.organ_absent"), icon=":material/domain_disabled:")
    if view.focus_year not in (None, year):
        st.warning(labels("choice.year_absent", year=view.focus_year, shown=year), icon=":material/event_busy:")
    lists = look(list_names)
    left, middle, right = st.columns([5, 2, 4])
    with left:
        draw(
            st.selectbox, "focus_organ", organ, label=labels("consolidation.head"), options=list(found),
            format_func=lambda value: found[value].name, help=labels("consolidation.head_tip"),
        )  # fmt: skip
    with middle:
        draw(st.selectbox, "focus_year", year, label=labels("consolidation.year"), options=years)
    name = right.selectbox(
        labels("consolidation.list"), [EVERYBODY, *lists], key="consolidation_list", help=labels("consolidation.list_tip"),
        persist_state="session",
        format_func=lambda value: (
            labels("expected.list_count", name=value, count=lists.get(value, 0)) if value else labels("consolidation.list_none")
        ),
    )  # fmt: skip
    key = (str(store().records.location.folder), look(mark), organ, year, name or None)
    return Chosen(region=_region(key), key=key)


@st.cache_resource(max_entries=8, ttl=_SECONDS, show_spinner=False)
def _first(key: tuple[str, int, int]) -> str | None:
    """The region the page opens on: the first in which there is something to add up, as long as the records stay as they are."""
    return look(lambda c: first_with_members(c, heads(c), key[2]))


@st.cache_resource(max_entries=8, ttl=_SECONDS, show_spinner=False)
def _region(key: _Key) -> Region:
    """The region with its reports, kept as long as the records stay as they are: a click on a cell reads no report again."""
    _, _, organ, year, list_name = key
    return look(lambda c: region(c, organ, year, list_name))


@st.cache_resource(max_entries=8, ttl=_SECONDS, show_spinner=False)
def _sums(
    key: _Key, organ_ids: tuple[str, ...], values: Values, out: tuple[str, ...], _members: list[Member]
) -> tuple[Consolidated, Comparison | None]:
    """The sums of these members; an error is not kept."""
    return _region(key).added_up(_members, values=values, leave_out=out)


def add_up(chosen: Chosen, view: View, labels: Labels) -> AddedUp | None:
    """Draw who is added and add up; where these reports must not be added, say why and return ``None``."""
    found = chosen.region
    out, members = _choose_members(found, labels)
    is_amended = any(member.amended for member in members)
    if is_amended:
        draw(
            st.segmented_control, "values", view.values, label=labels("consolidation.values"), options=["printed", "amended"],
            format_func=lambda value: labels(f"view.values.{value}"), required=True,
        )  # fmt: skip
    if not members:
        words = {"name": found.head.name, "year": found.report_year}
        st.info(plain(labels("consolidation.no_members", **words)), icon=":material/inbox:")
        return None
    try:
        ids = tuple(member.organ_id for member in members)
        consolidated, comparison = _sums(chosen.key, ids, view.values if is_amended else "printed", tuple(out), members)
    except ConsolidationError as error:
        st.error(plain(labels(f"exchange.consolidation.error.{error.code}", **error.params)), icon=":material/error:")
        return None
    return AddedUp(region=found, consolidated=consolidated, comparison=comparison)


def _choose_members(found: Region, labels: Labels) -> tuple[list[str], list[Member]]:
    """Who is left out, and whose reports are added."""
    place = f"{found.head.organ_id}_{found.report_year}"
    parts = found.membership
    optional = [*parts.vertical, *parts.unattached]
    with st.expander(labels("consolidation.members", count=len(parts.members)), icon=":material/account_tree:"):
        left, right = st.columns(2)
        with left:
            out = _several("leave_out", [one for one in parts.members if one.report], place, labels)
        with right:
            added = _several("put_in", optional, place, labels)
        passed = [one.name for one in parts.vertical if one.organ_id not in added]
        unknown = [one.name for one in parts.unattached if one.organ_id not in added]
        for key, names in (("vertical", passed), ("unattached", unknown)):
            if names:
                st.caption(plain(labels(f"consolidation.{key}", names=labels("list_separator").join(names))))
        if parts.below:
            st.caption(labels("consolidation.below", count=len(parts.below)))
    return out, [*parts.members, *(one for one in optional if one.organ_id in added)]


def _several(name: str, members: Sequence[Member], place: str, labels: Labels) -> list[str]:
    names = {member.organ_id: member.name for member in members}
    return st.multiselect(
        labels(f"consolidation.{name}"), list(names), format_func=names.__getitem__, key=f"consolidation_{name}_{place}",
        help=labels(f"consolidation.{name}_tip"), placeholder=labels("consolidation.none_chosen"), disabled=not names,
    )  # fmt: skip
