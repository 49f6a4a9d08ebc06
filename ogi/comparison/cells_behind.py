"""The cells of the form a figure is made of, so that a figure can be followed to where it is printed."""

from __future__ import annotations

from functools import lru_cache

from ogi.checks.plan import rules_of
from ogi.form import load_form
from ogi.selection.measure import operands_of


@lru_cache(maxsize=1024)
def cells_behind(key: str) -> tuple[str, ...]:
    """Return the cells behind a cell (itself), a derived figure or an indicator, in the order of its formula.

    Raises:
        KeyError: there is no such figure.
    """
    form, variants = load_form(), rules_of(load_form()).variants
    found: dict[str, None] = {}
    for part in operands_of(key):
        if form.cell(part) is not None:
            found[part] = None
        elif part != key or part in variants:
            found |= dict.fromkeys(cell for one in variants[part][0].keys for cell in (cells_behind(one) if one != part else ()))
    return tuple(found)
