"""Errors as RFC 9457 problem details: the JSON shape, and how OpenAPI documents it."""

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from backend.errors import FieldError, InvalidAnswers, MinshengError
from backend.web.wording import fault_text, translate

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:minsheng:problem:"


class FieldProblem(BaseModel):
    """One bad field."""

    field: str = Field(examples=["fields.education"])
    message: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="Names the kind of problem.", examples=[TYPE_PREFIX + "invalid"])
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = Field(
        default=None, description="The bad fields, when there are any."
    )


class ProblemResponse(JSONResponse):
    """A reply that carries a `Problem`."""

    media_type = MEDIA_TYPE


def problem_response(error: MinshengError, language: str) -> ProblemResponse:
    """Render an error in a language."""
    problem = Problem(
        type=TYPE_PREFIX + error.code,
        title=translate(error.title, language),
        status=error.status,
        detail=translate(error.detail, language, error.arguments),
        errors=_field_problems(error, language) or None,
    )
    return ProblemResponse(
        problem.model_dump(exclude_none=True), status_code=error.status, headers=error.headers
    )


def problems(*errors: type[MinshengError]) -> dict[int | str, dict[str, Any]]:
    """Document the errors of a route: what FastAPI takes as `responses`."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        # What a program sees is the type, so that is what tells errors of one status apart.
        earlier: Mapping[str, Any] = by_status.get(error.status, {})
        names = [*filter(None, [earlier.get("description")]), f"`{TYPE_PREFIX}{error.code}`"]
        by_status[error.status] = {"model": Problem, "description": ", ".join(names)}
    return by_status


def _field_problems(error: MinshengError, language: str) -> list[FieldProblem]:
    if isinstance(error, InvalidAnswers):
        return [
            FieldProblem(field=fault.field, message=fault_text(fault, language))
            for fault in error.faults
        ]
    return [_field_problem(each, language) for each in error.errors]


def _field_problem(error: FieldError, language: str) -> FieldProblem:
    return FieldProblem(
        field=error.field, message=translate(error.message, language, error.arguments)
    )
