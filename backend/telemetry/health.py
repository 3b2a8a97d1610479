"""`/healthz`: the process answers. `/readyz`: it can serve, its database reachable and migrated."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from backend.db import migrate
from backend.db.engine import Database
from backend.db.unit_of_work import database_of
from backend.telemetry.logs import log

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether requests should be sent here, and what stands in the way."""

    status: Literal["ready", "not ready"]
    database: Literal["ok", "unreachable", "not migrated"]


@router.get("/healthz", summary="Whether the process answers")
async def healthz() -> Health:
    """Answer without touching anything, so that a slow database does not restart the server."""
    return Health()


@router.get(
    "/readyz",
    summary="Whether the database is reachable and migrated",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Not ready"}},
)
def readyz(database: Annotated[Database, Depends(database_of)]) -> JSONResponse:
    """Ask the database for its revision."""
    state = _database_state(database)
    readiness = Readiness(status="ready" if state == "ok" else "not ready", database=state)
    return JSONResponse(readiness.model_dump(), status_code=200 if state == "ok" else 503)


def _database_state(database: Database) -> Literal["ok", "unreachable", "not migrated"]:
    try:
        status = migrate.status(database)
    except SQLAlchemyError as error:
        # The error's text may hold the address of the database; its kind is enough here.
        log.warning("database_unreachable", error=type(error).__name__)
        return "unreachable"
    return "ok" if status.is_current else "not migrated"
