"""`GET /api/v1/surveys/{slug}/satisfaction`: the estimate, for programs with a token for it."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from backend.db.unit_of_work import database_of
from backend.errors import NotFound
from backend.results.schemas import SatisfactionOut
from backend.results.service import CannotJudge, CannotWeigh, NothingMeasured, satisfaction
from backend.results.shape import shape_satisfaction
from backend.staff.service import require_token
from backend.surveys.schemas import Slug
from backend.surveys.service import fetch_published
from backend.web.problems import problems
from backend.web.slow_lane import in_slow_lane

Part = Literal["decision"]
INCLUDE = Query(
    description="`decision`: what further responses would buy and what fake ones would take. "
    "It takes a hundred milliseconds more."
)

router = APIRouter(prefix="/api/v1/surveys", tags=["results"])


@router.get(
    "/{slug}/satisfaction",
    summary="The weighted satisfaction of a survey",
    dependencies=[Depends(require_token("evaluate"))],
    responses=problems(NotFound, NothingMeasured, CannotWeigh, CannotJudge),
)
async def read_satisfaction(
    slug: Slug, request: Request, include: Annotated[list[Part] | None, INCLUDE] = None
) -> SatisfactionOut:
    """Return the weighted satisfaction, its uncertainty, and what the rule, if any, makes of it."""
    supports_decision = include is not None and "decision" in include

    def pull() -> SatisfactionOut:
        with database_of(request).read() as session:
            survey = fetch_published(session, slug)
            now = datetime.now(UTC)
            result = satisfaction(session, survey, now, supports_decision=supports_decision)
        return shape_satisfaction(result, request.app.state.settings.zone)

    return await in_slow_lane(request, pull)
