"""How long the search for copied text takes among very many reports, how much memory it needs, and what it finds.

Texts are made up: sentences of their own, and stock sentences that other organs print too. One in a hundred is a copy of another
organ's with new figures, in turn with one sentence in ten replaced and with four in ten.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ogi.checks.context import ReportKey
from ogi.checks.originality import alike
from ogi.report import Document, NarrativeSection, OrganName, Report

_OWN, _STOCK, _POOL = 24, 6, 400
"""Sentences of its own and stock sentences of each text; stock sentences there are."""
_COPY_EVERY, _HALF = 100, 0.5
_REPLACED = {"nine tenths": 3, "six tenths": 12}
"""How much of a text is copied → how many of its thirty sentences are not."""


class Copying(NamedTuple):
    """What was measured among so many texts of one year."""

    texts: int
    seconds: float
    """Of this process's processor time."""
    memory: float
    """Highest use of memory, in MB, the texts themselves included."""
    copied: dict[str, int]
    """How much was copied → so many texts."""
    found: dict[str, int]
    """Those of them found beside their original."""
    others: int
    """Texts of which more than half was found elsewhere though they were not copied."""


def search(texts: int) -> Copying:
    """Search so many texts of one year."""
    reports = dict(_texts(texts))
    start = time.process_time()
    found = alike(reports)
    seconds = time.process_time() - start
    copies = {place: kind for place in range(texts) if (kind := _copied(place))}
    right = [kind for place, kind in copies.items() if (one := found.get(_key(place))) and one.other == _key(place - 1)]
    known = {_key(at) for place in copies for at in (place - 1, place)}
    wrong = sum((one.likeness.share or 0) > _HALF for key, one in found.items() if key not in known)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Copying(texts, seconds, memory, Counter(copies.values()), Counter(right), wrong)


def _texts(count: int) -> Iterator[tuple[ReportKey, Report]]:
    draw = random.Random(count)
    characters = [chr(0x4E00 + place) for place in range(2500)]
    pool = [_sentence(draw, characters) for _ in range(_POOL)]
    body: list[str] = []
    for place in range(count):
        kind = _copied(place)
        kept = draw.sample(body, k=len(body) - _REPLACED[kind]) if kind else draw.sample(pool, k=_STOCK)
        body = [*kept, *(_sentence(draw, characters) for _ in range(_OWN + _STOCK - len(kept)))]
        yield _key(place), _report("。".join(f"{sentence}{draw.randrange(1000)}件" for sentence in body) + "。")


def _sentence(draw: random.Random, characters: list[str]) -> str:
    return "".join(draw.choices(characters, k=draw.randrange(25, 55)))


def _copied(place: int) -> str | None:
    """How much of this text is copied from the one before; ``None`` for most."""
    turn, rest = divmod(place, _COPY_EVERY)
    return tuple(_REPLACED)[turn % len(_REPLACED)] if rest == _COPY_EVERY - 1 else None


def _key(place: int) -> ReportKey:
    return ReportKey(f"organ{place}", 2024, "own")


def _report(text: str) -> Report:
    section = NarrativeSection(section="s1", title="", text=text)
    return Report(
        document=Document(name="made up", sha256="0" * 64, media_type="text/plain"), organ=OrganName(name=""),
        report_year=2024, scope="own", tables={}, cells={}, narrative=(section,),
    )  # fmt: skip
