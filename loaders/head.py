"""What stands above a report beside its title: the publishing organ, the date of publication, the address of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from loaders.dates import date_of
from loaders.normalise import plain
from loaders.origin import Origin, address_in
from loaders.signature import is_organ
from ogi.data_files import read_data
from ogi.organs import describe_organ

_DATE_WORDS = re.compile(r"(?:发布|公开|发文|更新|成文|生成|印发|发表)?\s*(?:日\s*期|时\s*间)\s*[:：]?")
_LONGEST_DATE = 24
_WAY = re.compile(r"\s*[>›»]+\s*")


class Head(NamedTuple):
    """What the lines above a report tell, and the page itself where they do not; ``None`` where neither does."""

    organ: str | None
    date: dt.date | None
    url: str | None


def read_head(lines: Sequence[str], origin: Origin) -> Head:
    """Read the labelled lines above a report (发布机构, 发布日期, 原文链接), then what the page says of its publication.

    Args:
        lines: the lines before the first section.
        origin: what the page says of itself.
    """
    labelled = _labelled(lines)
    organ = _organ(labelled) or (origin.organ if _is_known(origin.organ) else None) or _on_the_way(lines)
    date = _date(labelled) or (dt.date.fromisoformat(origin.published) if origin.published else None)
    return Head(organ, date, origin.url or next(filter(None, map(address_in, lines)), None))


def _labelled(lines: Sequence[str]) -> list[str]:
    """The lines; a label alone (发布机构 in a cell of its own) is put before the line that follows it."""
    alone = _patterns().alone
    return [*lines, *(f"{plain(line).rstrip(':')}:{after}" for line, after in pairwise(lines) if alone.fullmatch(plain(line)))]


def _organ(lines: Sequence[str]) -> str | None:
    """The organ of the most telling label: 发布机构 before 来源."""
    found = [match for line in lines for match in _patterns().organ.finditer(plain(line)) if _is_known(match["organ"])]
    order = read_data("identity.yaml")["organ_labels"]
    return min(found, key=lambda match: order.index(match["label"]))["organ"] if found else None


def _on_the_way(lines: Sequence[str]) -> str | None:
    """The last organ on the way to the page: 首页 > 部门 > 某市教育局 > 政府信息公开年报."""
    parts = (part for line in lines for part in _WAY.split(plain(line).rpartition(":")[2]) if len(_WAY.findall(line)) > 1)
    return next((part for part in reversed(list(parts)) if is_organ(part)), None)


def _is_known(name: str | None) -> bool:
    return bool(name) and describe_organ(name).kind not in ("unknown", "public_institution")


def _date(lines: Sequence[str]) -> dt.date | None:
    for line in lines:
        text = plain(line)
        found = _DATE_WORDS.search(text)
        date = date_of(text[found.end() :][:_LONGEST_DATE]) if found else None
        if date:
            return date
    return None


class _Patterns(NamedTuple):
    alone: re.Pattern[str]
    organ: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = read_data("identity.yaml")
    organs = "|".join(data["organ_labels"])
    return _Patterns(
        alone=re.compile(rf"(?:{organs}|{'|'.join(data['date_labels'])})[:：]?"),
        organ=re.compile(rf"(?P<label>{organs})\s*[:：]\s*(?P<organ>[^\s:：|\]】]{{2,40}})"),
    )
