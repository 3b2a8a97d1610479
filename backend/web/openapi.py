"""The OpenAPI document, corrected where FastAPI cannot know what we answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from backend.errors import Forbidden, NotSignedIn
from backend.web.problems import MEDIA_TYPE, TYPE_PREFIX

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
# FastAPI documents its own form of validation errors, which our handlers replace.
_UNUSED_SCHEMAS = ("HTTPValidationError", "ValidationError")
# What every route that wants a token may answer.
_TOKEN_PROBLEMS = {
    str(error.status): {
        "description": f"`{TYPE_PREFIX}{error.code}`",
        "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
    }
    for error in (NotSignedIn, Forbidden)
}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the document of the application's routes, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            openapi_version="3.1.0",
            routes=app.routes,
        )
        for path in schema.get("paths", {}).values():
            for operation in path.values():
                _correct_responses(operation["responses"])
                if "security" in operation:
                    operation["responses"] |= _TOKEN_PROBLEMS
        for name in _UNUSED_SCHEMAS:
            schema.get("components", {}).get("schemas", {}).pop(name, None)
        app.openapi_schema = schema
    return app.openapi_schema


def _correct_responses(responses: dict[str, Any]) -> None:
    """Give problems their media type, and drop what FastAPI adds to every route with parameters.

    A route that can find fault with its fields says so itself, with `problems(Invalid)`.
    """
    for status, response in list(responses.items()):
        content = response.get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        if reference.endswith("/HTTPValidationError"):
            del responses[status]
        elif reference == _PROBLEM["$ref"]:
            response["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
