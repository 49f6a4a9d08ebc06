"""Correcting which report this is: organ, year, scope; and joining two names of one organ."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.labels import Labels
from ogi.organs import describe_organ, id_of
from ogi.report import Scope
from ogi.store.identity import set_identity
from ogi.store.organs import merge_organs
from ogi.store.placing import key_of
from ogi.store.reports import StoredReport
from pages.parts.address import change_view
from pages.parts.key_in_form import SCOPES
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.reason import reasoned_button
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor


def show_identity(stored: StoredReport, labels: Labels) -> None:
    """Draw what the document says of itself; for who may change it the fields to set it right, and the merging of organs."""
    printed, place = stored.printed, stored.place
    words = {
        "organ": printed.organ.name or "—",
        "year": printed.report_year or "—",
        "scope": labels("upload.scope_unknown" if printed.scope == "unknown" else f"view.scope.{printed.scope}"),
    }
    st.markdown(plain(labels("identity_part.printed", **words)))
    if not visitor().may_edit_everything:
        return
    name = f"{stored.report_id}_{stored.changes}"
    with st.form(key=f"identity_{name}"):
        organ_box, year_box, scope_box = st.columns([5, 2, 4])
        organ = organ_box.text_input(labels("upload.organ"), place.organ.name or "", key=f"identity_organ_{name}", max_chars=120)
        year = year_box.number_input(
            labels("upload.year"), min_value=2008, max_value=2099, value=place.report_year, step=1, key=f"identity_year_{name}"
        )
        scope = scope_box.selectbox(
            labels("upload.scope"),
            SCOPES,
            index=SCOPES.index(place.scope),
            format_func=lambda value: labels("upload.scope_unknown" if value == "unknown" else f"view.scope.{value}"),
            key=f"identity_scope_{name}",
        )
        why = st.text_input(labels("correct.why"), key=f"identity_why_{name}", max_chars=400)
        if st.form_submit_button(labels("identity_part.save"), icon=":material/badge:", key=f"identity_save_{name}"):
            _save(stored, (organ.strip(), int(year), scope), why, labels)
    _merge(stored, labels)


def _save(stored: StoredReport, wanted: tuple[str, int, Scope], why: str, labels: Labels) -> None:
    if not why.strip():
        st.error(labels("correct.need_why"))
        return
    organ, year, scope = wanted
    if not organ:
        st.error(labels("upload.need_organ"))
        return

    def make() -> str:
        key = change(
            lambda c: set_identity(
                c, stored.report_id, organ_name=organ, report_year=year, scope=scope, act=act(why), changes=stored.changes
            )
        )
        change_view(report=key)
        return labels("identity_part.saved")

    attempt(make, labels)
    st.rerun()


def _merge(stored: StoredReport, labels: Labels) -> None:
    with st.expander(labels("identity_part.merge"), icon=":material/merge:"):
        st.markdown(plain(labels("identity_part.merge_text", organ=stored.place.organ.name or "")))
        into = st.text_input(labels("identity_part.merge_into"), key="merge_into", max_chars=120)
        found = describe_organ(into) if into.strip() else None
        target = id_of(found) if found is not None and not found.candidates else None
        if found is not None and found.candidates:
            st.warning(plain(labels("upload.need_choice", name=into)), icon=":material/help:")
        if target == stored.place.organ_id:
            st.warning(labels("identity_part.merge_same"), icon=":material/help:")
        elif target:
            merge = partial(_merge_now, stored, target, into, labels)
            reasoned_button(labels("identity_part.merge_now"), "merge_now", merge, labels, kind="primary")


def _merge_now(stored: StoredReport, target: str, into: str, labels: Labels, why: str) -> None:
    def make() -> str:
        change(lambda c: merge_organs(c, stored.place.organ_id, target, act(why)))
        change_view(report=key_of(target, stored.place.report_year, stored.place.scope))
        return labels("identity_part.merged", one=stored.place.organ.name or "", other=into)

    attempt(make, labels)
