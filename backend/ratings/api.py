"""`/api/v1/standards` and `/api/v1/ratings`: for programs with a token for evaluation."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

import analysis.shipped
from analysis.errors import AnalysisError
from backend.db.unit_of_work import database_of
from backend.errors import NotFound
from backend.ratings import schemas
from backend.ratings.live.standings import area_standings
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import fetch_round, list_rounds
from backend.ratings.shape import shape_area_rating, shape_rating_summary, shape_standard
from backend.ratings.shape import shape_summary as shape_standard_summary
from backend.staff.service import require_token
from backend.web.language import language_of
from backend.web.problems import problems
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

Limit = Annotated[int, Query(ge=1, le=200, description="How many items a page has at most.")]
Cursor = Annotated[
    str | None, Query(max_length=64, description="`next_cursor` of the page before.")
]
StandardId = Annotated[
    str,
    Path(
        max_length=64,
        description="Id of a standard, as the list has it.",
        examples=["shandong-2023-city"],
    ),
]
RatingId = Annotated[
    str, Path(max_length=64, description="The address of a round.", examples=["demo-370800"])
]

router = APIRouter(
    prefix="/api/v1",
    tags=["ratings"],
    dependencies=[Depends(require_token("evaluate"))],
)


class UnknownStandard(NotFound):
    """There is no standard of that id."""

    detail = "没有这份指标标准，请核对编号。"


@router.get("/standards", summary="The indicator standards that ship", responses=problems())
def list_standards(limit: Limit = 50, cursor: Cursor = None) -> schemas.StandardsOut:
    """Return the standards by id."""
    ids = [each for each in analysis.shipped.standard_ids() if cursor is None or each > cursor]
    items = [shape_standard_summary(analysis.shipped.standard(each)) for each in ids[:limit]]
    return schemas.StandardsOut(
        items=items, next_cursor=ids[limit - 1] if len(ids) > limit else None
    )


@router.get(
    "/standards/{standard_id}",
    summary="A whole standard: every row with its source",
    responses=problems(UnknownStandard),
)
def read_standard(standard_id: StandardId) -> schemas.StandardOut:
    """Return a standard, with the names of figures that `minsheng rate` takes."""
    try:
        return shape_standard(analysis.shipped.standard(standard_id))
    except AnalysisError as error:
        raise UnknownStandard from error


@router.get("/ratings", summary="The ratings of all rounds", responses=problems())
async def list_ratings(
    request: Request, limit: Limit = 50, cursor: Cursor = None
) -> schemas.RatingsOut:
    """Return rounds, the newest day of assessment first: open ones rated now, closed as frozen."""
    translate = translator(language_of(request))

    def pull() -> schemas.RatingsOut:
        with database_of(request).read() as session:
            rounds, next_cursor = _page(list_rounds(session), limit, cursor)
            standings = area_standings(session, rounds, datetime.now(UTC), translate)
        return schemas.RatingsOut(
            items=[shape_rating_summary(each.round, each.rating) for each in standings],
            next_cursor=next_cursor,
        )

    return await in_slow_lane(request, pull)


@router.get(
    "/ratings/{rating_id}",
    summary="The rating of a round",
    responses=problems(NotFound),
)
async def read_rating(request: Request, rating_id: RatingId) -> schemas.AreaRatingOut:
    """Return the rating of a round: of an open one as it stands, of a closed one as frozen."""
    translate = translator(language_of(request))

    def pull() -> schemas.AreaRatingOut:
        with database_of(request).read() as session:
            found = fetch_round(session, rating_id)
            (standing,) = area_standings(session, [found], datetime.now(UTC), translate)
        return shape_area_rating(found, standing.rating)

    return await in_slow_lane(request, pull)


def _page(
    rounds: Sequence[Round], limit: int, cursor: str | None
) -> tuple[Sequence[Round], str | None]:
    """Return the rounds of a page, and the cursor of the next: only what is shown is rated."""
    slugs = [each.slug for each in rounds]
    first = slugs.index(cursor) + 1 if cursor in slugs else 0
    shown = rounds[first : first + limit]
    return shown, shown[-1].slug if first + limit < len(rounds) else None
