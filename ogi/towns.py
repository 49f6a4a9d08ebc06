"""In which divisions there is a town or subdistrict of a name today; the facts are ``ogi/data/towns.tsv``.

The list is long and of today only, so it is read where the name of a town is all that is known, and its answers are proposals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ogi.data_files import DATA
from ogi.divisions import Divisions, division


def homes_of_town(name: str) -> Divisions:
    """Return the divisions with a town or subdistrict of this name (两城镇, 官洲街道), by code; empty where there is none."""
    lines = re.finditer(rf"^(?P<code>\d{{6}})\t(?:.* )?{re.escape(name)}(?: |$)", _towns(), re.MULTILINE)
    return tuple(home for line in lines if (home := division(line["code"])))


@lru_cache(maxsize=1)
def _towns() -> str:
    return (DATA / "towns.tsv").read_text(encoding="utf-8")
