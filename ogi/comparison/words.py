"""Figures and changes as they are written in tables, on the screen and on paper."""

from __future__ import annotations

from decimal import Decimal

from ogi.comparison.cells import Change, Number, YearFigure
from ogi.labels import Labels, messages

_MINUS = "−"


def number_words(number: Number) -> str:
    """Return a number with thousands separators and every decimal it has."""
    return f"{number:,}".replace("-", _MINUS)


def signed(number: Number | float, places: int | None = None) -> str:
    """Return a number with its sign; 0 has none. ``places`` rounds to so many decimals."""
    if number == 0 or (places is not None and round(float(number), places) == 0):
        return "0" if places is None else f"{0:.{places}f}"
    text = f"{abs(number):,}" if places is None else f"{abs(number):,.{places}f}"
    return f"{'+' if number > 0 else _MINUS}{text}"


def figure_words(figure: YearFigure, labels: Labels) -> str:
    """Return a figure, or the short mark of why there is none; a sum that lacks more organs than its year says what it has."""
    if figure.value is None:
        return mark_words(figure.state, labels)
    text = number_words(figure.value)
    if figure.known < figure.expected and figure.known != figure.reports:
        text += labels("comparison.table.part", known=figure.known, expected=figure.expected)
    return text


def mark_words(state: str, labels: Labels) -> str:
    """Return the short mark of a missing figure; never empty, never 0."""
    key = f"comparison.mark.{state}"
    return labels(key if key in messages() else "comparison.mark.missing")


def amount_words(change: Change) -> str:
    """Return the change with its sign; empty where it is not said."""
    return "" if change.amount is None else signed(_tidy(change.amount))


def fraction_words(change: Change) -> str:
    """Return the change in per cent of the earlier figure; a dash where that is not said."""
    return "–" if change.fraction is None else f"{signed(change.fraction * 100, 1)}%"


def points_words(change: Change) -> str:
    """Return the change of the share in percentage points; a dash where there is none, a ring where the base is small."""
    return "–" if change.points is None else f"{signed(change.points, 1)}{'°' if change.is_small else ''}"


def share_words(change: Change, labels: Labels) -> str:
    """Return both shares in words; empty where one of them is not said."""
    first, last = change.shares
    if first is None or last is None:
        return ""
    text = labels("comparison.table.shares", before=change.before, first=f"{first:.1%}", after=change.after, last=f"{last:.1%}")
    return text + (labels("comparison.table.small") if change.is_small else "")


def _tidy(number: Number) -> Number:
    """Money without the noise of its last digits: at most four decimals, as the form prints it."""
    return number if isinstance(number, int) else Decimal(f"{number:.4f}").normalize()
