"""Takes a snapshot: a round, its rating, and all that it follows from, as one document."""

import hashlib
import json
from datetime import datetime, tzinfo
from importlib.metadata import version
from importlib.resources import files

from sqlalchemy.orm import Session

from analysis.rating.rate import Line, Rating
from analysis.rating.standard import Standard
from backend.ratings.evidence.service import evidence_by_row
from backend.ratings.live.assemble import Basis
from backend.ratings.live.rules import rules_part
from backend.ratings.live.service import LiveRating, live_rating
from backend.ratings.live.snapshot import (
    BoundPart,
    BoundsPart,
    HeadingPart,
    IncidentPart,
    InnovationPart,
    RoundPart,
    Snapshot,
    StandardPart,
)
from backend.ratings.live.snapshot_rows import row_part
from backend.ratings.registers.innovation_case import CaseState
from backend.ratings.registers.innovation_service import list_cases
from backend.ratings.registers.security_service import list_incidents
from backend.ratings.rounds.round import Round
from backend.ratings.shape import shape_rating
from backend.results.shape import shape_satisfaction
from backend.tabulation.json_form import to_json
from backend.tabulation.service import tabulate_survey


def take_snapshot(
    session: Session,
    found: Round,
    now: datetime,
    zone: tzinfo,
    *,
    basis: Basis = Basis.ENTERED,
    with_tabulation: bool = False,
) -> Snapshot:
    """Return a round as a document.

    Parameters
    ----------
    zone
        In which the times of the satisfaction are written.
    basis
        Which rows count; those that do not are in it all the same.
    with_tabulation
        Whether the counts that the satisfaction was estimated from are in it, for a frozen one.
    """
    live = live_rating(session, found, now, basis)
    result = live.surveyed.result if live.surveyed else None
    tabulation = (
        json.loads(to_json(tabulate_survey(session, result.survey)))
        if with_tabulation and result
        else None
    )
    evidence = evidence_by_row(session, found.id)
    return Snapshot(
        software=version("minsheng"),
        made_at=now,
        standard=_standard(found.standard),
        rules=rules_part(found.standard, found.as_of),
        round=_round(found),
        # The documents' words need no translation, and ours are put in when it is shown.
        rating=shape_rating(live.assessment, live.rating, str),
        vetoes=list(live.rating.vetoes),
        bounds=_bounds(live),
        headings=headings(live.rating),
        rows=[
            row_part(line, found.row(number), evidence.get(number, ()), basis)
            for line in live.rating.lines
            for number in [line.indicator.number]
        ],
        innovations=_innovations(session, live),
        incidents=_incidents(session, found),
        satisfaction=shape_satisfaction(result, zone).model_dump(mode="json") if result else None,
        tabulation=tabulation,
    )


def headings(rating: Rating) -> list[HeadingPart]:
    """Return the points by first-level heading, in the order of the table."""
    has_points = rating.standard.gives_points
    by_first: dict[str, list[Line]] = {}
    for line in rating.lines:
        by_first.setdefault(line.indicator.first, []).append(line)
    return [
        HeadingPart(
            first=first,
            points=sum(line.points for line in lines) if has_points else None,
            maximum=sum(line.maximum for line in lines) if has_points else None,
        )
        for first, lines in by_first.items()
    ]


def _standard(standard: Standard) -> StandardPart:
    document = standard.document
    data = (files("analysis") / "standards" / f"{standard.id}.yaml").read_bytes()
    return StandardPart(
        id=standard.id,
        title=standard.title,
        document=f"{document.number}《{document.title}》{document.table}",
        unit=standard.unit,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=[star.text for star in standard.stars],
    )


def _round(found: Round) -> RoundPart:
    return RoundPart(
        slug=found.slug,
        title=found.title,
        area_name=found.area_name,
        division_code=found.division_code,
        opens_on=found.opens_on,
        due_on=found.due_on,
        as_of=found.as_of,
        security_from=found.security_from,
        national_benchmark=found.national_benchmark,
        is_demonstration=found.is_demonstration,
        closed_by=found.closed_by,
        closed_at=found.closed_at,
    )


def _bounds(live: LiveRating) -> BoundsPart | None:
    over = live.over
    estimate = live.surveyed.estimate if live.surveyed else None
    if over is None or estimate is None or estimate.interval is None or estimate.estimate is None:
        return None
    lower, upper = estimate.interval
    return BoundsPart(
        lower=_bound(max(0.0, lower), over.lower),
        estimate=_bound(estimate.estimate, over.estimate),
        upper=_bound(min(1.0, upper), over.upper),
        is_settled=over.is_settled,
    )


def _bound(satisfaction: float, rating: Rating) -> BoundPart:
    standing = rating.standing
    return BoundPart(
        satisfaction=satisfaction,
        total=rating.total if standing else None,
        star=(standing.star.star if standing.star else "none") if standing else None,
        vetoed=bool(rating.vetoes),
        survey_deduction=rating.survey_deduction,
    )


def _innovations(session: Session, live: LiveRating) -> list[InnovationPart]:
    """Return the accepted cases, each with what it adds or why it adds nothing."""
    bonus, row = live.rating.innovation, live.round.standard.innovation
    if bonus is None or row is None:
        return []
    points = {id(each.case): each.points for each in bonus.counted}
    reasons = {id(each.case): each.reason for each in bonus.left_out}
    # The rating was given the accepted cases in the same order.
    accepted = (
        each
        for each in list_cases(session, live.round.division_code)
        if each.state is CaseState.ACCEPTED
    )
    return [
        InnovationPart(
            public_id=entry.public_id,
            kind=case.kind,
            kind_name=row.kinds[case.kind].name,
            dated_on=case.dated_on,
            title=case.title,
            issuer=entry.fields.issuer,
            department=entry.fields.department,
            evidence_url=entry.fields.evidence_url,
            points=points.get(id(case)),
            reason=reasons.get(id(case)),
        )
        for entry, case in zip(accepted, live.assessment.innovations, strict=True)
    ]


def _incidents(session: Session, found: Round) -> list[IncidentPart]:
    """Return the incidents that count."""
    incidents = list_incidents(session, found.division_code, found.security_from, found.as_of)
    return [
        IncidentPart(
            public_id=each.public_id,
            dated_on=each.dated_on,
            points=each.points,
            is_major=each.is_major,
            notice=each.notice,
            handling=each.fields.handling,
            state=each.fields.state,
        )
        for each in incidents
        if each.counts
    ]
