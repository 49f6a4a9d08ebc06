"""A view in an address and back. ``from_query(to_query(view)) == (view, ())`` for every view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ogi.view.groups import FindGroup, NameGroup, is_group
from ogi.view.renamed import with_new_names
from ogi.view.state import View, ViewNotice, is_allowed
from ogi.view.year_runs import year_runs

_DEFAULT = View()
_NAMES = tuple(sorted(item.name for item in fields(View)))
_LISTS = frozenset(
    {
        "organs",
        "years",
        "levels",
        "kinds",
        "regions",
        "figures",
        "where",
        "only",
        "groups",
        "lines",
        "severities",
        "standings",
    }
)
_NUMBERS = frozenset({"baseline", "focus_year", "list_page"})
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_RANGE = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_SHOWN = 40


def to_query(view: View, *, page: str | None = None, name_group: NameGroup = lambda _: None) -> list[tuple[str, str]]:
    """Return the view as query parameters: sorted, by id and key, without what is the default.

    Args:
        view: the view to write.
        page: the page the address names already (``/applications``); it is then not written again.
        name_group: gives the id under which organs are kept together, where they need not be written out.

    Returns:
        Pairs of name and value. ``regions`` may come several times; other lists are joined by commas, and years are
        written as ranges: ``2019-2023,2025``.
    """
    pairs: list[tuple[str, str]] = []
    for name in _NAMES:
        value = getattr(view, name)
        if value == ((page or _DEFAULT.page) if name == "page" else getattr(_DEFAULT, name)):
            continue
        if name == "regions":
            pairs += [(name, region) for region in value]
        elif name == "years":
            pairs.append((name, ",".join(year_runs(value, "-"))))
        elif name == "organs":
            pairs.append((name, name_group(value) or ",".join(value)))
        else:
            pairs.append((name, ",".join(value) if name in _LISTS else str(value)))
    return pairs


def from_query(
    params: Mapping[str, Sequence[str]], *, page: str | None = None, find_group: FindGroup = lambda _: None
) -> tuple[View, tuple[ViewNotice, ...]]:
    """Read a view out of query parameters. Never raises, and never drops anything silently.

    Args:
        params: every value of every parameter (``st.query_params.get_all``, ``urllib.parse.parse_qs``); names of earlier
            versions are taken for what they are called now.
        page: the page the address names already; a parameter ``page`` has the last word.
        find_group: returns the organs of a group the address names.

    Returns:
        The view of everything that can be applied, and a notice for each thing that cannot: an unknown parameter, an
        unknown value, a malformed year, a second value where one is meant, a group that is not known here.
    """
    params = with_new_names(params)
    chosen: dict[str, Any] = {}
    notices: list[ViewNotice] = []
    if page is not None and is_allowed("page", page):
        chosen["page"] = page
    for name in sorted(params):
        texts = params[name]
        if name not in _NAMES:
            notices.append(ViewNotice(key="view.notice.unknown_parameter", params={"name": _short(name)}))
        elif name in _LISTS:
            chosen[name] = _several(name, texts, notices, find_group)
        else:
            _single(name, texts, chosen, notices)
    return View(**chosen), tuple(notices)


def _single(name: str, texts: list[str], chosen: dict[str, Any], notices: list[ViewNotice]) -> None:
    """Take the first value that means something; say which others were left."""
    taken = False
    for text in dict.fromkeys(texts):
        value: Any = int(text) if name in _NUMBERS and _NUMBER.fullmatch(text) else text
        if not is_allowed(name, value):
            notices.append(_unknown(name, text))
        elif taken:
            notices.append(ViewNotice(key="view.notice.repeated", params={"name": name, "value": _short(text)}))
        else:
            chosen[name], taken = value, True


def _several(name: str, texts: list[str], notices: list[ViewNotice], find_group: FindGroup) -> tuple[Any, ...]:
    parts = texts if name == "regions" else [part for text in texts for part in text.split(",")]
    values: list[Any] = []
    for part in parts:
        found: Iterable[Any] = (part,)
        if name == "organs" and is_group(part):
            found = find_group(part) or ()
        elif name == "years":
            found = _years(part)
        allowed = [value for value in found if is_allowed(name, value)]
        values += allowed
        if not allowed:
            notices.append(_unknown(name, part))
    return tuple(values)


def _unknown(name: str, text: str) -> ViewNotice:
    if name == "organs" and is_group(text):
        return ViewNotice(key="view.notice.unknown_group", params={"value": text})
    kind = "malformed_year" if name in ("years", "baseline", "focus_year") else "unknown_value"
    return ViewNotice(key=f"view.notice.{kind}", params={"name": name, "value": _short(text)})


def _short(text: str) -> str:
    """A stranger's text fit for showing: printable and not too long."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _years(text: str) -> list[int]:
    """``2021`` or ``2019-2023``; nothing where the text is no such thing or either end is no possible year."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return []
    first, last = int(match[1]), int(match[2] or match[1])
    return list(range(first, last + 1)) if is_allowed("years", first) and is_allowed("years", last) else []
