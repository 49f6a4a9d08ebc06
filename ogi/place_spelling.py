"""How the places of a name are spelt: in the canonical name of an organ, and as a region from the province down."""

from __future__ import annotations

from ogi.data_files import read_data
from ogi.divisions import Division, above, full_path, renamed
from ogi.places import Place, Placed


def canonical_place(placed: Placed) -> str:
    """Return the place words in full, as they are spelt in the canonical name of an organ.

    City and county without the province (淮安市清江浦区), except that of a municipality; a place that is not unique, in no
    gazetteer or shortened (淮安海关) as printed. What was only renamed has its name of today, so that an organ stays the same.
    """
    words = ""
    for place in placed.places:
        stays_short = place.is_short and place is placed.places[-1] and not placed.rest.endswith("厅")
        known = len(place.divisions) == 1 and not stays_short
        words = _in_full(place.divisions[0]) if known else words + place.name
    return words


def _in_full(one: Division) -> str:
    parts = (*above(one), one)
    return "".join(renamed(part).name for part in parts if part is one or part.level != "province" or part.is_municipality)


def region_path(placed: Placed) -> str | None:
    """Return the place words with everything above them: 江苏省淮安市清江浦区; ``None`` where the name has none."""
    words = ""
    before: Place | None = None
    for place in placed.places:
        if len(place.divisions) == 1:
            words = full_path(place.divisions[0])
        elif place.level == "zone" and before and before.is_short and place.name not in read_data("organs.yaml")["zones_of"]:
            words += before.name + place.name  # 苏州工业园区 is its name, not 工业园区
        else:
            words += place.name
        before = place
    return words or None
