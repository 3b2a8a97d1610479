"""The rating as it would be if inputs were others: nothing is stored, nothing is judged here.

The rules are left to `rate`; what a change costs to `gap` and `cheapest`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from analysis.errors import AnalysisError
from analysis.rating.assessment import (
    Assessment,
    Figure,
    Figures,
    InnovationCase,
    SecurityRecord,
    VerifiedLevel,
)
from analysis.rating.rate import Line, Rating, rate
from analysis.rating.standard import StarName

Input = TypeVar("Input")
# An estimate this far outside its interval is rounding.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Changes:
    """What is to be otherwise; everything else stays as it is.

    Attributes
    ----------
    satisfaction
        A share from 0 to 1, or None for not yet surveyed.
    levels
        Verified levels by indicator number; None takes a level back, so that figures decide.
    figures
        By indicator number and name; None takes a figure or an attestation back. The verified level
        of such an indicator steps aside, unless `levels` has it too: the question is what the
        figures would give.
    national_benchmark, as_of, security, innovations
        In the place of what the assessment has; None leaves it.
    """

    satisfaction: float | Literal["as_it_is"] | None = "as_it_is"
    levels: Mapping[int, VerifiedLevel | None] = field(default_factory=dict)
    figures: Mapping[int, Mapping[str, Figure | None]] = field(default_factory=dict)
    national_benchmark: bool | None = None
    as_of: date | None = None
    security: SecurityRecord | None = None
    innovations: tuple[InnovationCase, ...] | None = None


@dataclass(frozen=True)
class Difference:
    """A line that the changes alter: its points, its level, or how that is known."""

    before: Line
    after: Line

    @property
    def points(self) -> float:
        """Points gained; negative when lost."""
        return self.after.points - self.before.points


@dataclass(frozen=True)
class WhatIf:
    """The rating as it is and as it would be; `differences` are in the order of the table."""

    before: Rating
    after: Rating
    differences: tuple[Difference, ...]

    @property
    def points(self) -> float:
        """By how much the total changes, after floor and vetoes."""
        return self.after.total - self.before.total


@dataclass(frozen=True)
class OverInterval:
    """The rating under the lower bound, the estimate and the upper bound of the satisfaction."""

    lower: Rating
    estimate: Rating
    upper: Rating

    @property
    def verdict_is_settled(self) -> bool:
        """Whether the survey's rule says the same over the whole interval."""
        # A higher satisfaction never costs more, so the ends speak for all between them.
        return self.lower.survey_verdict == self.upper.survey_verdict

    @property
    def star_is_settled(self) -> bool:
        """Whether the star is the same over the whole interval."""
        return _star(self.lower) == _star(self.upper)

    @property
    def is_settled(self) -> bool:
        """Whether neither the verdict nor the star could flip."""
        return self.verdict_is_settled and self.star_is_settled


def what_if(assessment: Assessment, changes: Changes, before: Rating | None = None) -> WhatIf:
    """Rate an assessment as it is and with the changes.

    Parameters
    ----------
    before
        The rating of the assessment, where it is known already.

    Raises
    ------
    AnalysisError
        As `assessment.check` does, of the assessment with its changes.
    """
    before = before or rate(assessment)
    after = rate(apply(changes, assessment))
    pairs = zip(before.lines, after.lines, strict=True)
    differences = (Difference(*pair) for pair in pairs)
    return WhatIf(before, after, tuple(each for each in differences if _differs(each)))


def over_interval(assessment: Assessment, interval: tuple[float, float]) -> OverInterval:
    """Rate an assessment over the confidence interval of its satisfaction.

    Parameters
    ----------
    interval
        The limits, which may reach beyond 0 and 1 as normal intervals do.

    Raises
    ------
    AnalysisError
        `not_yet_surveyed` without a satisfaction, `impossible_interval` when the limits do not hold
        the estimate between them, and as `assessment.check` does.
    """
    satisfaction = assessment.satisfaction
    if satisfaction is None:
        raise AnalysisError("not_yet_surveyed", field="satisfaction")
    # Written so that NaN fails.
    if not interval[0] - ROUNDING <= satisfaction <= interval[1] + ROUNDING:
        raise AnalysisError("impossible_interval", field="satisfaction")
    lower, upper = (min(1.0, max(0.0, limit)) for limit in interval)
    return OverInterval(
        lower=rate(replace(assessment, satisfaction=lower)),
        estimate=rate(assessment),
        upper=rate(replace(assessment, satisfaction=upper)),
    )


def apply(changes: Changes, assessment: Assessment) -> Assessment:
    """Return the assessment as it would be."""
    satisfaction = changes.satisfaction
    return replace(
        assessment,
        satisfaction=assessment.satisfaction if satisfaction == "as_it_is" else satisfaction,
        levels=_levels(changes, assessment),
        figures=_figures(changes, assessment),
        national_benchmark=_changed(changes.national_benchmark, assessment.national_benchmark),
        as_of=_changed(changes.as_of, assessment.as_of),
        security=_changed(changes.security, assessment.security),
        innovations=_changed(changes.innovations, assessment.innovations),
    )


def _changed(new: Input | None, old: Input) -> Input:
    return old if new is None else new


def _levels(changes: Changes, assessment: Assessment) -> dict[int, VerifiedLevel]:
    kept = {
        number: level
        for number, level in assessment.levels.items()
        if number not in changes.figures and number not in changes.levels
    }
    return kept | {number: level for number, level in changes.levels.items() if level is not None}


def _figures(changes: Changes, assessment: Assessment) -> dict[int, Figures]:
    merged = dict(assessment.figures)
    for number, changed in changes.figures.items():
        figures = {**merged.get(number, {}), **changed}
        merged[number] = {name: each for name, each in figures.items() if each is not None}
    return merged


def _differs(each: Difference) -> bool:
    return each.points != 0.0 or each.before.reached != each.after.reached


def _star(rating: Rating) -> StarName | None:
    star = rating.standing.star if rating.standing else None
    return star.star if star else None
