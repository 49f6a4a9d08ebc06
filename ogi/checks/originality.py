"""Reports of one year whose own words stand in a report of another organ too.

Comparing every pair would take years for a whole country. So texts are reduced to signatures (MinHash over runs of characters) of
which alike ones are found at once, and only those are compared word by word. Sentences that many organs of a year print are taken
for boilerplate of their region and left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH  # pyright: ignore[reportAttributeAccessIssue]  made in Rust, without stubs

from ogi.checks.context import ReportKey
from ogi.checks.likeness import Likeness, Sentence, compare, own_words, runs
from ogi.data_files import read_data
from ogi.report import Report

_PERMUTATIONS, _BANDS, _SEED = 128, 32, 20
"""32 bands of 4 hashes: texts that share three quarters of their runs are found with certainty, a half with nine in ten."""
_FEWEST_ORGANS = 20
_BATCH = 500


class Alike(NamedTuple):
    """A report and the one of another organ most of its own words stand in."""

    report: ReportKey
    other: ReportKey
    likeness: Likeness


class Originality(NamedTuple):
    """What came of comparing the texts of a year."""

    found: Mapping[ReportKey, Alike]
    judged: frozenset[ReportKey]
    """Those with enough words of their own; one that is not among ``found`` is like no other."""


def alike(reports: Mapping[ReportKey, Report]) -> dict[ReportKey, Alike]:
    """Return for each report the most similar one of another organ in the same year, where one is worth a comparison.

    A report with too few own words to be judged is left out; so is one like no other.
    """
    years: dict[int, dict[ReportKey, tuple[Sentence, ...]]] = defaultdict(dict)
    for key, report in reports.items():
        years[key.year][key] = own_words(report)
    found: dict[ReportKey, Alike] = {}
    for words in years.values():
        found |= alike_words(words).found
    return found


def alike_words(words: Mapping[ReportKey, tuple[Sentence, ...]]) -> Originality:
    """Return the same for own words of reports of one year."""
    common = common_sentences(words)
    shortest = read_data("originality.yaml")["shortest"]
    own = {key: tuple(s for s in sentences if s.compared not in common) for key, sentences in words.items()}
    own = {key: sentences for key, sentences in own.items() if sum(len(s.compared) for s in sentences) >= shortest}
    found: dict[ReportKey, Alike] = {}
    for one, other in _candidates(own):
        for key, against in ((one, other), (other, one)):
            likeness = compare(own[key], own[against])
            known = found.get(key)
            if known is None or (likeness.share or 0) > (known.likeness.share or 0):
                found[key] = Alike(key, against, likeness)
    return Originality(found, frozenset(own))


def common_sentences(words: Mapping[ReportKey, tuple[Sentence, ...]]) -> frozenset[str]:
    """Return the sentences (as compared) that so many organs print that they are nobody's own; none among few organs."""
    organs = {key.organ for key in words}
    if len(organs) < _FEWEST_ORGANS:
        return frozenset()
    printed = Counter(
        text for organ, texts in _by_organ(words).items() for text in texts
    )  # each organ counts once, however often it prints a sentence
    share = read_data("originality.yaml")["shared_by"]
    return frozenset(text for text, count in printed.items() if count > share * len(organs))


def _by_organ(words: Mapping[ReportKey, tuple[Sentence, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, sentences in words.items():
        found[key.organ].update(sentence.compared for sentence in sentences)
    return found


def _candidates(own: Mapping[ReportKey, tuple[Sentence, ...]]) -> Iterable[tuple[ReportKey, ReportKey]]:
    """Pairs of different organs whose signatures agree in a band and, as far as signatures tell, look alike enough."""
    keys = list(own)
    least = read_data("originality.yaml")["candidate"]
    index = RMinHashLSH(threshold=least, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    signatures: list[RMinHash] = []
    for start in range(0, len(keys), _BATCH):
        # Sorted, because the order of a set changes from run to run.
        tokens = [sorted(runs(own[key])) for key in keys[start : start + _BATCH]]
        signatures += RMinHash.from_token_sets(tokens, num_perm=_PERMUTATIONS, seed=_SEED)
    for place, signature in enumerate(signatures):
        for other in sorted(index.query(signature)):
            if keys[other].organ != keys[place].organ and signature.jaccard(signatures[other]) >= least:
                yield keys[other], keys[place]
        index.insert(place, signature)
