"""What a request asks for: a view as in a page's address, which figures, which part of the rows, in which form."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from starlette.requests import Request

from ogi.access.roles import STRANGER, Visitor
from ogi.labels import Labels, Lang
from ogi.selection.measure import is_measurable
from ogi.view import View, from_query, to_query
from web.access.asking import VISITOR
from web.api.problem import Problem

Form = Literal["json", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)
DEFAULT_LIMIT, LARGEST_LIMIT = 1_000, 10_000
MOST_KEYS = 300
_LARGEST_OFFSET = 100_000_000
Personal = Literal["hidden", "shown"]
PERSONAL: tuple[Personal, ...] = get_args(Personal)
OWN = ("format", "limit", "offset", "keys", "personal")
"""Parameters of the interface itself; all others are those of a view."""


FindGroup = Callable[[str], tuple[str, ...] | None]
"""Returns the organs kept under an id; ``None`` where it is not known."""


def nobody_knows(_: str) -> None:
    """Know no group."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request understood."""

    view: View
    keys: tuple[str, ...]
    """Figures asked for; empty where the request names none."""
    limit: int
    """How many of the resource's items (reports, organs) are answered at most."""
    offset: int
    form: Form
    personal: Personal = "hidden"
    """Whether personal data in what is quoted of the prose is shown."""

    def address_of(self, path: str, *, offset: int) -> str:
        """Return the address of another part of the same answer."""
        pairs = to_query(self.view)
        if self.keys:
            pairs.append(("keys", ",".join(self.keys)))
        if self.personal != "hidden":
            pairs.append(("personal", self.personal))
        if self.form != "json":
            pairs.append(("format", self.form))
        return f"{path}?{urlencode([*pairs, ('limit', str(self.limit)), ('offset', str(offset))])}"


def language_of(request: Request) -> Lang:
    """The language of the answer; Chinese where none or an unknown one is asked for."""
    return cast(Lang, "en" if request.query_params.get("lang") == "en" else "zh")


def asked(request: Request, takes: Collection[str], *, page: str | None = None, find_group: FindGroup = nobody_knows) -> Asked:
    """Read a request.

    Args:
        request: what came.
        takes: those of :data:`OWN` that the resource takes.
        page: the page of the view, where the address names it.
        find_group: knows the organs an address names by one id.

    Raises:
        Problem: something cannot be applied; a program is told so instead of getting an answer to another question.
    """
    lang = language_of(request)
    params = request.query_params
    wrong = [_unknown(name, lang) for name in OWN if name in params and name not in takes]
    rest = {name: params.getlist(name) for name in params if name not in OWN}
    view, notices = from_query(rest, page=page, find_group=find_group)
    labels = Labels(lang)
    wrong += [notice.text(labels) for notice in notices]
    keys = tuple(dict.fromkeys(key for text in params.getlist("keys") for key in text.split(",") if key))
    wrong += [labels("api.wrong.key", key=key[:80]) for key in keys if not is_measurable(key)]
    if len(keys) > MOST_KEYS:
        wrong.append(labels("api.wrong.keys", most=MOST_KEYS))
    limit = _whole(params.get("limit"), DEFAULT_LIMIT, 1, LARGEST_LIMIT)
    offset = _whole(params.get("offset"), 0, 0, _LARGEST_OFFSET)
    if limit is None:
        wrong.append(labels("api.wrong.number", name="limit", least=1, most=LARGEST_LIMIT))
    if offset is None:
        wrong.append(labels("api.wrong.number", name="offset", least=0, most=_LARGEST_OFFSET))
    form = params.get("format") or ("csv" if request.headers.get("accept", "").startswith("text/csv") else "json")
    if form not in FORMS:
        wrong.append(labels("api.wrong.format", names=", ".join(FORMS)))
    if wrong or limit is None or offset is None:
        raise Problem(code="not_understood", lang=lang, details=tuple(wrong))
    return Asked(view=view, keys=keys, limit=limit, offset=offset, form=cast(Form, form), personal=personal_in(request))


def personal_in(request: Request) -> Personal:
    """Whether personal data is asked for.

    Raises:
        Problem: it is no such word, or is asked for by somebody who has not signed in.
    """
    lang, told = language_of(request), request.query_params.get("personal", "hidden")
    if told not in PERSONAL:
        said = Labels(lang)("api.wrong.personal", names=", ".join(PERSONAL))
        raise Problem(code="not_understood", lang=lang, details=(said,))
    visitor: Visitor = request.scope.get(VISITOR, STRANGER)
    if told == "shown" and not visitor.name:
        raise Problem(code="personal", status=403, lang=lang)
    return cast(Personal, told)


def _unknown(name: str, lang: Lang) -> str:
    return Labels(lang)("view.notice.unknown_parameter", name=name)


def _whole(text: str | None, default: int, least: int, most: int) -> int | None:
    """A whole number within bounds; ``None`` where it is not."""
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    return int(text) if least <= int(text) <= most else None
