"""Structured logs on standard error: one line per request, and never what people wrote.

Not logged: query strings and paths (they carry private codes), bodies, answers, cookies, headers,
and the text of unexpected errors (a database puts the failing row in it).
"""

import logging
import sys
import time
import traceback
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("minsheng")

REQUEST_ID_HEADER = "X-Request-ID"


def configure_logging(as_json: bool | None = None) -> None:
    """Send our logs and those of libraries to standard error, in one form.

    Parameters
    ----------
    as_json
        One JSON object per line; None takes JSON unless standard error is a terminal.
    """
    if as_json is None:
        as_json = not sys.stderr.isatty()
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Alembic tells of every step at INFO; what matters of it is said by `minsheng db`.
    logging.getLogger("alembic").setLevel(logging.WARNING)


class RequestLog:
    """ASGI middleware: a request id on the response and in every log line, one line at the end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid4().hex
        status = 0
        begun = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID_HEADER] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                log.info(
                    "request",
                    method=scope["method"],
                    route=_route_template(scope),
                    status=status,
                    duration_ms=round((time.perf_counter() - begun) * 1000, 1),
                )


def log_unexpected(error: BaseException) -> None:
    """Log where an unexpected error came from: its kind and its frames, never its text."""
    frames = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error)
    log.error("unexpected_error", error=f"{kind.__module__}.{kind.__qualname__}", frames=frames)


def _route_template(scope: Scope) -> str:
    """Return e.g. `/s/{slug}`; `-` for an address that is none of ours."""
    return getattr(scope.get("route"), "path", "-")
