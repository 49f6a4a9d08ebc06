"""The parts of a brief in the words of its language, the same in every kind of file."""

from __future__ import annotations

from typing import NamedTuple

from ogi import __version__
from ogi.brief.content import Brief, BriefChart
from ogi.brief.sentences import Sentence
from ogi.labels import Labels

_HASH = 16
_LONG = 60
_FIRST = 5
"""So many standing-out sentences go on a single page …"""
_ROOM, _ACROSS = 7, 100
"""… if they fit into so many lines of so many Latin letters; a Chinese one counts twice."""


class Group(NamedTuple):
    """Sentences under a heading."""

    heading: str
    sentences: list[Sentence]


def headline_rows(brief: Brief, labels: Labels) -> list[tuple[str, str, str]]:
    """Return the main figures as rows: name, value with its base, change. The first row is the head."""
    against = labels("brief.page.change", before=_before(brief, labels))
    head = (labels("brief.page.figure"), labels("brief.page.value", year=brief.year), against)
    return [head, *((sentence.name, sentence.value, sentence.change) for sentence in brief.headline)]


def _before(brief: Brief, labels: Labels) -> str:
    earlier = [number.year for sentence in brief.headline for number in sentence.numbers if number.year != brief.year]
    return labels("brief.page.of_year", year=earlier[0]) if earlier else labels("brief.page.earlier")


def text_groups(brief: Brief, labels: Labels) -> list[Group]:
    """Return all sentences under what they tell; groups without any are left out, but what stands out is always answered."""
    groups = [Group(labels(f"brief.page.{way}"), brief.told(way)) for way in ("rose", "fell")]
    groups.append(Group(labels("brief.page.unchanged"), [*brief.told("same"), *brief.told("unsaid")]))
    return [Group(labels("brief.page.standing_out"), list(brief.standing_out)), *(group for group in groups if group.sentences)]


def first_standing_out(brief: Brief) -> list[Sentence]:
    """Return the sentences that fit a single page: one for each figure first, in the order of the figures."""
    once: dict[str, Sentence] = {}
    for sentence in brief.standing_out:
        once.setdefault(sentence.key, sentence)
    rest = [sentence for sentence in brief.standing_out if sentence not in once.values()]
    found: list[Sentence] = []
    left = _ROOM
    for sentence in [*once.values(), *rest][:_FIRST]:
        left -= 1 + sum(2 if ord(letter) > 0x2E80 else 1 for letter in sentence.text) // _ACROSS
        if left < 0:
            break
        found.append(sentence)
    return found


def with_references(brief: Brief, sentence: Sentence, labels: Labels) -> str:
    """Return a sentence with the places of its numbers in the appendix."""
    places = brief.places(sentence)
    if not places:
        return sentence.text
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    words = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return sentence.text + labels("brief.page.references", places=words)


def appendix_head(labels: Labels) -> list[str]:
    """Return the head of the table of numbers."""
    return [labels(f"brief.page.{name}") for name in ("number", "name", "who", "year", "printed", "reports", "key", "formula")]


def appendix_rows(brief: Brief, labels: Labels) -> list[list[str]]:
    """Return where every number of the sentences comes from, in the order of their places; a long formula is written once."""
    rows, first = [], {}
    for place, number in enumerate(brief.numbers, 1):
        seen = first.setdefault(number.formula, place)
        formula = number.formula or labels("brief.page.as_printed")
        if seen != place and len(formula) > _LONG:
            formula = labels("brief.page.same_as", place=seen)
        covers = f"{number.known}/{number.expected}"
        rows.append([str(place), number.name, number.who, str(number.year), number.text, covers, number.key, formula])
    return rows


def chart_rows(chart: BriefChart, labels: Labels) -> list[list[str]]:
    """Return the data of a chart with the key of each series; a gap is a dash and never 0."""
    across = chart.shape != "bars"
    head = [labels("brief.page.series"), labels("brief.page.key"), *chart.categories]
    rows = [
        [series.name, series.key, *("–" if value is None else _written(value, chart) for value in series.values)]
        for series in chart.series
    ]
    return [head, *rows] if across else [list(row) for row in zip(head, *rows, strict=True)]


def _written(value: float, chart: BriefChart) -> str:
    return f"{value:,.1f}%" if chart.is_share else f"{value:,.4f}".rstrip("0").rstrip(".")


def chart_notes(chart: BriefChart, labels: Labels, *, formulas: bool = True) -> str:
    """Return what to mind, and the keys (and formulas) of a chart."""
    keys = labels("charts.join").join(series.key for series in chart.series)
    how = f"{labels('brief.page.key')}: {keys}" + (
        f"; {labels('brief.page.formula')}: {chart.formula}" if chart.formula and formulas else ""
    )
    return f"{chart.note}\n{how}" if chart.note else how


def footer(brief: Brief, labels: Labels) -> str:
    """Return what is still open, in one line."""
    if not brief.finding_count:
        return labels("brief.page.findings_none")
    if brief.finding_count == 1:
        return labels("brief.page.findings_one", text=brief.findings[0])
    return labels("brief.page.findings_first", count=brief.finding_count, text=brief.findings[0])


def stamp(brief: Brief, labels: Labels) -> str:
    """Return when it was made, of how many reports, and the beginning of the hash of its content."""
    return labels("brief.page.stamp", made_on=brief.made_on, reports=brief.report_count, hash=brief.content_hash[:_HASH])


def citation(brief: Brief, labels: Labels) -> str:
    """Return how to cite the brief, and whose figures they are."""
    return labels(
        "brief.page.cite", title=brief.title, version=__version__, made_on=brief.made_on, hash=brief.content_hash[:_HASH]
    )  # fmt: skip


def keys_line(brief: Brief, labels: Labels) -> str:
    """Return the keys and formulas of the main figures in one line, for a single page."""
    first = [sentence.numbers[0] for sentence in brief.headline if sentence.numbers]
    parts = [labels("brief.page.key_of", name=number.name, formula=number.formula or number.key) for number in first]
    return labels("brief.page.keys_line", text=labels("brief.text.semicolon").join(parts))


def listed(count: int, of: int, labels: Labels) -> str:
    """Return that only the first are listed; empty where all are."""
    return labels("brief.page.listed", listed=count, count=of) if count < of else ""
