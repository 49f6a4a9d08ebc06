"""A condition on a figure, as it stands in an address: ``applications.received.total:over:100``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from ogi.checks.plan import rules_of
from ogi.form import load_form
from ogi.labels import Labels

Operator = Literal["over", "under", "equals", "between", "missing"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
_LIMITS: dict[str, int] = {"over": 1, "under": 1, "equals": 1, "between": 2, "missing": 0}
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.]{1,80}")


class Condition(NamedTuple):
    """What is asked of a figure. Limits of a rate in percent are percentages (43.6), as they are shown."""

    key: str
    operator: Operator
    limits: tuple[Decimal, ...]

    def __str__(self) -> str:
        return ":".join([self.key, self.operator, *map(str, self.limits)])


def condition(text: str) -> Condition | None:
    """Return the condition a text says, or ``None`` where it says none.

    ``key:over:100``, ``key:under:5``, ``key:equals:0``, ``key:between:5:20`` (both ends included), ``key:missing``. Whether
    there is such a figure is not looked at here.
    """
    key, *rest = text.split(":")
    if not _KEY.fullmatch(key) or not rest or rest[0] not in OPERATORS:
        return None
    operator, *limits = rest
    if len(limits) != _LIMITS[operator] or not all(_NUMBER.fullmatch(limit) for limit in limits):
        return None
    numbers = tuple(Decimal(limit) for limit in limits)
    return Condition(key, operator, numbers if numbers == tuple(sorted(numbers)) else numbers[::-1])  # type: ignore[arg-type]


def condition_words(item: Condition, name: str, labels: Labels) -> str:
    """Return a condition on the figure of this name as a sentence: 本年新收 大于 100."""
    limits = labels("agencies.to").join(f"{limit:,}" for limit in item.limits)
    return f"{name} {labels(f'agencies.operator.{item.operator}')} {limits}".strip()


def figure_words(key: str, labels: Labels) -> str:
    """Return the name of a cell (of its row, where it counts all), a derived figure or an indicator; the key of none of them."""
    form = load_form()
    if key in form.indicators:
        return form.indicators[key].label(labels.lang)
    cell = form.cell(key)
    if cell is not None:
        is_row = cell.column.key == "total" and cell.table.layout == "grid"
        return cell.row.label(labels.lang) if is_row else cell.label(labels.lang)
    variants = rules_of(form).variants.get(key)
    return variants[0].rule.label(labels.lang) if variants else key
