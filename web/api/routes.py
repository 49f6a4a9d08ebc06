"""The addresses under ``/api/v1`` and what answers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import msgspec
import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import ogi
from ogi.export import report_to_dict
from ogi.facts import FactsSource, facts_of
from ogi.labels import Labels
from ogi.library import Library
from ogi.personal_data import Mask
from ogi.view import PAGES, View, from_query, resolve_collection
from web.api.answer import answer, tagged
from web.api.asked import FindGroup, asked, language_of, nobody_knows, personal_in
from web.api.openapi import openapi
from web.api.problem import Problem
from web.api.resources import RESOURCES, Resource, rows_of
from web.api.turns import Turns

Libraries = Callable[[Request], Library]
"""The reports a request may see."""


def api_routes(library: Libraries, find_group: FindGroup = nobody_knows, turns: Turns | None = None) -> list[Route]:
    """Return the routes of the interface.

    Args:
        library: what a request may see; it is asked once a request, so that an answer is of one state of the data. It may raise
            :class:`~web.api.problem.Problem`.
        find_group: knows the organs an address names by one id.
        turns: counts who asks how often.
    """
    turns = turns or Turns()
    routes = [Route("/api/v1", _told(_index, turns), name="api")]
    routes.append(Route("/api/v1/openapi.json", _told(_openapi, turns)))
    for resource in RESOURCES:
        path = f"/api/v1/{resource.name}" + ("/{page}" if resource.name == "views" else "")
        routes.append(Route(path, _told(partial(_table, resource, library, find_group), turns)))
    routes.append(Route("/api/v1/reports/{report_id}", _told(partial(_one_report, library), turns)))
    routes.append(Route("/api/{rest:path}", _told(_unknown, turns)))
    return routes


def _told(endpoint: Callable[[Request], Response], turns: Turns) -> Callable[[Request], Response]:
    """Turn problems into answers. The endpoint is an ordinary function, so it runs in a thread and holds nobody up."""

    def answered(request: Request) -> Response:
        try:
            turns.take(request)
            return endpoint(request)
        except Problem as problem:
            return problem.response()

    return answered


def _table(resource: Resource, library: Libraries, find_group: FindGroup, request: Request) -> Response:
    page = request.path_params.get("page")
    if page is not None and page not in PAGES:
        raise Problem(code="not_found", status=404, lang=language_of(request), params={"what": page[:80]})
    if not resource.of_view:
        _refuse_view(request, resource)
    found = asked(request, resource.takes, page=page, find_group=find_group)
    return answer(request, found, rows_of(resource, found, library(request)))


def _refuse_view(request: Request, resource: Resource) -> None:
    """Refuse what is no parameter of a resource that is the same whatever is looked at."""
    lang = language_of(request)
    stray = [name for name in request.query_params if name not in (*resource.takes, "lang")]
    if stray:
        said = tuple(Labels(lang)("view.notice.unknown_parameter", name=name[:80]) for name in stray)
        raise Problem(code="not_understood", lang=lang, details=said)


def _one_report(library: Libraries, request: Request) -> Response:
    """The whole report: readings with their places, narrative, findings; as ``python -m loaders`` writes it."""
    params = {name: request.query_params.getlist(name) for name in request.query_params if name in ("collection", "lang")}
    personal = personal_in(request)
    view, notices = from_query(params)
    lang = language_of(request)
    if notices:
        raise Problem(code="not_understood", lang=lang, details=tuple(notice.text(Labels(lang)) for notice in notices))
    at_hand = library(request)
    report_id = request.path_params["report_id"]
    facts = facts_of(at_hand, resolve_collection(replace(view, page=View().page), at_hand))
    rows = rows_of_report(facts, report_id)
    if not rows:
        raise Problem(code="not_found", status=404, lang=lang, params={"what": report_id[:80]})
    entry = facts.entries_at(rows)[0]
    mask, report, findings = Mask(), entry.report, entry.findings
    if personal == "hidden":
        report, findings = mask.report(report), Mask().findings(findings)
    body = {"report_id": entry.report_id, **report_to_dict(report, findings), "personal_data_hidden": mask.count}
    return tagged(request, msgspec.json.Encoder(decimal_format="number").encode(body), "application/json")


def rows_of_report(facts: FactsSource, report_id: str) -> list[int]:
    """Return the row of the facts that holds a report; none for an unknown one."""
    organ, _, rest = report_id.partition(".")
    year, _, scope = rest.partition(".")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return []
    identity = facts.identity
    found = (identity["report_year"] == int(year)) & (identity["organ_id"] == organ) & (identity["scope"] == scope)
    return np.flatnonzero(found.to_numpy(dtype=bool)).tolist()


def _openapi(request: Request) -> Response:
    return tagged(request, msgspec.json.encode(openapi(language_of(request))), "application/json")


def _index(request: Request) -> Response:
    labels = Labels(language_of(request))
    names = {item.name: labels(f"api.resource.{item.name}") for item in RESOURCES}
    body = {"name": labels("api.title"), "version": ogi.__version__, "description": "/api/v1/openapi.json", "resources": names}
    return tagged(request, msgspec.json.encode(body), "application/json")


def _unknown(request: Request) -> Response:
    raise Problem(code="not_found", status=404, lang=language_of(request), params={"what": request.url.path[:80]})
