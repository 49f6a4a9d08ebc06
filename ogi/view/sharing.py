"""What a link carries to another machine, and what it cannot."""

from __future__ import annotations

from ogi.facts import facts_of
from ogi.labels import Labels
from ogi.library import Collection, Library
from ogi.view.state import View, ViewNotice

_AUTO: tuple[Collection, ...] = ("uploads", "library", "fictional", "published")


def resolve_collection(view: View, library: Library) -> Collection:
    """Return the one collection a view shows.

    It is the one the view names; under ``auto`` the uploads if there are any, else the library, else the fictional city,
    else the samples with published figures.
    """
    if view.collection != "auto":
        return view.collection
    found: list[Collection] = [name for name in _AUTO if name in library.collections]
    return found[0] if found else "fictional"


def carries(view: View, library: Library) -> tuple[ViewNotice, ...]:
    """Return what a link to this view can NOT carry, as notices; empty where it carries everything.

    Uploads live in one session. A view of them opens elsewhere without its figures; organs that are only in the uploads
    are named. The library is that of this server: another one shows its own reports.
    """
    collection = resolve_collection(view, library)
    if collection == "library":
        return (ViewNotice(key="view.carries.library"),)
    if collection != "uploads":
        return ()
    uploads = library.collection("uploads")
    elsewhere = {entry.organ_id for name in ("fictional", "published") for entry in library.collection(name)}
    elsewhere |= set(facts_of(library, "library").identity["organ_id"].unique())
    names = {entry.organ_id: entry.organ_name or "" for entry in uploads if entry.organ_id not in elsewhere}
    chosen = [name for organ, name in names.items() if organ in view.organs]
    notices = [ViewNotice(key="view.carries.uploads", params={"count": len(uploads)})]
    if chosen:
        listed = Labels(view.lang)("view.sentence.and").join(sorted(chosen))
        notices.append(ViewNotice(key="view.carries.organs", params={"names": listed, "count": len(chosen)}))
    return tuple(notices)
