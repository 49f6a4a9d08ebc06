"""Whose figures a report holds: the organ's own, those of its whole region, or of its whole vertical system.

The words looked for are data (``scope`` in ``ogi/data/organs.yaml``). A government report that does not say whether it sums
up its region stays ``unknown``: a wrong scope would count the same applications twice.
"""

from __future__ import annotations

import re
from typing import Literal

from ogi.data_files import read_data
from ogi.report import OrganName, Scope

_SPEAKS_FOR_A_REGION = {"government", "government_office", "zone_committee", "unknown"}


def find_scope(organ: OrganName, remark: str, text: str) -> tuple[Scope, Literal["title", "text", "kind", ""]]:
    """Return the scope with what tells it: the remark in the title, then the wording, then what the organ is.

    Args:
        organ: the organ of the report.
        remark: the bracketed words of the title.
        text: the whole prose in the form of :func:`loaders.compact.compact`.
    """
    words = read_data("organs.yaml")["scope"]
    named = _by_title(organ.name or "", remark, words)
    if named == "region_total" and organ.kind not in _SPEAKS_FOR_A_REGION:
        named = "system_total"  # what a bureau sums up are the offices under it
    if named:
        return named, "title"
    own = _any(words["own_text"], text)
    if organ.kind not in _SPEAKS_FOR_A_REGION or (organ.kind == "government" and organ.level == "township"):
        if own:
            return "own", "text"
        if organ.level == "township" or organ.kind == "branch" or not _any(words["system_text"], text):
            return "own", "kind"
        return "system_total", "text"
    region = _any(words["region_text"], text)
    if own == region or organ.name is None:
        return "unknown", ""
    return ("own" if own else "region_total"), "text"


def _by_title(name: str, remark: str, words: dict[str, list[str]]) -> Scope | None:
    if any(word in remark for word in words["own_title"]):
        return "own"
    if name.endswith("系统") or any(word in remark for word in words["system_title"]):
        return "system_total"
    return "region_total" if any(word in remark for word in words["region_title"]) else None


def _any(patterns: list[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)
