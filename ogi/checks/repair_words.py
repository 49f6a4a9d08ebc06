"""A repair in words: which cell reads what now, and what it would read."""

from __future__ import annotations

from ogi.checks.repair import Repair
from ogi.checks.wording import key_name
from ogi.form import Form
from ogi.labels import Labels


def changes_in_words(repair: Repair, labels: Labels, form: Form) -> str:
    """Return the cells of a repair with the number now and the one proposed, both in the unit the cell itself prints."""
    return labels("fix.separator").join(
        labels(
            "repair.change", cell=key_name(one.key, labels, form), new=f"{one.as_printed}{one.unit}",
            old=labels("repair.blank") if one.value is None else f"{one.value}{one.unit}",
        )
        for one in repair.changes
    )  # fmt: skip
