"""What a view asks for and this machine cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ogi.facts import FactsSource
from ogi.labels import Labels
from ogi.library import COLLECTIONS, Library
from ogi.view.state import View, ViewNotice

_NAMED = 5


def notices(view: View, facts: FactsSource, library: Library | None, in_scope: Any) -> tuple[ViewNotice, ...]:
    """Return the notices of a selection.

    Args:
        view: what was asked.
        facts: the collection shown.
        library: everything at hand, if known; tells an organ of another collection from one nobody knows.
        in_scope: rows of the facts that match everything but the years.
    """
    labels = Labels(view.lang)
    found = [*_organs(view, facts, library, in_scope, labels), *_years(view, facts, in_scope, labels)]
    if not len(facts):
        found.append(ViewNotice(key="selection.notice.empty_collection"))
    elif not len(in_scope):
        found.append(ViewNotice(key="selection.notice.nothing_matches"))
    if view.values == "amended" and not facts.has_amendments:
        found.append(ViewNotice(key="selection.notice.no_amendments"))
    return tuple(found)


def _organs(view: View, facts: FactsSource, library: Library | None, in_scope: Any, labels: Labels) -> list[ViewNotice]:
    if not view.organs:
        return []
    matching = set(facts.identity["organ_id"].iloc[in_scope].unique())
    others_asked = [organ for organ in view.organs if organ not in matching]
    if not others_asked:  # so nearly always; to look through a whole country for nobody takes a while
        return []
    known = facts.identity.loc[facts.identity["organ_id"].isin(others_asked), ["organ_id", "organ_name"]]
    here = dict(zip(known["organ_id"], known["organ_name"], strict=True))
    filtered = [here[organ] for organ in others_asked if organ in here]
    found: list[ViewNotice] = []
    strangers = [organ for organ in others_asked if organ not in here]
    for collection in COLLECTIONS if library is not None else ():
        names = {e.organ_id: e.organ_name or "" for e in library.collection(collection)} if library else {}
        others = [organ for organ in strangers if organ in names and collection != facts.collection]
        strangers = [organ for organ in strangers if organ not in others]
        if others:
            params = {
                "names": _names([names[organ] for organ in others], labels),
                "collection": labels(f"view.collection.{collection}"),
            }
            found.append(ViewNotice(key="selection.notice.organ_elsewhere", params=params))
    if strangers:
        found.append(
            ViewNotice(
                key="selection.notice.organ_unknown",
                params={"ids": _names(strangers, labels), "count": len(strangers)},
            )
        )
    if filtered:
        found.append(ViewNotice(key="selection.notice.organ_filtered", params={"names": _names(filtered, labels)}))
    return found


def _years(view: View, facts: FactsSource, in_scope: Any, labels: Labels) -> list[ViewNotice]:
    found: list[ViewNotice] = []
    if not view.years:
        return found
    present = set(facts.identity["report_year"].iloc[in_scope].unique())
    absent = [year for year in view.years if year not in present]
    if absent and len(in_scope):
        found.append(
            ViewNotice(
                key="selection.notice.year_without_report", params={"years": labels("view.sentence.and").join(map(str, absent))}
            )
        )
    return found


def baseline_notice(view: View, facts: FactsSource, in_scope: Any) -> tuple[ViewNotice, ...]:
    """Return what is to be said where the year others are compared with has no report."""
    if view.baseline is None or not len(in_scope):
        return ()
    if (facts.identity["report_year"].to_numpy()[in_scope] == view.baseline).any():
        return ()
    return (ViewNotice(key="selection.notice.baseline_without_report", params={"year": view.baseline}),)


def _names(names: Sequence[str], labels: Labels) -> str:
    shown = labels("view.sentence.and").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else labels("selection.notice.more", names=shown, count=len(names))
