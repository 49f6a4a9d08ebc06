"""The choices of a reader as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from ogi.checks.plan import rules_of
from ogi.desk import FindingStanding
from ogi.form import Severity, load_form
from ogi.labels import Labels, Lang
from ogi.report import Level, OrganKind, Scope
from ogi.view.conditions import condition
from ogi.view.groups import is_group

PageName = Literal[
    "overview",
    "years",
    "agencies",
    "agency",
    "proactive",
    "applications",
    "disputes",
    "reports",
    "checks",
    "report",
    "key_in",
    "search",
    "expected",
    "consolidation",
    "organs",
    "upload",
    "self_check",
    "methodology",
    "share",
    "audit",
]
PAGES: tuple[PageName, ...] = get_args(PageName)
CollectionChoice = Literal["auto", "fictional", "published", "uploads", "library"]
ScopeChoice = Literal["all", "own", "region_total", "system_total"]
Basis = Literal["count", "share", "per100", "change", "index"]
Values = Literal["printed", "amended"]
Sort = Literal["value", "name", "change", "level"]
Chart = Literal[
    "auto", "bars", "lines", "heatmap", "table", "scatter", "slope", "multiples", "distribution", "funnel", "figures", "streams"
]  # fmt: skip
Rows = Literal["all", "changed"]
Applicants = Literal["one", "each"]
Only = Literal["complete", "partly", "errors", "marked", "corrected", "flagged", "deleted"]
Line = Literal["total", "region", "peers"]
Order = Literal["newest", "organ", "year", "errors", "marked"]

CHOICES: dict[str, tuple[str, ...]] = {
    "page": PAGES,
    "lang": get_args(Lang),
    "collection": get_args(CollectionChoice),
    "scope": get_args(ScopeChoice),
    "basis": get_args(Basis),
    "values": get_args(Values),
    "sort": get_args(Sort),
    "chart": get_args(Chart),
    "rows": get_args(Rows),
    "applicants": get_args(Applicants),
    "levels": get_args(Level),
    "kinds": get_args(OrganKind),
    "only": get_args(Only),
    "order": get_args(Order),
    "lines": get_args(Line),
    "severities": get_args(Severity),
    "standings": get_args(FindingStanding),
}
"""The values each closed field of a view may take; some of them take several, see ``_SETS``."""

_ORGAN = re.compile(r"o[a-z2-7]{10}")
_REPORT = re.compile(rf"o[a-z2-7]{{10}}\.(19|20)[0-9]{{2}}\.({'|'.join(get_args(Scope))})")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_REGION_LENGTH = 60
_SEARCH_LENGTH = 80
_PLACE_LENGTH = 255
_LAST_PAGE = 9_999
_SETS = (
    "organs", "years", "levels", "kinds", "regions", "where", "only", "groups", "lines", "severities", "standings",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ViewNotice:
    """Something a view asks for that cannot be shown; ``key`` is a message key, ``params`` fill its placeholders."""

    key: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def text(self, labels: Labels) -> str:
        """Return the notice as a sentence."""
        return labels(self.key, **self.params)


@dataclass(frozen=True, kw_only=True)
class View:
    """What a page shows. Everything in it can be written into an address; equal views show the same.

    ``organs``, ``years``, ``levels``, ``kinds``, ``regions``, ``where``, ``only``, ``groups`` and ``lines`` are sets: they are
    sorted and made unique here. Empty means all; of ``groups`` and ``lines`` it means none.

    Raises:
        ValueError: a field has a value outside its domain. Only :func:`ogi.view.from_query` meets such values in
            ordinary life, and it turns them into notices.
    """

    page: PageName = "overview"
    lang: Lang = "zh"
    collection: CollectionChoice = "auto"
    """``auto``: the uploads if there are any, else the library, else the fictional city."""
    organs: tuple[str, ...] = ()
    """Organ ids (:func:`ogi.organs.organ_id`)."""
    scope: ScopeChoice = "all"
    """``own`` also takes reports whose scope the document does not tell; the selection says how many."""
    years: tuple[int, ...] = ()
    """Report years, not years of publication."""
    baseline: int | None = None
    """The year others are compared with; ``None``: the year before."""
    focus_year: int | None = None
    """The year of figures that show a single year; ``None``: the newest one shown."""
    focus_organ: str | None = None
    """The organ of figures that show a single organ, or the id of a group shown as one; ``None``: all organs together."""
    applicant: str = "total"
    """A column of the table of applications; see :func:`applicants`."""
    measure: str = "applications.received.total"
    """A key of :func:`measures`."""
    basis: Basis = "count"
    values: Values = "printed"
    sort: Sort = "value"
    chart: Chart = "auto"
    levels: tuple[Level, ...] = ()
    kinds: tuple[OrganKind, ...] = ()
    regions: tuple[str, ...] = ()
    rows: Rows = "all"
    """Whether lines that are the same in every year are shown."""
    applicants: Applicants = "one"
    """Tables of applications show the one kind of ``applicant``, or each kind beside the others."""
    against: str | None = None
    """A second figure to set against ``measure``, a key of :func:`measures`."""
    bubble: str | None = None
    """The figure that gives points their size."""
    figures: tuple[str, ...] = ()
    """Figures of tables with several of them, in the order of the reader; empty: the page's own."""
    where: tuple[str, ...] = ()
    """Conditions on figures (:func:`ogi.view.conditions.condition`); organs must meet all of them."""
    peers_of: str | None = None
    """The organ whose peers are shown beside it; ``None``: no such narrowing."""
    children_of: str | None = None
    """The organ whose subordinates are shown; ``None``: no such narrowing."""
    groups: tuple[str, ...] = ()
    """Ids of groups (:mod:`ogi.view.groups`) whose sum stands beside the organs as if it were one."""
    lines: tuple[Line, ...] = ()
    """Reference lines of charts of organs, beside the median of those shown."""
    report: str | None = None
    """The report a page is about, as ``organ.year.scope``; see :attr:`ogi.library.Entry.report_id`."""
    cell: str | None = None
    """The cell of that report that is looked at."""
    search: str = ""
    """Words looked for in a list."""
    only: tuple[Only, ...] = ()
    """What every report of a list must have."""
    order: Order = "newest"
    list_page: int = 1
    severities: tuple[Severity, ...] = ()
    standings: tuple[FindingStanding, ...] = ()
    """How findings stand; empty: all but those dismissed."""
    check: str | None = None
    """The check whose findings are listed."""
    finding: str | None = None
    """The place of the finding of that report that is looked at."""

    def __post_init__(self) -> None:
        for name in _SETS:
            object.__setattr__(self, name, _set_of(name, tuple(getattr(self, name))))
        object.__setattr__(self, "figures", tuple(dict.fromkeys(self.figures)))
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name not in _SETS:
                _refuse(item.name, value if isinstance(value, tuple) else (value,))


