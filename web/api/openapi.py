"""The description of the interface for programs (OpenAPI 3.1), made from the resources and from the fields of a view."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any, get_type_hints

import ogi
from ogi.labels import Labels, Lang
from ogi.view import PAGES, View
from ogi.view.state import CHOICES
from web.api.asked import DEFAULT_LIMIT, FORMS, LARGEST_LIMIT, MOST_KEYS, PERSONAL
from web.api.resources import RESOURCES, Resource
from web.api.upload import PATH

_TYPES: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("value", "numerator", "denominator", "left", "right", "difference"), {"type": ["number", "string", "null"]}),
    (("report_year", "errors", "warnings"), {"type": "integer"}),
    (("derived", "is_complete", "reminder"), {"type": "boolean"}),
    (("flags", "cells", "scopes", "editions"), {"type": "array", "items": {"type": "string"}}),
    (("report_years",), {"type": "array", "items": {"type": "integer"}}),
)
_COLUMN_TYPES = {name: schema for names, schema in _TYPES for name in names}
"""The columns that are not texts."""


@lru_cache(maxsize=2)
def openapi(lang: Lang) -> dict[str, Any]:
    """Return the description in one language."""
    labels = Labels(lang)
    paths = {f"/api/v1/{item.name}{_of_page(item)}": {"get": _operation(item, labels)} for item in RESOURCES}
    paths[PATH]["post"] = _upload(labels)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": labels("api.title"),
            "version": ogi.__version__,
            "description": f"{labels('api.description')}\n\n{labels('api.licence')}",
        },
        "paths": {**paths, "/api/v1/reports/{report_id}": {"get": _one_report(labels)}},
        "components": {
            "schemas": {"Problem": _problem()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _of_page(item: Resource) -> str:
    return "/{page}" if item.name == "views" else ""


def _operation(item: Resource, labels: Labels) -> dict[str, Any]:
    parameters = [_page_parameter()] if item.name == "views" else []
    if item.of_view:
        parameters += [_view_parameter(field.name) for field in fields(View) if field.name != "page"]
    else:
        parameters.append(_view_parameter("lang"))
    row = {"type": "object", "properties": {name: _COLUMN_TYPES.get(name, {"type": ["string", "null"]}) for name in item.columns}}
    body = {"type": "object", "properties": {"about": {"type": "object"}, "data": {"type": "array", "items": row}}}
    return {
        "operationId": item.name,
        "summary": labels(f"api.resource.{item.name}"),
        "parameters": [*parameters, *(_own_parameter(name, labels) for name in item.takes)],
        "responses": _responses(labels, {"application/json": {"schema": body}, "text/csv": {"schema": {"type": "string"}}}),
    }


def _one_report(labels: Labels) -> dict[str, Any]:
    return {
        "operationId": "report",
        "summary": labels("api.resource.report"),
        "parameters": [
            {"name": "report_id", "in": "path", "required": True, "schema": {"type": "string"}},
            _view_parameter("collection"),
            _view_parameter("lang"),
            _own_parameter("personal", labels),
        ],
        "responses": _responses(labels, {"application/json": {"schema": {"type": "object"}}}),
    }


def _upload(labels: Labels) -> dict[str, Any]:
    name: dict[str, Any] = {"name": "name", "in": "query", "required": True, "schema": {"type": "string"}}
    partly: dict[str, Any] = {"name": "partly", "in": "query", "schema": {"type": "integer", "enum": [0, 1], "default": 0}}
    lists = {part: {"type": "array", "items": {"type": "object"}} for part in ("data", "refused")}
    told = {"type": "object", "properties": {**lists, "notices": {"type": "array", "items": {"type": "string"}}}}
    done = {"application/json": {"schema": told}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refused = {"description": labels("api.upload.refused"), "content": problem}
    return {
        "operationId": "upload",
        "summary": labels("api.upload.summary"),
        "security": [{"token": []}],
        "parameters": [
            {**name, "description": labels("api.upload.name")},
            {**partly, "description": labels("api.upload.partly")},
            _view_parameter("lang"),
        ],
        "requestBody": {
            "required": True,
            "description": labels("api.upload.body"),
            "content": {"application/octet-stream": {}},
        },
        "responses": {
            "201": {"description": labels("api.upload.new"), "content": done},
            "200": {"description": labels("api.upload.same"), "content": done},
            **dict.fromkeys(("400", "401", "403", "409", "413", "422", "429", "503"), refused),
        },
    }


def _responses(labels: Labels, content: dict[str, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found = {"200": {"description": labels("api.response.ok"), "content": content}}
    found["304"] = {"description": labels("api.response.same")}
    for status, name in (("400", "not_understood"), ("404", "not_found"), ("422", "too_many"), ("429", "too_often")):
        found[status] = {"description": labels(f"api.response.{name}"), "content": problem}
    return found


def _page_parameter() -> dict[str, Any]:
    return {"name": "page", "in": "path", "required": True, "schema": {"type": "string", "enum": list(PAGES)}}


def _view_parameter(name: str) -> dict[str, Any]:
    hint = str(get_type_hints(View)[name])
    schema: dict[str, Any] = {"type": "integer"} if hint.startswith("int") or name == "list_page" else {"type": "string"}
    default = getattr(View(), name)
    if name in CHOICES:
        schema["enum"] = list(CHOICES[name])
    if isinstance(default, tuple):
        schema = {"type": "array", "items": schema}
        return {"name": name, "in": "query", "schema": schema, "style": "form", "explode": name == "regions"}
    return {"name": name, "in": "query", "schema": {**schema, **({"default": default} if default not in (None, "") else {})}}


def _own_parameter(name: str, labels: Labels) -> dict[str, Any]:
    schemas: dict[str, dict[str, Any]] = {
        "limit": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
        "offset": {"type": "integer", "minimum": 0, "default": 0},
        "format": {"type": "string", "enum": list(FORMS), "default": FORMS[0]},
        "personal": {"type": "string", "enum": list(PERSONAL), "default": PERSONAL[0]},
        "keys": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_KEYS},
    }
    more = {"style": "form", "explode": False} if name == "keys" else {}
    return {"name": name, "in": "query", "description": labels(f"api.parameter.{name}"), "schema": schemas[name], **more}


def _problem() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("type", "title", "detail")}
    return {"type": "object", "required": ["type", "title", "status"], "properties": {**texts, "status": {"type": "integer"}}}
