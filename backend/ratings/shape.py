"""A rating and a standard in the shape of the public interface."""

from collections.abc import Iterable
from typing import Any

from analysis.rating.assessment import Assessment
from analysis.rating.innovation import InnovationBonus, LeftOutCase, window
from analysis.rating.rate import Line, Rating
from analysis.rating.standard import Standard
from backend.ratings import schemas, wording
from backend.ratings.rounds.round import Round
from backend.ratings.wording import Translate, number_text


def shape_rating(assessment: Assessment, rating: Rating, translate: Translate) -> schemas.RatingOut:
    """Return a rating with its reasons in the reader's language."""
    standard, standing = rating.standard, rating.standing
    has_points = standard.gives_points
    held = standing.star.star if standing and standing.star else "none"
    return schemas.RatingOut(
        standard=standard.id,
        as_of=rating.as_of,
        base=rating.base if has_points else None,
        innovation=_innovation(rating, translate),
        survey_deduction=rating.survey_deduction,
        security_deduction=rating.security.points,
        security_deduction_share=rating.security.share,
        vetoed=bool(rating.vetoes),
        veto_reasons=veto_texts(rating, translate),
        total=rating.total if has_points else None,
        maximum=standard.maximum if has_points else None,
        star=held if has_points else None,
        star_conditions=_conditions(rating, translate),
        next_star=_next_star(rating),
        satisfaction=assessment.satisfaction,
        surveyed=rating.survey_verdict is not None,
        notes=note_texts(rating, translate),
        tables=tables_of(rating),
        lines=[_line(line, has_points) for line in rating.lines],
    )


def veto_texts(rating: Rating, translate: Translate) -> list[str]:
    """Return why the whole scores nothing, one sentence a reason."""
    survey, security = rating.standard.survey, rating.standard.security
    arguments = {
        "void_below": number_text(survey.void_below * 100) if survey else "",
        "void_above": number_text(security.void_above or 0.0) if security else "",
    }
    return [translate(wording.VETO_WORDS[veto]).format(**arguments) for veto in rating.vetoes]


def note_texts(rating: Rating, translate: Translate) -> list[str]:
    """Return what a reader must know beside the figures."""
    notes = [] if rating.is_surveyed else [translate(wording.NOT_SURVEYED)]
    if rating.unsettled:
        notes.append(translate(wording.UNSETTLED).format(count=len(rating.unsettled)))
    return notes


def why_left_out(rating: Rating, left_out: LeftOutCase, translate: Translate) -> str:
    """Return why an innovation case adds nothing."""
    row = rating.standard.innovation
    if row is None:
        raise ValueError("the standard counts no innovations")
    first, last = window(row, rating.as_of)
    return translate(wording.LEFT_OUT_WORDS[left_out.reason]).format(
        first=first,
        last=last,
        cap=number_text(row.kinds[left_out.case.kind].cap or row.cap),
        row_cap=number_text(row.cap),
    )


def _innovation(rating: Rating, translate: Translate) -> schemas.InnovationOut:
    bonus = rating.innovation or InnovationBonus(0.0, {}, (), ())
    return schemas.InnovationOut(
        total=bonus.total,
        by_kind=dict(bonus.by_kind),
        counted=[
            schemas.CountedOut(
                title=each.case.title,
                kind=each.case.kind,
                date=each.case.dated_on,
                evidence=each.case.evidence,
                points=each.points,
            )
            for each in bonus.counted
        ],
        left_out=[
            schemas.LeftOutOut(
                title=each.case.title,
                kind=each.case.kind,
                date=each.case.dated_on,
                why=why_left_out(rating, each, translate),
                reason=each.reason,
            )
            for each in bonus.left_out
        ],
    )


def _conditions(rating: Rating, translate: Translate) -> list[str]:
    following = rating.standing.next_star if rating.standing else None
    # Only where points alone would do: before that, points are what is missing.
    if following is None or following.points_missing > 0:
        return []
    return [translate(wording.BENCHMARK_NEEDED) for _ in following.conditions]


def _next_star(rating: Rating) -> schemas.NextStarOut | None:
    following = rating.standing.next_star if rating.standing else None
    if following is None:
        return None
    return schemas.NextStarOut(star=following.star.star, points_missing=following.points_missing)


def tables_of(rating: Rating) -> list[schemas.TableOut]:
    """Return how many indicators of each table reach each level."""
    by_table: dict[str, list[Line]] = {}
    for line in rating.lines:
        if line.reached is not None:
            by_table.setdefault(line.indicator.table or line.indicator.first, []).append(line)
    return [
        schemas.TableOut(
            table=table,
            indicators=len(lines),
            reached={level: _count(lines, level) for level in rating.standard.levels},
            unsettled=sum(not line.reached.is_settled for line in lines if line.reached),
        )
        for table, lines in by_table.items()
    ]


def _count(lines: Iterable[Line], level: str) -> int:
    """Count those that hold at least this level: who holds five stars holds four as well."""
    order = ("three", "four", "five")
    held = [line.reached.level for line in lines if line.reached and line.reached.level]
    return sum(order.index(each) >= order.index(level) for each in held)


def _line(line: Line, has_points: bool) -> schemas.LineOut:
    reached = line.reached
    return schemas.LineOut(
        indicator=line.indicator.number,
        name=line.indicator.name,
        # Nobody said anything of it: no level was verified, and none hangs on a missing figure.
        level="none" if reached and reached.status == "not_assessed" else level_of(line),
        points=line.points if has_points else None,
        maximum=line.maximum if has_points else None,
        rule=line.rule,
        source=line.source,
        status=reached.status if reached else None,
        missing=list(reached.missing) if reached else [],
    )


def level_of(line: Line) -> schemas.Level | None:
    """Return the level of a line in the words of the interface."""
    if line.reached is None:
        return None
    return line.reached.level or ("none" if line.reached.is_settled else "unknown")


def shape_summary(standard: Standard) -> schemas.StandardSummaryOut:
    """Return what a list of standards shows."""
    return schemas.StandardSummaryOut(
        id=standard.id,
        title=standard.title,
        unit=standard.unit,
        indicators=len(standard.indicators),
        maximum=standard.maximum if standard.gives_points else None,
        document=f"{standard.document.number} {standard.document.title}",
    )


def shape_standard(standard: Standard) -> schemas.StandardOut:
    """Return a whole standard, every row with its source."""
    written = standard.model_dump(mode="json", exclude_none=True)
    rows = [{**row, "source": standard.source(row["number"])} for row in written.pop("indicators")]
    maximum = standard.maximum if standard.gives_points else None
    return schemas.StandardOut(**{"stars": [], **written}, maximum=maximum, indicators=rows)


def shape_rating_summary(found: Round, rating: schemas.RatingOut) -> schemas.RatingSummaryOut:
    """Return what a list of ratings shows."""
    return schemas.RatingSummaryOut(
        **_whose(found),
        standard=rating.standard,
        as_of=rating.as_of,
        total=rating.total,
        maximum=rating.maximum,
        star=rating.star,
        vetoed=rating.vetoed,
    )


def shape_area_rating(found: Round, rating: schemas.RatingOut) -> schemas.AreaRatingOut:
    """Return a rating with whose it is."""
    return schemas.AreaRatingOut(**_whose(found), **dict(rating), frozen_sha256=found.frozen_sha256)


def _whose(found: Round) -> dict[str, Any]:
    return {
        "id": found.slug,
        "title": found.title,
        "area_name": found.area_name,
        "division_code": found.division_code,
        "state": "closed" if found.is_closed else "open",
    }
