"""What a finding rests on, as a short fingerprint: a person's decision holds as long as it is the same.

A decision is kept by the finding's place, which no new reading changes. If what is printed there, what the prose says or what the
other reports print is another today, the fingerprint is another, and the decision is shown as made on figures that changed.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from ogi.checks.finding import Finding
from ogi.report import Report

_SIZE = 8


def others_mark(finding: Finding) -> str:
    """Return 16 hexadecimal digits for the figures of other reports a finding rests on; empty where it rests on none."""
    others = sorted((other.relation, other.key, other.organ or "", str(other.value)) for other in finding.others)
    return blake2b(msgspec.json.encode(others), digest_size=_SIZE).hexdigest() if others else ""


def evidence(finding: Finding, report: Report) -> str:
    """Return 16 hexadecimal digits, the same on every machine, for the figures and passages a finding rests on.

    The values count, not how they were read: a new reader that reads the same does not change the fingerprint.
    """
    cells = [
        (key, None if reading.value is None else str(reading.value), reading.state)
        for key in sorted(finding.cells)
        if (reading := report.cells.get(key)) is not None
    ]
    others = sorted((other.relation, other.key, other.organ or "", str(other.value)) for other in finding.others)
    stated = (finding.stated.words, str(finding.stated.value)) if finding.stated else ()
    sides = () if finding.cells else (str(finding.left), str(finding.right))
    told = msgspec.json.encode((finding.place, cells, others, stated, finding.quotes, sides))
    return blake2b(told, digest_size=_SIZE).hexdigest()
