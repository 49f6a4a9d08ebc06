"""What a sum covers and what may break it, as sentences."""

from __future__ import annotations

from ogi.consolidation.against import Suspect
from ogi.consolidation.totals import CellSum, Consolidated
from ogi.labels import Labels

_MOST_NAMES = 5


def coverage_sentence(found: CellSum, consolidated: Consolidated, labels: Labels) -> str:
    """Return how many organs gave a number, and by reason those who did not."""
    if found.is_complete:
        text = labels("exchange.coverage.complete", count=found.expected)
    else:
        head = "partial" if found.given else "none"
        text = labels(f"exchange.coverage.{head}", given=found.given, expected=found.expected)
        stop = "；" if labels.lang == "zh" else "; "
        text += stop.join(
            labels(
                "exchange.coverage.gap", gap=labels(f"exchange.gap.{gap}"), count=len(ids), names=names(ids, consolidated, labels)
            )
            for gap, ids in found.gaps.items()
        ) + ("。" if labels.lang == "zh" else ".")
    if found.cautious:
        text += labels("exchange.coverage.cautious", names=names(found.cautious, consolidated, labels))
    return text


def suspect_sentence(suspect: Suspect, consolidated: Consolidated, labels: Labels) -> str:
    """Return how an organ would explain the differences."""
    text = labels(f"exchange.suspect.{suspect.reason}", name=consolidated.name(suspect.organ_id), count=len(suspect.cells))
    return text + labels("exchange.suspect.whole") if suspect.is_whole else text


def names(organ_ids: tuple[str, ...], consolidated: Consolidated, labels: Labels) -> str:
    """Return the names of organs, the first few where there are many."""
    shown = [consolidated.name(organ) for organ in organ_ids[:_MOST_NAMES]]
    joint = "、" if labels.lang == "zh" else ", "
    if len(organ_ids) > _MOST_NAMES:
        return labels("exchange.coverage.more", names=joint.join(shown), count=len(organ_ids))
    return joint.join(shown)
