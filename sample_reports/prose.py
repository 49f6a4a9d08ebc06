"""The narrative of a report, put into words from its figures, so that prose and tables agree."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sample_reports import wording

Cells = Mapping[str, int | Decimal]
Narrative = dict[str, list[str]]
"""Paragraphs by section key (``s1`` … ``s6``)."""


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who writes, and which turn of the wording it is."""

    name: str
    self_name: str
    topic: str
    year: int
    turn: int
    """Position in the rotation: neighbours in organ or year have different turns."""
    place: str | None = None
    """全市, 全区, 全县 for a consolidated report."""
    says_own: bool = False
    """Whether the report must say that its figures are its own: an office could also report for its government."""

    def say(self, choices: Sequence[str], offset: int = 0, **facts: object) -> str:
        """Return one of ``choices`` with the facts filled in."""
        text = choices[(self.turn + offset) % len(choices)]
        return text.format(name=self.name, self=self.self_name, topic=self.topic, year=self.year, next=self.year + 1, **facts)


def write(author: Author, cells: Cells, before: Cells | None = None) -> Narrative:
    """Return the narrative for these right figures; ``before`` are last year's, for the sentence on growth."""
    draw = random.Random(f"prose/{author.name}/{author.year}")
    return {
        "s1": [
            author.say(wording.OPENINGS) + author.say(wording.PERIODS) + _scope(author) + author.say((wording.CONTACT,)),
            f"（一）主动公开。{_proactive(author, cells, draw)}",
            f"（二）依申请公开。{_requests(author, cells, before)}",
            f"（三）政府信息管理。{author.say(wording.MANAGEMENT)}",
            f"（四）政府信息公开平台建设。{author.say(wording.PLATFORM)}",
            "（五）监督保障。" + author.say(wording.SUPERVISION, meetings=draw.randint(2, 5), trainings=draw.randint(1, 4)),
        ],
        "s2": [],
        "s3": [],
        "s4": [_disputes(author, cells)] if author.turn % 2 else [],
        "s5": [
            f"存在的主要问题：{author.say(wording.PROBLEMS)}；{author.say(wording.PROBLEMS_SECOND)}。",
            author.say(wording.MEASURES, offset=1),
        ],
        "s6": [_fees(author, cells, draw) + author.say(wording.OTHERS)],
    }


def _scope(author: Author) -> str:
    if author.place:
        return wording.SCOPE_TOTAL.format(place=author.place)
    return wording.SCOPE_OWN if author.says_own else ""


def _proactive(author: Author, cells: Cells, draw: random.Random) -> str:
    size = 60 + int(cells.get("applications.received.total", 0)) * draw.uniform(2, 5)
    site, media, other = (round(size * share * draw.uniform(0.8, 1.2)) for share in (0.55, 0.35, 0.1))
    return author.say(wording.PROACTIVE, total=site + media + other, site=site, media=media, other=other)


def _requests(author: Author, cells: Cells, before: Cells | None) -> str:
    def total(*rows: str) -> int:
        return sum(int(cells[f"applications.{row}.total"]) for row in rows if f"applications.{row}.total" in cells)

    received, carried_in = total("received"), total("carried_in")
    if received == 0 and carried_in == 0:
        return author.say(wording.REQUESTS_NONE)
    sentences = [
        author.say(
            wording.REQUESTS,
            received=received,
            carried_in=carried_in,
            closed=total("result_total"),
            carried_over=total("carried_over"),
        )
    ]
    natural = int(cells["applications.received.natural_person"])
    if received:
        share = _percent(natural, received)
        sentences.append(author.say(wording.REQUESTS_APPLICANTS, natural=natural, organisations=received - natural, share=share))
    if total("result_total"):
        sentences.append(
            author.say(
                wording.REQUESTS_RESULTS,
                granted=total("granted"),
                partly=total("partially_granted"),
                denied=_group(cells, "denied_"),
                unable=_group(cells, "unable_"),
                refused=_group(cells, "not_processed_"),
                other=_group(cells, "other_"),
            )
        )
    last = int(before["applications.received.total"]) if before else 0
    if last >= 10 and received >= 10 and received != last:
        direction = "增长" if received > last else "下降"
        sentences.append(author.say(wording.GROWTH, direction=direction, percent=_percent(abs(received - last), last)))
    return "".join(sentences)


def _group(cells: Cells, prefix: str) -> int:
    """Add up a group of rows; the one-row edition prints ``other_handling`` in place of the three."""
    rows = {key.split(".")[1] for key in cells if key.startswith(f"applications.{prefix}")}
    if prefix == "other_" and "other_handling" in rows:
        rows = {"other_handling"}
    return sum(int(cells[f"applications.{row}.total"]) for row in rows)


def _percent(part: int, whole: int) -> str:
    return f"{Decimal(part * 100) / Decimal(whole):.1f}"


def _disputes(author: Author, cells: Cells) -> str:
    reviews = int(cells["reconsideration.total"])
    suits = int(cells["litigation_direct.total"]) + int(cells["litigation_after_reconsideration.total"])
    if reviews + suits == 0:
        return author.say(wording.NO_DISPUTES)
    return author.say(wording.DISPUTES, reviews=reviews, suits=suits, pending=int(cells["reconsideration.pending"]))


def _fees(author: Author, cells: Cells, draw: random.Random) -> str:
    if int(cells.get("applications.other_fee_unpaid.total", 0)) == 0:
        return author.say(wording.FEE_NONE)
    cases = draw.randint(1, 3)
    return wording.FEE_SOME.format(cases=cases, yuan=cases * draw.choice((100, 300, 600)))
