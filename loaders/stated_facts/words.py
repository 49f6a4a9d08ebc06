"""The words by which facts are read from prose, from ``ogi/data/stated_facts.yaml``, as patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

import msgspec

from ogi.data_files import read_data


class FigureRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"forbidden": "not"}):
    """How one figure is named in prose; see the file."""

    key: str
    topic: str
    words: tuple[str, ...]
    forbidden: str = ""
    in_list: bool = False
    hints: tuple[str, ...] = ()


class StatedWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of ``stated_facts.yaml``; each field is explained there."""

    counters: tuple[str, ...]
    states: str
    words: dict[str, str]
    topics: dict[str, str]
    context: dict[str, str]
    elsewhere: dict[str, str]
    figures: tuple[FigureRule, ...]
    outcomes: dict[str, str]
    proactive: dict[str, str]
    proactive_counters: tuple[str, ...]
    denials: dict[str, str]
    fee: dict[str, str]
    shares: dict[str, str]


class Figure:
    """A rule ready for use."""

    def __init__(self, rule: FigureRule, compiled: Callable[[str], re.Pattern[str]]) -> None:
        self.key, self.topic, self.in_list = rule.key, rule.topic, rule.in_list
        self._rule, self._compiled = rule, compiled

    def is_hinted(self, text: str) -> bool:
        """Whether the words may stand in a text at all; cheap, and saves compiling them for most reports."""
        return not self._rule.hints or any(hint in text for hint in self._rule.hints)

    @cached_property
    def words(self) -> re.Pattern[str]:
        """What must stand around the number."""
        return self._compiled("|".join(_numbered(words, number) for number, words in enumerate(self._rule.words)))

    @cached_property
    def forbidden(self) -> re.Pattern[str] | None:
        """What must not."""
        return self._compiled(self._rule.forbidden) if self._rule.forbidden else None


class Group(dict[str, re.Pattern[str]]):
    """Patterns by name."""

    def __init__(self, sources: dict[str, str], compiled: Callable[[str], re.Pattern[str]]) -> None:
        super().__init__()
        self._sources, self._compiled = sources, compiled

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = self._compiled(self._sources[name])
        return self[name]


class Patterns:
    """Each pattern is compiled when it is first asked for: that takes longer than reading the prose of a report with it.

    A pattern is written over several lines where it is long; blanks in it mean nothing.
    """

    def __init__(self, data: StatedWords) -> None:
        self._data = data
        self.counters = frozenset(data.counters)
        self.proactive_counters = frozenset(data.proactive_counters)
        self.context = Group(data.context, self.compile)
        self.elsewhere = Group(data.elsewhere, self.compile)
        self.outcomes = Group(data.outcomes, self.compile)
        self.proactive = Group(data.proactive, self.compile)
        self.denials = Group(data.denials, self.compile)
        self.fee = Group(data.fee, self.compile)
        self.shares = Group(data.shares, self.compile)
        self.figures = tuple(Figure(rule, self.compile) for rule in data.figures)

    @cached_property
    def states(self) -> re.Pattern[str]:
        """Without any of this a sentence states nothing."""
        return self.compile(self._data.states)

    @cached_property
    def request(self) -> re.Pattern[str]:
        """An application for information."""
        return self.compile(self._data.topics["request"])

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """Every topic, each as a group of its name."""
        return self.compile("|".join(f"(?P<{name}>{words})" for name, words in self._data.topics.items()))

    @cached_property
    def never_this_year(self) -> re.Pattern[str]:
        """Words beside which no number is a figure of the report year."""
        return self.compile("|".join(self._data.elsewhere[name] for name in ("part_of_year", "since", "list_of_kinds")))

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern of the file; ``{name}`` is replaced by the words of that name."""
        for name, words in self._data.words.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
        return re.compile(re.sub(r"\s+", "", pattern))


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
