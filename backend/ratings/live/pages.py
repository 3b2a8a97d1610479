"""The console's pages on live ratings: the overview, a round, its gaps, what-if, and why."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from analysis.rating.rate import rate
from analysis.rating.standard import StarName
from analysis.rating.what_if import what_if
from backend.db.unit_of_work import database_of
from backend.errors import Forbidden, NotFound
from backend.ratings.evidence.service import evidence_by_row
from backend.ratings.live.assemble import Basis, assemble
from backend.ratings.live.charts import CHARTS
from backend.ratings.live.service import LiveRating, live_rating
from backend.ratings.live.standings import city_standing, city_standings
from backend.ratings.live.views.overview import overview_page
from backend.ratings.live.views.round_page import round_page
from backend.ratings.live.views.what_if_page import what_if_page
from backend.ratings.live.views.why_page import why_page
from backend.ratings.live.what_if_form import read_form
from backend.ratings.paths import RATINGS, round_path
from backend.ratings.rounds.rights import CLOSERS, READERS, SETTLERS, may_read, may_review
from backend.ratings.rounds.service import fetch_round
from backend.results.pages import CHART_HEADERS
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, require_role
from backend.web.language import language_of
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

router = APIRouter(
    prefix=RATINGS,
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)


@router.get("")
async def show_overview(request: Request, staff: SignedInStaff) -> Response:
    """Show where every city and county stands."""
    translate = translator(language_of(request))

    def pull(session: Session) -> Response:
        cities = city_standings(session, datetime.now(UTC), translate)
        page = overview_page(cities, translate, may_open=may_review(staff))
        return render_in_console(request, "ratings/live/overview.html", page, staff)

    return await _in_session(request, pull)


@router.get("/cities/{code}/{chart}.svg")
async def show_chart(request: Request, code: str, chart: str) -> Response:
    """Draw the totals of a city's counties, or of its rounds over time."""
    if chart not in CHARTS:
        raise NotFound
    translate = translator(language_of(request))

    def pull(session: Session) -> Response:
        found = city_standing(session, code, datetime.now(UTC), translate)
        if found is None:
            raise NotFound
        svg = CHARTS[chart](found, translate)
        return Response(svg, media_type="image/svg+xml", headers=CHART_HEADERS)

    return await _in_session(request, pull)


@router.get("/rounds/{slug}")
async def show_round(request: Request, staff: SignedInStaff, slug: str) -> Response:
    """Show the rating of a round as it stands; of a closed one, its report."""
    translate = translator(language_of(request))

    def make(_session: Session, live: LiveRating) -> Response:
        accepted = assemble(
            live.round,
            live.assessment.satisfaction,
            live.assessment.innovations,
            live.assessment.security,
            Basis.ACCEPTED,
        )
        page = round_page(
            live,
            rate(accepted),
            translate,
            may_close=staff.role in CLOSERS,
            may_settle=staff.role in SETTLERS,
        )
        return render_in_console(request, "ratings/live/round.html", page, staff)

    return await _of_open_round(request, slug, make)


@router.get("/rounds/{slug}/gap")
async def show_gap(
    request: Request, staff: SignedInStaff, slug: str, star: str = "", cases: str = ""
) -> Response:
    """Show what is nearest to its next points, and the cheapest way to a star."""
    # The solver takes a while to load: no server that starts waits for it.
    from analysis.rating.cheapest import cheapest
    from analysis.rating.options import Terms
    from backend.ratings.live.views.gap_page import gap_page

    translate = translator(language_of(request))

    def make(_session: Session, live: LiveRating) -> Response:
        goal = _goal(live, star)
        row = live.round.standard.innovation
        # A case is a piece of work like an open criterion; that is all that is known of its cost.
        case_costs = dict.fromkeys(row.kinds, 1.0) if row and cases else {}
        terms = Terms(case_costs=case_costs)
        found = cheapest(live.assessment, live.rating, goal, terms) if goal else None
        page = gap_page(live, found, translate, bool(cases))
        return render_in_console(request, "ratings/live/gap.html", page, staff)

    return await _of_open_round(request, slug, make)


@router.get("/rounds/{slug}/what-if")
async def show_what_if(request: Request, staff: SignedInStaff, slug: str) -> Response:
    """Show what the rating would be if inputs were others; nothing is stored."""
    translate = translator(language_of(request))
    query = {name: value for name, value in request.query_params.items() if len(value) <= 20}

    def make(_session: Session, live: LiveRating) -> Response:
        filled = read_form(query, live.assessment)
        asks = filled.asks and not filled.errors
        answer = what_if(live.assessment, filled.changes, live.rating) if asks else None
        page = what_if_page(live, filled, answer, translate)
        status = 422 if filled.errors else 200
        return render_in_console(
            request, "ratings/live/what_if.html", page, staff, status_code=status
        )

    return await _of_open_round(request, slug, make)


@router.get("/rounds/{slug}/why/{number}")
async def show_why(request: Request, staff: SignedInStaff, slug: str, number: int) -> Response:
    """Show what one line of the rating follows from."""
    translate = translator(language_of(request))

    def make(session: Session, live: LiveRating) -> Response:
        lines = {line.indicator.number: line for line in live.rating.lines}
        if number not in lines:
            raise NotFound
        row = live.round.row(number)
        if row is not None and not may_read(staff, row):
            raise Forbidden
        evidence = evidence_by_row(session, live.round.id).get(number, ())
        page = why_page(live, lines[number], evidence, translate)
        return render_in_console(request, "ratings/live/why.html", page, staff)

    return await _of_round(request, slug, make)


def _goal(live: LiveRating, asked: str) -> StarName | None:
    """Return the star asked for, or else the next one."""
    stars = [each.star for each in live.round.standard.stars]
    chosen = next((star for star in stars if star == asked), None)
    following = live.rating.standing.next_star if live.rating.standing else None
    return chosen or (following.star.star if following else (stars[-1] if stars else None))


async def _of_open_round(
    request: Request, slug: str, make: Callable[[Session, LiveRating], Response]
) -> Response:
    """As `_of_round`, but a closed round leads to its report: nothing in it is live any more."""

    def make_or_lead(session: Session, live: LiveRating) -> Response:
        if live.round.is_closed:
            return RedirectResponse(f"{round_path(slug)}/report", status_code=303)
        return make(session, live)

    return await _of_round(request, slug, make_or_lead)


async def _of_round(
    request: Request, slug: str, make: Callable[[Session, LiveRating], Response]
) -> Response:
    def pull(session: Session) -> Response:
        return make(session, live_rating(session, fetch_round(session, slug), datetime.now(UTC)))

    return await _in_session(request, pull)


async def _in_session(request: Request, pull: Callable[[Session], Response]) -> Response:
    """Rate in the slow lane: a pull of the satisfaction must not keep residents waiting."""

    def work() -> Response:
        with database_of(request).read() as session:
            return pull(session)

    return await in_slow_lane(request, work)
