"""Every figure that can be compared, as a tree: tables of the form, derived figures, indicators."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ogi.checks.plan import rules_of
from ogi.comparison.layout import Block, blocks_of
from ogi.comparison.wholes import whole_of
from ogi.form import load_form
from ogi.labels import Labels, Lang
from ogi.selection.measure import is_measurable
from ogi.view.state import Basis

CLOSED = "applications.result_total.total"


class Figure(NamedTuple):
    """One figure to choose."""

    key: str
    path: tuple[str, ...]
    """Where it stands, outermost first."""
    label: str

    @property
    def words(self) -> str:
        """Path and label in one line, so that typing any part of it finds the figure."""
        return " › ".join((*self.path, self.label))


@lru_cache(maxsize=2)
def figures(lang: Lang) -> tuple[Figure, ...]:
    """Return the figures in the order of the form: indicators first, then cells, then what is computed from them.

    Of the table of applications only the column of all applicants is listed; the kind of applicant is a choice of its own.
    """
    form, labels = load_form(), Labels(lang)
    rates = [
        Figure(key, (labels("comparison.tree.indicators"),), item.label(lang))
        for key, item in form.indicators.items()
        if is_measurable(key)
    ]
    cells = [figure for block in blocks_of(tuple(form.editions), lang) if block.column in ("", "total") for figure in _of(block)]
    derived = []
    for key, variants in rules_of(form).variants.items():
        if _is_whole(key) and key.rpartition(".")[2] in ("total", "closed", "corrected", "pending", "organisations"):
            block = variants[0].of.get("block")
            name = variants[0].rule.label(lang)
            if block:
                name = f"{labels(f'charts.short.{block}')} · {name}"
            derived.append(Figure(key, (labels("comparison.tree.derived"),), name))
    return (*rates, *cells, *derived)


def _of(block: Block) -> list[Figure]:
    return [Figure(line.key, (block.title, *line.headings), line.label) for line in block.lines]


def _is_whole(key: str) -> bool:
    return "{" not in key and "partially_granted_all" not in key


@lru_cache(maxsize=1024)
def bases_of(key: str) -> tuple[Basis, ...]:
    """Return in what ways a figure can be shown: a share only of what it is a part of, per 100 closed only of applications."""
    form = load_form()
    if key in form.indicators:
        return ("count", "change")
    found: list[Basis] = ["count"]
    if whole_of(key) is not None:
        found.append("share")
    if key.startswith(("applications.", "reconsideration.", "litigation_")) and key != CLOSED:
        found.append("per100")
    return (*found, "change", "index")
