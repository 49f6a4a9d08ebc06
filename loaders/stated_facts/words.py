"""The words by which facts are read from prose, from ``ogi/data/stated_facts.yaml``, as compiled patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from ogi.data_files import read_data


class FigureRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"forbidden": "not"}):
    """How one figure is named in prose; see the file."""

    key: str
    topic: str
    words: tuple[str, ...]
    forbidden: str = ""
    in_list: bool = False


class StatedWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of ``stated_facts.yaml``; each field is explained there."""

    counters: tuple[str, ...]
    states: str
    words: dict[str, str]
    topics: dict[str, str]
    context: dict[str, str]
    elsewhere: dict[str, str]
    figures: tuple[FigureRule, ...]
    proactive: dict[str, str]
    proactive_counters: tuple[str, ...]
    denials: dict[str, str]
    fee: dict[str, str]
    shares: dict[str, str]


class Figure(NamedTuple):
    """A rule ready for use."""

    key: str
    topic: str
    words: re.Pattern[str]
    forbidden: re.Pattern[str] | None
    in_list: bool


class Patterns:
    """Everything compiled once. A pattern is written over several lines where it is long; blanks in it mean nothing."""

    def __init__(self, data: StatedWords) -> None:
        self._words = data.words
        self.counters = frozenset(data.counters)
        self.proactive_counters = frozenset(data.proactive_counters)
        self.states = self.compile(data.states)
        self.request = self.compile(data.topics["request"])
        self.topic = self.compile("|".join(f"(?P<{name}>{words})" for name, words in data.topics.items()))
        self.context = self._group(data.context)
        self.elsewhere = self._group(data.elsewhere)
        never = ("part_of_year", "since", "list_of_kinds")
        self.never_this_year = self.compile("|".join(data.elsewhere[name] for name in never))
        self.proactive = self._group(data.proactive)
        self.denials = self._group(data.denials)
        self.fee = self._group(data.fee)
        self.shares = self._group(data.shares)
        self.figures = tuple(
            Figure(
                rule.key,
                rule.topic,
                self.compile("|".join(_numbered(words, number) for number, words in enumerate(rule.words))),
                self.compile(rule.forbidden) if rule.forbidden else None,
                rule.in_list,
            )
            for rule in data.figures
        )

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern of the file; ``{name}`` is replaced by the words of that name."""
        for name, words in self._words.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
        return re.compile(re.sub(r"\s+", "", pattern))

    def _group(self, group: dict[str, str]) -> dict[str, re.Pattern[str]]:
        return {name: self.compile(pattern) for name, pattern in group.items()}


def _numbered(pattern: str, number: int) -> str:
    """Give the years a pattern names (``next``, ``last``) names of their own, so that several patterns can be one."""
    return pattern.replace("(?P<next>", f"(?P<next_{number}>").replace("(?P<last>", f"(?P<last_{number}>")


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Read ``stated_facts.yaml``.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    return Patterns(msgspec.convert(read_data("stated_facts.yaml"), StatedWords))
