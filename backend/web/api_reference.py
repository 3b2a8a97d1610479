"""`GET /api/docs`: the API reference, made on the server from the application's OpenAPI document.

The usual viewers need scripts and styles that our content policy forbids.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from backend.web.api_examples import CurlExamples
from backend.web.openapi import document
from backend.web.schema_fields import FieldRow, Schemas, json_schema_of, with_code
from backend.web.templating import render

router = APIRouter(include_in_schema=False)

METHODS = ("get", "post", "put", "patch", "delete")
# Message ids for the tags that routes are grouped by, in the order of the page.
GROUP_WORDS = {
    "surveys": "问卷与答卷",
    "results": "评价结果",
    "operations": "运行状态",
}
PROBLEM_EXAMPLE = {
    "type": "urn:minsheng:problem:invalid-answers",
    "title": "答案有误",
    "status": 422,
    "detail": "请修改标出的各项后再提交。",
    "errors": [{"field": "overall", "message": "请回答这一题。"}],
}


@dataclass(frozen=True)
class ParameterRow:
    """A parameter: `place` is path, query or header."""

    name: str
    place: str
    type: str
    is_required: bool
    description: Markup


@dataclass(frozen=True)
class ResponseRow:
    """One answer that a route may give."""

    status: str
    media_type: str
    description: Markup
    fields: tuple[FieldRow, ...]

    @property
    def is_error(self) -> bool:
        """Whether something is wrong with the request, or with us."""
        return self.status >= "400"


@dataclass(frozen=True)
class Route:
    """One route; `scopes` are those of the token it wants, None when it is public."""

    anchor: str
    method: str
    path: str
    summary: str
    description: Markup
    scopes: tuple[str, ...] | None
    parameters: tuple[ParameterRow, ...]
    body: tuple[FieldRow, ...]
    answers: tuple[ResponseRow, ...]
    errors: tuple[ResponseRow, ...]
    example: str


@dataclass(frozen=True)
class Group:
    """Routes on one subject."""

    title: str
    routes: tuple[Route, ...]


@dataclass(frozen=True)
class ReferencePage:
    """The whole reference, and what an error looks like."""

    groups: tuple[Group, ...]
    problem_example: str


@router.get("/api/docs")
def show_reference(request: Request) -> HTMLResponse:
    """Show the API reference."""
    base_url: str = request.app.state.settings.base_url
    page = ReferencePage(
        groups=make_reference(document(request.app), base_url),
        problem_example=json.dumps(PROBLEM_EXAMPLE, ensure_ascii=False, indent=2),
    )
    return render(request, "public/api_reference.html", page)


def make_reference(description: Mapping[str, Any], base_url: str) -> tuple[Group, ...]:
    """Prepare the routes of an OpenAPI document, by group."""
    schemas = Schemas(description)
    examples = CurlExamples(description, schemas, base_url)
    groups: dict[str, list[Route]] = {}
    for path, operations in description.get("paths", {}).items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                tag = next(iter(operation.get("tags", ())), "")
                route = _route(schemas, examples, method, path, operation)
                groups.setdefault(tag, []).append(route)
    order = [*GROUP_WORDS, *(tag for tag in groups if tag not in GROUP_WORDS)]
    return tuple(
        Group(GROUP_WORDS.get(tag, tag), tuple(groups[tag])) for tag in order if tag in groups
    )


def _route(
    schemas: Schemas,
    examples: CurlExamples,
    method: str,
    path: str,
    operation: Mapping[str, Any],
) -> Route:
    security = operation.get("security")
    body = json_schema_of(operation.get("requestBody", {}))
    responses = [_response(schemas, *item) for item in operation["responses"].items()]
    return Route(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=with_code(operation.get("description", operation.get("summary", ""))),
        scopes=tuple(s for need in security for s in next(iter(need.values())))
        if security
        else None,
        parameters=tuple(_parameter(schemas, each) for each in operation.get("parameters", ())),
        body=tuple(schemas.fields(body)) if body else (),
        answers=tuple(row for row in responses if not row.is_error),
        errors=tuple(row for row in responses if row.is_error),
        example=examples.curl(method, path, operation),
    )


def _parameter(schemas: Schemas, parameter: Mapping[str, Any]) -> ParameterRow:
    return ParameterRow(
        name=parameter["name"],
        place=parameter["in"],
        type=schemas.type_of(parameter.get("schema", {})),
        is_required=parameter.get("required", False),
        description=with_code(parameter.get("description", "")),
    )


def _response(schemas: Schemas, status: str, response: Mapping[str, Any]) -> ResponseRow:
    contents: Mapping[str, Any] = response.get("content", {})
    media_type = next(iter(contents), "")
    # All errors have one shape, which the page describes once.
    schema = {} if status >= "400" else contents.get(media_type, {}).get("schema", {})
    description = with_code(response.get("description", ""))
    return ResponseRow(status, media_type, description, tuple(schemas.fields(schema)))
