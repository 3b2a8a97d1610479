"""The satisfaction that enters a rating: of the round's survey, or of one district in it.

Estimating is left to `backend.results`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from analysis.estimation import Estimate
from backend.errors import MinshengError
from backend.ratings.rounds.round import Round
from backend.results.result import SatisfactionResult
from backend.results.service import satisfaction
from backend.surveys.service import fetch_published

# The weighting variable whose categories are divisions.
DISTRICT = "district"


@dataclass(frozen=True)
class Surveyed:
    """The satisfaction of a round.

    Attributes
    ----------
    estimate
        None when there is none to judge by: too few answered, or nothing is measured.
    result
        The whole pull; None when the survey has none.
    district
        The division code when the estimate is that of one district of a city's survey.
    problem
        Why there is no estimate, as a message id.
    """

    estimate: Estimate | None
    result: SatisfactionResult | None
    district: str | None = None
    problem: str | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The satisfaction, from 0 to 1."""
        return self.estimate.estimate if self.estimate else None


def survey_of(session: Session, found: Round, now: datetime) -> Surveyed | None:
    """Pull the satisfaction of a round; None when it names no survey."""
    if found.survey_slug is None:
        return None
    try:
        result = satisfaction(session, fetch_published(session, found.survey_slug), now)
    except MinshengError as error:
        return Surveyed(None, None, problem=error.detail, arguments=error.arguments)
    return surveyed_area(result, found.division_code)


def surveyed_area(result: SatisfactionResult, division_code: str) -> Surveyed:
    """Take the whole, or the district where the survey has that division as one."""
    for domain in result.domains:
        if domain.variable == DISTRICT and domain.category == division_code:
            problem = "该地区答卷太少，不能给出满意度。" if domain.estimate is None else None
            return Surveyed(domain.estimate, result, division_code, problem)
    estimate = result.composite
    if estimate.estimate is None:
        return Surveyed(None, result, problem="还没有可用于估计满意度的答卷。")
    return Surveyed(estimate, result)
