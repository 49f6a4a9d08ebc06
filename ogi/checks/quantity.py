"""A figure with its provenance: the value, what it was made from, and what it could not be made from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

Value = int | Decimal | Fraction | str
"""Numbers are exact; ``bool`` (an ``int`` in Python) is the truth of a condition; text is a fact such as a level."""

NOTHING: frozenset[str] = frozenset()

BLANK_AS_ZERO = "blank_as_zero"
"""A blank or placeholder cell was counted as 0, because its row or column holds a number."""
USES_DERIVED = "uses_derived"
"""A total that is not printed was added up from its parts."""
ZERO_BASE = "zero_base"
"""A division by zero: the result is undefined, which is not the same as unknown."""
UNIT_CONVERTED = "unit_converted"
"""The cell names another unit than the form; the value was converted."""
SIGNATURE_DATE = "signature_date"
"""No date of publication is known; the date of the signature stands for it."""
SUMMED_BEFORE = "summed_before"
"""The figure of the year before is the sum over the organs that were merged."""
LOCAL_NOTICE = "local_notice"
"""The deadline is the usual one; the day itself is set by a local notice."""


class Quantity(msgspec.Struct, frozen=True):
    """One figure; ``value`` is ``None`` where it is unknown, and ``missing`` then names the keys that are wanting."""

    value: Value | None
    flags: frozenset[str] = NOTHING
    cells: tuple[str, ...] = ()
    """The cells of this report the value was made from; a derived total starts with its own key."""
    missing: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


TRUE = Quantity(True)
FALSE = Quantity(False)


def unknown(*missing: str, flags: frozenset[str] = NOTHING) -> Quantity:
    """Return an unknown quantity that names what is missing."""
    return Quantity(None, flags, (), missing)


def is_of_last_year(missing: str) -> bool:
    """Whether what is missing is a figure of the year before, or the reason why there is none to compare with."""
    return missing.startswith(("prev(", "before("))


def exact(value: Value) -> Value:
    """Return a number as ``int`` or ``Fraction``, ready for exact arithmetic; truth and text stay as they are."""
    return Fraction(value) if isinstance(value, Decimal) else value


def is_number(value: Value | None) -> bool:
    """Whether the value is a number (a truth value is not)."""
    return isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)


def combined(quantities: list[Quantity] | tuple[Quantity, ...], value: Value | None) -> Quantity:
    """Return ``value`` with the flags, cells and gaps of all ``quantities``."""
    flags, cells, missing = NOTHING, [], []
    for quantity in quantities:
        if quantity.flags:
            flags |= quantity.flags
        cells += quantity.cells
        if quantity.missing:
            missing += quantity.missing
    return Quantity(value, flags, tuple(cells), tuple(dict.fromkeys(missing)))
