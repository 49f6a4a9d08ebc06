"""What a person should look at in one report: uncertain cells with their pictures, and what the reader could not settle."""

from __future__ import annotations

from math import ceil

import streamlit as st

from ogi.doubts import PlaceToCheck, places_to_check
from ogi.labels import Labels, messages
from ogi.report import SURE, Notice, Reading, Report
from pages.parts.plain import plain
from pages.parts.upload_pictures import pictures, show_picture
from pages.parts.upload_reading import Outcome

_ON_A_PAGE = 8
_FOR_INFORMATION = frozenset(
    {"converted", "row_not_in_form", "sections_missing", "period_not_full_year", "organ_from_text", "organ_from_metadata"}
)
"""Notices that ask for nothing; every other one asks a person to look."""
_ASKED_AT_THE_FIELD = frozenset({"organ_unknown", "year_unknown", "region_ambiguous"})
"""What the card asks where it is to be filled in."""


def show_check(outcome: Outcome, report: Report, labels: Labels, *, is_open: bool) -> None:
    """Draw what must be looked at, and folded the notes that only inform."""
    places = places_to_check(report)
    asking = [notice for notice in report.notices if notice.code not in _FOR_INFORMATION | _ASKED_AT_THE_FIELD]
    notes = [notice for notice in report.notices if notice.code in _FOR_INFORMATION]
    if places or asking:
        title = labels("check.title", count=len(places) + len(asking))
        box = st.expander(title, expanded=is_open, icon=":material/visibility:", key=f"check_{outcome.key}", on_change="rerun")
        if box.open:
            with box:
                _notices(asking, labels)
                if places:
                    _places(outcome, places, labels)
    if notes:
        with st.expander(labels("check.notes", count=len(notes)), icon=":material/info:"):
            _notices(notes, labels)


def _notices(notices: list[Notice], labels: Labels) -> None:
    if notices:
        st.markdown("\n".join(f"- {plain(labels.notice(notice))}" for notice in notices))


def _places(outcome: Outcome, places: tuple[PlaceToCheck, ...], labels: Labels) -> None:
    st.caption(labels("check.cells_intro", count=len(places)))
    page = 1
    if len(places) > _ON_A_PAGE:
        page = st.pagination(ceil(len(places) / _ON_A_PAGE), key=f"check_page_{outcome.key}")
    shown = places[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    drawn = pictures(outcome, [place.first.key for place in shown], "cell", labels)
    for place in shown:
        with st.container(border=True):
            words, picture = st.columns([2, 3], vertical_alignment="center")
            with words:
                st.markdown(place_words(place, labels))
            with picture:
                show_picture(drawn[place.first.key], labels)


def place_words(place: PlaceToCheck, labels: Labels) -> str:
    """A place as Markdown: its name, what is printed, what was read, how sure that is, and why."""
    first = place.first
    lines = [f"**{plain(place_name(place, labels))}**", plain(printed_words(first, labels)), read_words(first, labels)]
    if first.value is not None:
        lines.append(plain(labels("check.confidence", percent=f"{place.confidence:.0%}")))
    lines += [plain(why) for why in reasons(place, labels)]
    return "  \n".join(lines)


def place_name(place: PlaceToCheck, labels: Labels) -> str:
    """The cell by row and column; of several cells the row they share, or the first one and how many there are."""
    names = [labels.field(key) for key in place.keys]
    rows = dict.fromkeys(name.rpartition(" · ")[0] or name for name in names)
    if len(names) == 1:
        return names[0]
    return labels("check.row" if len(rows) == 1 else "check.several", label=next(iter(rows)), count=len(names))


def printed_words(reading: Reading, labels: Labels) -> str:
    """What is printed in a cell, untouched."""
    raw = " ".join(reading.raw.split())
    return labels("check.printed", raw=raw) if raw else labels("check.nothing_printed")


def read_words(reading: Reading, labels: Labels) -> str:
    """What a cell was read as, as Markdown."""
    if reading.value is None:
        return plain(labels("check.not_read", state=labels(f"state.{reading.state}")))
    return labels("check.read_as", value=plain(f"{reading.value:,}{reading.unit or ''}"))


def reasons(place: PlaceToCheck, labels: Labels) -> list[str]:
    """Why a place is uncertain, one sentence each."""
    known = [labels(f"doubt.{code}") for code in place.codes if f"doubt.{code}" in messages()]
    if not known and place.first.value is None:
        return [labels("check.unplaced")]
    return known if known or place.confidence >= SURE else [labels("check.low")]
