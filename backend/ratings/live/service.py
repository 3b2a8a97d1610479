"""The live rating of a round: what is stored now, judged by the rules; nothing is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from analysis.rating.assessment import Assessment
from analysis.rating.rate import Rating, rate
from analysis.rating.what_if import OverInterval, over_interval
from backend.ratings.live.assemble import Basis, assemble
from backend.ratings.live.survey import Surveyed, survey_of
from backend.ratings.registers.innovation_service import accepted_cases
from backend.ratings.registers.security_service import security_record
from backend.ratings.rounds.round import Round


@dataclass(frozen=True)
class LiveRating:
    """A round and its rating.

    Attributes
    ----------
    over
        The rating over the interval of the satisfaction; None without one.
    """

    round: Round
    basis: Basis
    assessment: Assessment
    rating: Rating
    surveyed: Surveyed | None
    over: OverInterval | None


def live_rating(
    session: Session,
    found: Round,
    now: datetime,
    basis: Basis = Basis.ENTERED,
    surveyed: Surveyed | None = None,
) -> LiveRating:
    """Rate a round as it stands.

    Parameters
    ----------
    surveyed
        Its satisfaction, where that was pulled already: a pull costs more than all the rest.
    """
    surveyed = surveyed or survey_of(session, found, now)
    assessment = assemble(
        found,
        surveyed.share if surveyed else None,
        accepted_cases(session, found.division_code),
        security_record(session, found.division_code, found.security_from, found.as_of),
        basis,
    )
    return LiveRating(
        round=found,
        basis=basis,
        assessment=assessment,
        rating=rate(assessment),
        surveyed=surveyed,
        over=_over(assessment, surveyed),
    )


def _over(assessment: Assessment, surveyed: Surveyed | None) -> OverInterval | None:
    interval = surveyed.estimate.interval if surveyed and surveyed.estimate else None
    if interval is None or assessment.satisfaction is None:
        return None
    return over_interval(assessment, interval)
