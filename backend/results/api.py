"""`GET /api/v1/surveys/{slug}/satisfaction`: the estimate, for programs with a token for it."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request

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

router = APIRouter(prefix="/api/v1/surveys", tags=["results"])


@router.get(
    "/{slug}/satisfaction",
    summary="The weighted satisfaction of a survey",
    dependencies=[Depends(require_token("evaluate"))],
    responses=problems(NotFound, NothingMeasured, CannotWeigh, CannotJudge),
)
async def read_satisfaction(slug: Slug, request: Request) -> SatisfactionOut:
    """Return the weighted satisfaction, its uncertainty, and what the rule, if any, makes of it."""

    def pull() -> SatisfactionOut:
        with database_of(request).read() as session:
            result = satisfaction(session, fetch_published(session, slug), datetime.now(UTC))
        return shape_satisfaction(result, request.app.state.settings.zone)

    return await in_slow_lane(request, pull)
