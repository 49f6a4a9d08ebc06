"""Who reports, for which year, on whose figures.

What the places of the document say is collected (:mod:`loaders.statements`), one is believed (:mod:`loaders.trust`), the place
of the organ is settled (:mod:`loaders.region`), and what they say against each other is said (:mod:`loaders.contradictions`). How
sure each answer is stands in ``meta.organ_confidence``, ``meta.year_confidence``, ``meta.scope_confidence`` and
``meta.region_confidence``, from 0 (not known) to 1, after ``ogi/data/identity.yaml``.
"""

from __future__ import annotations

from pathlib import PurePath

import msgspec

from loaders.contradictions import contradictions, other_years
from loaders.narrative import Narrative
from loaders.origin import Origin
from loaders.region import evidence_of, locate
from loaders.scope import find_scope
from loaders.statements import Statements, compact_prose, preamble, statements
from loaders.trust import believed_organ, believed_year, confidence, is_of
from ogi.organs import describe_organ
from ogi.report import Notice, OrganName, Scope

Meta = dict[str, str | int | float | bool | None]
_NAVIGATION = 12
"""Lines at the top of the page among which the name of the site is looked for."""

_FOOT = 40
"""Lines at the end of the page among which its host is looked for."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the report as a whole. ``meta`` holds the ``meta.*`` keys of the dictionary, dates in ISO form."""

    organ: OrganName
    report_year: int | None
    scope: Scope
    meta: Meta
    notices: tuple[Notice, ...]


def identify(narrative: Narrative, *, title: str = "", file_name: str = "", origin: Origin | None = None) -> Identity:
    """Read the identity of a report.

    Args:
        narrative: the prose by sections.
        title: title outside the body (HTML ``<title>``, document properties), used where the body has none.
        file_name: name of the file, the last resort for organ and year.
        origin: what a web page says of its own publication.
    """
    origin = origin or Origin()
    prose = compact_prose(narrative)
    said = statements(narrative, prose, titles=(origin.title or "", title), file_name=file_name, origin=origin)
    name, year = believed_organ(said), believed_year(said)
    sites = (title, PurePath(file_name).stem, *preamble(narrative)[:_NAVIGATION])
    others = (said.signature.organ, said.head.organ)
    evidence = evidence_of(origin, names=others, sites=sites, foot=narrative.lines[-_FOOT:], prose=prose.whole)
    located = locate(describe_organ(name.name, year=year.year), year.year, evidence)
    organ = located.organ
    scope, scope_from = find_scope(organ, said.title.remark if said.title else "", prose.whole)
    if organ.kind == "government_office" and scope == "region_total" and not (said.title and said.title.organ):
        organ = msgspec.structs.replace(organ, kind="government")  # an office that signs for the government it serves
    strangers = other_years(prose.sections, year.year) if year.year else []
    disputes = (*year.notices, *contradictions(said, year.year, strangers))
    open_scope = (Notice(code="scope_unknown", keys=("meta.scope",)),) if scope == "unknown" and organ.name else ()
    return Identity(
        organ=organ,
        report_year=year.year,
        scope=scope,
        meta={
            "meta.report_year": year.year,
            "meta.organ_name": organ.name,
            **_told(said),
            "meta.other_year_mentions": len(strangers) if year.year and narrative.sections else None,
            "meta.organ_confidence": confidence("organ", name.source, contradicted=is_of("organ", disputes)),
            "meta.year_confidence": confidence("year", year.source, contradicted=is_of("year", disputes)),
            "meta.scope_confidence": confidence("scope", scope_from),
            "meta.region_confidence": located.confidence,
        },
        notices=(*name.notices, *located.notices, *disputes, *open_scope),
    )


def _told(said: Statements) -> Meta:
    """The ``meta.*`` keys the document tells; what it does not tell is ``None``."""
    title, period, signature = said.title, said.period, said.signature
    return {
        "meta.title_organ": title.organ if title else None,
        "meta.sign_organ": signature.organ,
        "meta.title_year": title.year if title else None,
        "meta.period_year": period.year if period else None,
        "meta.period_start": period.start.isoformat() if period else None,
        "meta.period_end": period.end.isoformat() if period else None,
        "meta.period_full_year": period.is_full_year if period else None,
        "meta.sign_date": signature.date.isoformat() if signature.date else None,
        "meta.publish_date": said.head.date.isoformat() if said.head.date else None,
        "meta.publisher": said.head.organ,
        "meta.source_url": said.head.url,
    }
