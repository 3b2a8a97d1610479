"""Puts the application together: settings in, application out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

import backend.ratings.api
import backend.ratings.evidence_pages
import backend.ratings.live.pages
import backend.ratings.registers.pages
import backend.ratings.report.pages
import backend.ratings.rounds.opening_pages
import backend.ratings.rounds.pages
import backend.ratings.rounds.row_pages
import backend.ratings.rounds.settings_pages
import backend.ratings.sheets.pages
import backend.responses.api
import backend.responses.pages
import backend.results.api
import backend.results.pages
import backend.sample_size.pages
import backend.staff.pages
import backend.surveys.pages
import backend.surveys.publish_pages
from backend.db.engine import Database
from backend.settings import Settings, load_settings
from backend.tabulation.keeper import RollupKeeper
from backend.telemetry import health
from backend.telemetry.logs import RequestLog, configure_logging
from backend.web import api_reference, assets
from backend.web.body_limit import BodyLimit
from backend.web.cross_origin import CrossOriginGuard
from backend.web.error_handlers import UnexpectedErrors, register_error_handlers
from backend.web.head import HeadAsGet
from backend.web.openapi import document
from backend.web.security_headers import SecurityHeaders, content_security_policy
from backend.web.slow_lane import make_slow_lane

# Threads that serve requests, fewer than each pool has connections: no thread waits for one.
THREADS = 16
# At most this many of them wait for one another to write; see `backend.db.unit_of_work`.
WRITING_THREADS = THREADS // 2

# Routes for programs, which OpenAPI describes, and pages for people, which it does not.
API_ROUTERS = (
    health.router,
    backend.responses.api.router,
    backend.results.api.router,
    backend.ratings.api.router,
)
PAGE_ROUTERS = (
    assets.router,
    api_reference.router,
    backend.responses.pages.router,
    backend.staff.pages.router,
    # Before the pages of one survey, whose address would match it too.
    backend.surveys.publish_pages.router,
    backend.surveys.pages.router,
    backend.results.pages.router,
    backend.sample_size.pages.router,
    backend.ratings.sheets.pages.router,
    *backend.ratings.registers.pages.ROUTERS,
    backend.ratings.evidence_pages.router,
    backend.ratings.rounds.opening_pages.router,
    backend.ratings.rounds.pages.router,
    backend.ratings.rounds.row_pages.router,
    backend.ratings.rounds.settings_pages.router,
    backend.ratings.report.pages.router,
    # After the other pages of ratings: the address of a round would match theirs too.
    backend.ratings.live.pages.router,
)


def create_app(settings: Settings) -> FastAPI:
    """Make the application; its database opens when it starts serving."""
    app = FastAPI(
        title="Minsheng",
        version=version("minsheng"),
        description="Citizen-experience surveys: questionnaires, responses, results.",
        lifespan=_lifespan,
        middleware=_middleware(settings),
        # The reference page is our own: pages fetch nothing from another host.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    register_error_handlers(app)
    for router in API_ROUTERS:
        app.include_router(router)
    for router in PAGE_ROUTERS:
        app.include_router(router, include_in_schema=False)
    # Residents come by a survey's own address; who comes here without one is staff.
    app.add_api_route("/", lambda: RedirectResponse("/staff"), include_in_schema=False)
    app.add_api_route("/openapi.json", lambda: JSONResponse(document(app)), include_in_schema=False)
    return app


def create_served_app() -> FastAPI:
    """Make the application of a server process, configured by its environment."""
    configure_logging()
    return create_app(load_settings())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    database = Database(app.state.settings.database_url)
    app.state.database = database
    app.state.write_turns = CapacityLimiter(WRITING_THREADS)
    app.state.slow_lane = make_slow_lane()
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    keeper = RollupKeeper(database, app.state.settings.rollup_seconds)
    if app.state.settings.rollup_seconds:
        keeper.start()
    yield
    keeper.stop()
    database.dispose()


def _middleware(settings: Settings) -> list[Middleware]:
    """Return the layers, outermost first: what comes first sees what the later ones answer."""
    policy = content_security_policy(assets.load_assets().inline_style_hashes)
    is_https = settings.base_url.startswith("https://")
    return [
        # Before the log, which reads the route from the request that the others see.
        Middleware(HeadAsGet),
        Middleware(RequestLog),
        Middleware(SecurityHeaders, policy=policy, is_https=is_https),
        Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
        Middleware(UnexpectedErrors),
        Middleware(BodyLimit),
        Middleware(CrossOriginGuard, base_url=settings.base_url),
    ]
