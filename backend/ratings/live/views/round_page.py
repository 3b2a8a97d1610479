"""The page of a round: where it stands, what the survey does to it, and what is nearest."""

from dataclasses import dataclass

from analysis.rating.gap import nearest
from analysis.rating.outlook import Outlook, outlook
from analysis.rating.rate import Rating
from backend.ratings.live.figures_text import percent_text, points_text
from backend.ratings.live.service import LiveRating
from backend.ratings.live.snapshotting import headings
from backend.ratings.live.views.lines import LineRow, StepRow, line_rows, step_rows
from backend.ratings.live.views.standing import VERDICT_WORDS, Standing, standing_of
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.shape import tables_of
from backend.ratings.wording import Translate

NEAREST_SHOWN = 5
OUTLOOK_DAYS = 90


@dataclass(frozen=True)
class Part:
    """One heading's or deduction's points."""

    name: str
    points: str
    maximum: str
    share: float | None


@dataclass(frozen=True)
class BoundRow:
    """The rating under one value of the satisfaction."""

    name: str
    satisfaction: str
    verdict: str
    total: str
    star: str


@dataclass(frozen=True)
class Survey:
    """The satisfaction that enters the rating."""

    slug: str
    share: str
    interval: str
    verdict: str
    is_settled: bool | None
    problem: str | None
    is_district: bool


@dataclass(frozen=True)
class KindRow:
    """The state of one kind of innovation."""

    name: str
    points: str
    cap: str
    over: str
    next_adds: str


@dataclass(frozen=True)
class RoundPage:
    """The page of a round."""

    head: RoundHead
    standing: Standing
    has_points: bool
    accepted_total: str
    parts: tuple[Part, ...]
    tables: tuple[tuple[str, ...], ...]
    table_levels: tuple[str, ...]
    survey: Survey | None
    bounds: tuple[BoundRow, ...]
    nearest: tuple[StepRow, ...]
    kinds: tuple[KindRow, ...]
    leaving: tuple[tuple[str, str], ...]
    lines: tuple[LineRow, ...]
    may_close: bool
    may_settle: bool


def round_page(
    live: LiveRating, accepted: Rating, translate: Translate, *, may_close: bool, may_settle: bool
) -> RoundPage:
    """Prepare a round's page: the rating of all that was entered, and of what was accepted."""
    rating, standard = live.rating, live.round.standard
    state = _outlook(live)
    steps = nearest(live.assessment, rating)[:NEAREST_SHOWN]
    return RoundPage(
        head=round_head(live.round),
        standing=standing_of(rating, translate),
        has_points=standard.gives_points,
        accepted_total=points_text(accepted.total if standard.gives_points else None),
        parts=_parts(rating, translate),
        tables=_tables(rating),
        table_levels=tuple(standard.level_names[level] for level in standard.levels),
        survey=_survey(live, translate),
        bounds=_bounds(live, translate),
        nearest=step_rows(steps, translate),
        kinds=_kinds(state),
        leaving=_leaving(state),
        lines=line_rows(rating, translate),
        may_close=may_close and not live.round.is_closed,
        may_settle=may_settle,
    )


def _parts(rating: Rating, translate: Translate) -> tuple[Part, ...]:
    if not rating.standard.gives_points:
        return ()
    parts = [
        Part(
            each.first,
            points_text(each.points),
            points_text(each.maximum) if each.maximum else "–",
            each.points / each.maximum if each.points is not None and each.maximum else None,
        )
        for each in headings(rating)
    ]
    return (*parts, Part(translate("合计"), points_text(rating.total), "100", None))


def _tables(rating: Rating) -> tuple[tuple[str, ...], ...]:
    if rating.standard.gives_points:
        return ()
    return tuple(
        (
            each.table,
            *(str(each.reached[level]) for level in rating.standard.levels),
            str(each.indicators),
        )
        for each in tables_of(rating)
    )


def _survey(live: LiveRating, translate: Translate) -> Survey | None:
    surveyed, slug = live.surveyed, live.round.survey_slug
    if surveyed is None or slug is None:
        return None
    estimate, share = surveyed.estimate, surveyed.share
    interval = estimate.interval if estimate else None
    problem = translate(surveyed.problem) if surveyed.problem else ""
    return Survey(
        slug=slug,
        share=percent_text(share) if share is not None else "–",
        interval="–".join(percent_text(each) for each in interval) if interval else "–",
        verdict=translate(VERDICT_WORDS[live.rating.survey_verdict]),
        is_settled=live.over.is_settled if live.over else None,
        problem=problem.format(**surveyed.arguments) or None,
        is_district=surveyed.district is not None,
    )


def _bounds(live: LiveRating, translate: Translate) -> tuple[BoundRow, ...]:
    over, interval = live.over, None
    if live.surveyed and live.surveyed.estimate:
        interval = live.surveyed.estimate.interval
    share = live.assessment.satisfaction
    if over is None or interval is None or share is None:
        return ()
    named = (
        ("区间下限", interval[0], over.lower),
        ("估计值", share, over.estimate),
        ("区间上限", interval[1], over.upper),
    )
    return tuple(
        BoundRow(
            translate(name),
            percent_text(value),
            translate(VERDICT_WORDS[rating.survey_verdict]),
            points_text(rating.total),
            standing_of(rating, translate).star,
        )
        for name, value, rating in named
    )


def _outlook(live: LiveRating) -> Outlook | None:
    row = live.round.standard.innovation
    if row is None:
        return None
    return outlook(row, live.assessment.innovations, live.round.as_of, OUTLOOK_DAYS)


def _kinds(state: Outlook | None) -> tuple[KindRow, ...]:
    return tuple(
        KindRow(
            name=each.kind.name,
            points=points_text(each.points),
            cap=points_text(each.kind.cap),
            over=points_text(each.over_cap),
            next_adds=points_text(each.next_case_adds),
        )
        for each in (state.kinds if state else ())
    )


def _leaving(state: Outlook | None) -> tuple[tuple[str, str], ...]:
    leaving = state.leaving if state else ()
    return tuple((each.case.title, each.leaves_on.isoformat()) for each in leaving)
