"""Turns whatever a request raises into a `MinshengError`, and that into a reply."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import (
    BrokenRequest,
    FieldError,
    Forbidden,
    Invalid,
    MethodNotAllowed,
    MinshengError,
    NotFound,
    NotSignedIn,
    TooLarge,
)
from backend.telemetry.logs import log_unexpected
from backend.web.error_pages import render, respond

# Pydantic's error types, in words for whoever sent the field; the rest is FALLBACK.
FIELD_MESSAGES: Mapping[str, str] = {
    "missing": "缺少这一项。",
    "extra_forbidden": "没有这一项。",
    "string_too_short": "不能少于 {min_length} 个字符。",
    "string_too_long": "不能超过 {max_length} 个字符。",
    "string_pattern_mismatch": "含有不允许的字符。",
    "int_parsing": "应为整数。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
}
FALLBACK_MESSAGE = "格式不正确。"

_BY_STATUS: Mapping[int, type[MinshengError]] = {
    error.status: error
    for error in (BrokenRequest, NotSignedIn, Forbidden, NotFound, MethodNotAllowed, TooLarge)
}


def register_error_handlers(app: FastAPI) -> None:
    """Make the application answer errors in our form."""
    app.add_exception_handler(MinshengError, _own)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


class UnexpectedErrors:
    """ASGI middleware: 500 without detail for what nobody has foreseen.

    The server would log such an error with its text, in which a database puts the failing row.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        has_started = False

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            log_unexpected(error)
            if has_started:
                raise ResponseCutShort from None
            await respond(MinshengError(), scope, receive, send)


class ResponseCutShort(Exception):
    """An error came after the reply had begun; the server closes the connection on it."""


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, MinshengError)  # noqa: S101 - registered for this class
    return render(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    kind = _BY_STATUS.get(error.status_code, MinshengError)
    return render(request, kind(headers=error.headers))


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    findings: Sequence[Any] = error.errors()
    if any(finding["type"] == "json_invalid" for finding in findings):
        return render(request, BrokenRequest())
    return render(request, Invalid(errors=tuple(_field_error(each) for each in findings)))


def _field_error(finding: Mapping[str, Any]) -> FieldError:
    # The first part of the location says where the field was (body, query, header, path); what
    # comes after the third names the parser's insides.
    names = [str(part) for part in finding["loc"][1:3]] or [str(finding["loc"][0])]
    return FieldError(
        field=".".join(names),
        message=FIELD_MESSAGES.get(finding["type"], FALLBACK_MESSAGE),
        arguments=finding.get("ctx", {}),
    )
