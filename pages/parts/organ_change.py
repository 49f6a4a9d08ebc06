"""Saying that an organ followed another one, or is the same as another one: what would change is shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

import streamlit as st

from ogi.labels import Labels
from ogi.report import OrganName
from ogi.store.organs import LinkKind, link, merge_organs
from ogi.store.register import RegisteredOrgan, add_organs, missing_of, named, would_move
from pages.parts.address import change_view
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import attempt, change, look

_CHOICES = ("before", "after", "same")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a person wants to say of an organ and another one."""

    organ: RegisteredOrgan
    choice: str
    """``before``: the other one was its predecessor; ``after``: its successor; ``same``: it is the same organ."""
    other_id: str
    other: OrganName
    kind: LinkKind = "renamed"
    first_year: int | None = None

    @property
    def other_name(self) -> str:
        """What the other one is called."""
        return self.other.name or ""

    @property
    def ends(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Id and name of the one before, and of the one after."""
        own, other = (self.organ.organ_id, self.organ.name), (self.other_id, self.other_name)
        return (other, own) if self.choice == "before" else (own, other)


def change_of(organ: RegisteredOrgan, labels: Labels) -> Change | None:
    """Draw the form and return what is asked for; ``None`` until the other organ is known."""
    key = organ.organ_id
    choice = st.segmented_control(
        labels("organs.what"), list(_CHOICES), default="before", required=True, key=f"organ_choice_{key}",
        format_func=lambda value: labels(f"organs.choice.{value}"),
    )  # fmt: skip
    name = st.text_input(labels("organs.other"), key=f"organ_other_{key}", max_chars=120).strip()
    kind: LinkKind | None = None
    year: int | None = None
    if choice != "same":
        left, right = st.columns(2)
        kind = left.selectbox(
            labels("organs.kind"), list(get_args(LinkKind)), key=f"organ_kind_{key}",
            format_func=lambda value: labels(f"organs.link.{value}"),
        )  # fmt: skip
        year = right.number_input(
            labels("organs.first_year"), min_value=2008, max_value=2099, value=None, step=1, key=f"organ_year_{key}"
        )
    if not name:
        return None
    other_id, other = named(name)
    if other_id is None:
        names = labels("list_separator").join(other.candidates[:5])
        st.warning(plain(labels("organs.which", name=name, names=names or "—")), icon=":material/help:")
        return None
    if other_id == organ.organ_id:
        st.warning(labels("organs.itself"), icon=":material/help:")
        return None
    first_year = None if year is None else int(year)
    return Change(organ=organ, choice=choice, other_id=other_id, other=other, kind=kind or "renamed", first_year=first_year)


def show_change(wanted: Change, why: str, labels: Labels) -> None:
    """Say what would change, and offer to do it."""
    if look(lambda c: missing_of(c, [wanted.other_id])):
        words = {"level": labels(f"view.level.{wanted.other.level}"), "kind": labels(f"view.kind.{wanted.other.kind}")}
        st.caption(plain(labels("organs.will_add", name=wanted.other_name, **words)))
    if wanted.choice == "same":
        is_ready = _show_merge(wanted, labels)
    else:
        is_ready = wanted.first_year is not None
        if is_ready:
            (_, before), (_, after) = wanted.ends
            words = {"before": before, "after": after, "kind": labels(f"organs.link.{wanted.kind}")}
            st.info(plain(labels("organs.will_link", year=wanted.first_year, **words)), icon=":material/arrow_forward:")
    st.button(
        labels("organs.merge_now" if wanted.choice == "same" else "organs.set_now"), key="organ_change_now", type="primary",
        disabled=not (is_ready and why.strip()), help=None if why.strip() else labels("organs.why_first"),
        on_click=partial(_merge if wanted.choice == "same" else _link, wanted, why, labels),
    )  # fmt: skip


def _show_merge(wanted: Change, labels: Labels) -> bool:
    """Say which reports would go over; returns whether they can."""
    moving = look(lambda c: would_move(c, wanted.organ.organ_id, wanted.other_id))
    if moving.twice:
        reports = labels("list_separator").join(f"{year} {labels(f'view.scope.{scope}')}" for year, scope in moving.twice)
        st.error(plain(labels("organs.collides", reports=reports)), icon=":material/error:")
        return False
    words = {"one": wanted.organ.name, "into": wanted.other_name, "count": moving.reports}
    st.info(plain(labels("organs.will_merge", **words)), icon=":material/merge:")
    return True


def _link(wanted: Change, why: str, labels: Labels) -> None:
    (before_id, before), (after_id, after) = wanted.ends
    year = wanted.first_year
    assert year is not None

    def do(connection: Any) -> None:
        add_organs(connection, {wanted.other_id: wanted.other}, act(why))
        link(connection, before_id, after_id, wanted.kind, first_year=year, act=act(why))

    def make() -> str:
        change(do)
        return labels("organs.linked", before=before, after=after)

    _done(attempt(make, labels), wanted)


def _merge(wanted: Change, why: str, labels: Labels) -> None:
    def do(connection: Any) -> None:
        add_organs(connection, {wanted.other_id: wanted.other}, act(why))
        merge_organs(connection, wanted.organ.organ_id, wanted.other_id, act(why))

    def make() -> str:
        change(do)
        change_view(focus_organ=wanted.other_id)
        return labels("organs.merged", one=wanted.organ.name, into=wanted.other_name)

    _done(attempt(make, labels), wanted)


def _done(is_made: bool, wanted: Change) -> None:
    """Empty the form once it was done."""
    if is_made:
        for name in ("other", "why"):
            st.session_state[f"organ_{name}_{wanted.organ.organ_id}"] = ""
