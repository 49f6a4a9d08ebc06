"""A figure that stands out, in words, with what it was compared with."""

from __future__ import annotations

from ogi.checks.outliers import Measure, Unusual
from ogi.checks.wording import key_name
from ogi.data_files import read_data
from ogi.form import Form
from ogi.labels import Labels


def measure_name(measure: Measure, labels: Labels, form: Form) -> str:
    """Return what a measure is called."""
    if not measure.is_share:
        return key_name(measure.part, labels, form)
    row = next(row for row in read_data("outliers.yaml")["shares"] if (row["part"], row["of"]) == (measure.part, measure.of))
    return row[labels.lang]


def unusual_words(hint: Unusual, labels: Labels, form: Form) -> str:
    """Return the hint as a sentence: the figure, the middle of the others, the usual range and how many were compared."""
    share = hint.measure.is_share
    return labels(
        f"outlier.{hint.against}",
        measure=measure_name(hint.measure, labels, form),
        value=_shown(hint.value, share),
        middle=_shown(hint.middle, share),
        low=_shown(hint.low, share),
        high=_shown(hint.high, share),
        count=hint.compared,
        side=labels("outlier.above" if hint.score > 0 else "outlier.below"),
    )


def _shown(number: float, share: bool) -> str:
    if share:
        return f"{number:.1%}"
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.1f}"
