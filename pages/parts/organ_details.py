"""One organ of the register: what is known of it, which followed which, and the ways to say so and to take it back."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from ogi.labels import Labels
from ogi.store.organs import split, unlink
from ogi.store.register import RegisteredOrgan
from pages.parts.address import change_view, go_to
from pages.parts.organ_change import Change, change_of, show_change
from pages.parts.organ_register import stored_words
from pages.parts.person import act, person_field
from pages.parts.plain import plain
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor


def show_organ(organ: RegisteredOrgan, labels: Labels) -> None:
    """Draw the panel."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{plain(organ.name)}**")
        st.button(
            labels("organs.close"), key="close_organ", type="tertiary", icon=":material/close:",
            on_click=change_view, kwargs={"focus_organ": None},
        )  # fmt: skip
    st.markdown("  \n".join(plain(line) for line in _facts(organ, labels)))
    if organ.reports:
        st.button(
            labels("organs.see_reports"), key="organ_reports", type="tertiary", icon=":material/folder_open:", on_click=go_to,
            args=("reports",), kwargs={"organs": (organ.organ_id,), "search": "", "levels": (), "years": (), "list_page": 1},
        )  # fmt: skip
    if not visitor().may_edit_everything:
        lines = [line for line, _, _ in _linked(organ, labels)]
        lines += [labels("organs.merged_line", name=name) for _, name in organ.merged]
        st.markdown("  \n".join(map(plain, lines)))
        return
    st.markdown(f"**{labels('organs.change')}**")
    why = st.text_input(labels("organs.why"), key=f"organ_why_{organ.organ_id}", max_chars=400)
    person_field(labels)
    _undo(organ, why, labels)
    wanted: Change | None = change_of(organ, labels)
    if wanted is not None:
        show_change(wanted, why, labels)


def _facts(organ: RegisteredOrgan, labels: Labels) -> list[str]:
    lines = [labels("list_separator").join((labels(f"view.level.{organ.level}"), labels(f"view.kind.{organ.kind}")))]
    if organ.region:
        code = f"（{organ.region_code}）" if organ.region_code else ""
        lines.append(labels("organs.region", region=f"{organ.region}{code}"))
    if organ.parent:
        lines.append(labels("organs.parent", name=organ.parent))
    if organ.other_names:
        lines.append(labels("organs.other_names", names=labels("list_separator").join(organ.other_names)))
    lines.append(labels("organs.stored", years=stored_words(organ, labels)))
    return lines


def _undo(organ: RegisteredOrgan, why: str, labels: Labels) -> None:
    """What was said of the organ, each with the way to take it back."""
    for line, other, ends in _linked(organ, labels):
        if _row(line, "library.undo", f"unlink_{'_'.join(ends)}", why, labels):
            _unlink(ends, other, why, labels)
    for organ_id, name in organ.merged:
        if _row(labels("organs.merged_line", name=name), "organs.take_apart", f"split_{organ_id}", why, labels):
            _take_apart(organ_id, name, why, labels)


def _linked(organ: RegisteredOrgan, labels: Labels) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The organs before and after: what is said of each, its name, and the ids of the two ends."""
    for side, linked in (("before", organ.before), ("after", organ.after)):
        for other in linked:
            kind = labels(f"organs.link.{other.kind}")
            line = labels(f"organs.{side}_line", name=other.name, year=other.first_year, kind=kind)
            yield line, other.name, (other.organ_id, organ.organ_id) if side == "before" else (organ.organ_id, other.organ_id)


def _row(line: str, action: str, key: str, why: str, labels: Labels) -> bool:
    """One line with its button; returns whether that was pressed."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(plain(line), width="content")
        return st.button(
            labels(action), key=key, type="tertiary", icon=":material/undo:", disabled=not why.strip(),
            help=None if why.strip() else labels("organs.why_first"),
        )  # fmt: skip


def _unlink(ends: tuple[str, str], name: str, why: str, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: unlink(c, *ends, act(why)))
        return labels("organs.unlinked", name=name)

    attempt(make, labels)
    st.rerun()


def _take_apart(organ_id: str, name: str, why: str, labels: Labels) -> None:
    def make() -> str:
        moved = change(lambda c: split(c, organ_id, act(why)))
        return labels("organs.apart", name=name, count=len(moved))

    attempt(make, labels)
    st.rerun()