@lru_cache(maxsize=512)
def _set_of(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values sorted and each once; looked at once, for thousands of organs are part of every view made of a view."""
    _refuse(name, values)
    return tuple(sorted(set(values)))


def _refuse(name: str, values: tuple[Any, ...]) -> None:
    for part in values:
        if not is_allowed(name, part):
            raise ValueError(f"{name} cannot be {part!r}")


def is_allowed(name: str, value: Any) -> bool:
    """Whether one value may stand in the field ``name`` of a view."""
    if name in CHOICES:
        return value in CHOICES[name]
    if value is None:
        return name in _OPTIONAL
    return name in _DOMAINS and _DOMAINS[name](value)


_OPTIONAL = frozenset(
    {
        "baseline",
        "focus_year",
        "focus_organ",
        "peers_of",
        "children_of",
        "against",
        "bubble",
        "report",
        "cell",
        "check",
        "finding",
    }
)


def _is_year(value: Any) -> bool:
    return type(value) is int and bool(_YEAR.fullmatch(str(value)))


def _is_organ(value: Any) -> bool:
    return bool(_ORGAN.fullmatch(value))


def _is_measure(value: Any) -> bool:
    return value in measures()


def _is_words(value: Any, longest: int) -> bool:
    return len(value) <= longest and value == value.strip() and value.isprintable()


def _is_condition(value: Any) -> bool:
    found = condition(value)
    return found is not None and found.key in measures()


_DOMAINS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("years", "baseline", "focus_year"), _is_year),
    **dict.fromkeys(("organs", "peers_of", "children_of"), _is_organ),
    "focus_organ": lambda value: _is_organ(value) or is_group(value),
    "groups": is_group,
    **dict.fromkeys(("measure", "against", "bubble", "figures"), _is_measure),
    "applicant": lambda value: value in applicants(),
    "regions": lambda value: value != "" and _is_words(value, _REGION_LENGTH),
    "report": lambda value: bool(_REPORT.fullmatch(value)),
    "cell": lambda value: load_form().cell(value) is not None,
    "search": lambda value: _is_words(value, _SEARCH_LENGTH),
    "list_page": lambda value: type(value) is int and 1 <= value <= _LAST_PAGE,
    "where": _is_condition,
    "check": lambda value: value in load_form().checks,
    "finding": lambda value: 0 < len(value) <= _PLACE_LENGTH and value.isprintable(),
}


_ONLY_ON: dict[str, tuple[PageName, ...]] = {
    "report": ("report", "key_in", "checks"),
    "cell": ("report", "consolidation", "checks"),
    "search": ("reports", "search", "organs"),
    "only": ("reports",),
    "order": ("reports",),
    "list_page": ("reports", "search", "checks", "organs"),
    "severities": ("checks",),
    "standings": ("checks",),
    "check": ("checks",),
    "finding": ("checks",),
}
"""Fields that mean nothing to the other pages."""


@lru_cache(maxsize=256)
def as_on(view: View, page: str) -> View:
    """Return the view without what means nothing to ``page``, for the address of that page."""
    return with_rest_of(_empty(), view, page)


@lru_cache(maxsize=1)
def _empty() -> View:
    return View()


def with_rest_of(other: View, view: View, page: str) -> View:
    """Return the view, but what means nothing to ``page`` as it is in ``other``."""
    return replace(view, **{name: getattr(other, name) for name, pages in _ONLY_ON.items() if page not in pages})


@lru_cache(maxsize=1)
def applicants() -> tuple[str, ...]:
    """The applicant columns of the form, ``total`` first, then in the order of the form."""
    columns: dict[str, None] = {"total": None}
    for edition in load_form().editions.values():
        table = edition.table("t3_requests")
        columns |= {column.key: None for column in (table.columns if table else ())}
    return tuple(columns)


@lru_cache(maxsize=1)
def measures() -> tuple[str, ...]:
    """Every key a view may measure: the cells of all editions, the derived figures, the indicators; each once."""
    form = load_form()
    keys: dict[str, None] = {}
    for edition in form.editions.values():
        keys |= dict.fromkeys(edition.cells)
    keys |= dict.fromkeys((*rules_of(form).variants, *form.indicators))
    return tuple(keys)
