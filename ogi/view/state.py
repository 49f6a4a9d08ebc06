"""The choices of a reader as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal, get_args

from ogi.checks.plan import rules_of
from ogi.form import load_form
from ogi.labels import Labels, Lang
from ogi.report import Level, OrganKind

PageName = Literal["overview", "proactive", "applications", "disputes", "upload", "methodology"]
PAGES: tuple[PageName, ...] = get_args(PageName)
CollectionChoice = Literal["auto", "fictional", "published", "uploads"]
ScopeChoice = Literal["all", "own", "region_total", "system_total"]
Basis = Literal["count", "share", "per100", "change", "index"]
Values = Literal["printed", "amended"]
Sort = Literal["value", "name", "change", "level"]
Chart = Literal["auto", "bars", "lines", "heatmap", "table"]

CHOICES: dict[str, tuple[str, ...]] = {
    "page": PAGES,
    "lang": get_args(Lang),
    "collection": get_args(CollectionChoice),
    "scope": get_args(ScopeChoice),
    "basis": get_args(Basis),
    "values": get_args(Values),
    "sort": get_args(Sort),
    "chart": get_args(Chart),
    "levels": get_args(Level),
    "kinds": get_args(OrganKind),
}
"""The values each closed field of a view may take; ``levels`` and ``kinds`` take several."""

_ORGAN = re.compile(r"o[a-z2-7]{10}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_REGION_LENGTH = 60


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

    ``organs``, ``years``, ``levels``, ``kinds`` and ``regions`` are sets: they are sorted and made unique here, and empty
    means all.

    Raises:
        ValueError: a field has a value outside its domain. Only :func:`ogi.view.from_query` meets such values in
            ordinary life, and it turns them into notices.
    """

    page: PageName = "overview"
    lang: Lang = "zh"
    collection: CollectionChoice = "auto"
    """``auto``: the uploads if there are any, else the fictional city."""
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
    """The organ of figures that show a single organ; ``None``: all organs together."""
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

    def __post_init__(self) -> None:
        for name in ("organs", "years", "levels", "kinds", "regions"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        for item in fields(self):
            value = getattr(self, item.name)
            for part in value if isinstance(value, tuple) else (value,):
                if not is_allowed(item.name, part):
                    raise ValueError(f"{item.name} cannot be {part!r}")


def is_allowed(name: str, value: Any) -> bool:
    """Whether one value may stand in the field ``name`` of a view."""
    if name in CHOICES:
        return value in CHOICES[name]
    if name in ("years", "baseline", "focus_year"):
        return (name != "years" and value is None) or (type(value) is int and bool(_YEAR.fullmatch(str(value))))
    if name in ("organs", "focus_organ"):
        return (name == "focus_organ" and value is None) or bool(_ORGAN.fullmatch(value))
    if name == "applicant":
        return value in applicants()
    if name == "measure":
        return value in measures()
    return name == "regions" and 0 < len(value) <= _REGION_LENGTH and value == value.strip() and value.isprintable()


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
