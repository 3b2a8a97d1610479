"""The rating: every rule of a standard in the order of its table, and what they add up to.

Base points of the levels, plus the innovation bonus, less what the survey and security incidents
cost; a veto (整体不得分) leaves 0. Each line names the rule that it follows, and where that is
written.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.rating.assessment import Assessment, check
from analysis.rating.innovation import InnovationBonus, innovation_bonus
from analysis.rating.levels import Reached, reach, verified
from analysis.rating.security import SecurityOutcome, judge_security
from analysis.rating.standard import (
    Indicator,
    InnovationIndicator,
    LeveledIndicator,
    SecurityIndicator,
    Standard,
    SurveyIndicator,
)
from analysis.rating.star import StarStanding, star_of
from analysis.rating.survey_rule import Verdict, rule_of, verdict_of

VetoReason = Literal["satisfaction", "security_points", "major_incident"]


@dataclass(frozen=True)
class Line:
    """What one indicator gives.

    Attributes
    ----------
    reached
        The level held; None for the rows that have no levels.
    points
        Negative where the row deducts.
    maximum
        0 for the rows that only deduct.
    rule
        The document's sentence that was applied; of a row without a level, the lowest level's.
    source
        Where it is written.
    """

    indicator: Indicator
    reached: Reached | None
    points: float
    maximum: float
    rule: str
    source: str


@dataclass(frozen=True)
class Rating:
    """The rating of an assessment.

    Attributes
    ----------
    base
        Points of all levels.
    innovation
        None where the standard has no such row.
    survey_verdict
        None when not yet surveyed, or where the standard has no such row.
    survey_deduction, security_deduction
        Points, not negative; deductions and vetoes are separate.
    vetoes
        Why the whole scores nothing; empty when it does not.
    balance
        What all lines add up to, vetoes aside; negative where more is deducted than was earned.
    total
        The balance, but not below 0, and 0 after a veto.
    standing
        The star; None where the document gives no points.
    """

    standard: Standard
    as_of: date
    base: float
    innovation: InnovationBonus | None
    survey_verdict: Verdict | None
    survey_deduction: float
    security: SecurityOutcome
    vetoes: tuple[VetoReason, ...]
    balance: float
    total: float
    standing: StarStanding | None
    lines: tuple[Line, ...]

    @property
    def is_surveyed(self) -> bool:
        """Whether the survey's rule could be applied, or there is none."""
        return self.survey_verdict is not None or self.standard.survey is None

    @property
    def unsettled(self) -> tuple[Line, ...]:
        """Lines whose level is not settled: figures are missing, or nothing was said at all."""
        return tuple(each for each in self.lines if each.reached and not each.reached.is_settled)


def rate(assessment: Assessment) -> Rating:
    """Rate an assessment.

    Raises
    ------
    AnalysisError
        As `assessment.check` does.
    """
    check(assessment)
    standard = assessment.standard
    verdict, deduction = _judge_survey(assessment)
    security = (
        judge_security(standard.security, assessment.security)
        if standard.security
        else SecurityOutcome()
    )
    bonus = (
        innovation_bonus(standard.innovation, assessment.innovations, assessment.as_of)
        if standard.innovation
        else None
    )
    reached = {row.number: _reached(row, assessment) for row in standard.leveled}
    lines = tuple(
        _line(standard, row, reached.get(row.number), bonus, deduction, verdict, security)
        for row in standard.indicators
    )
    base = sum(line.points for line in lines if line.reached is not None)
    vetoes: tuple[VetoReason, ...] = (
        *(("satisfaction",) if verdict == "void" else ()),
        *security.vetoes,
    )
    balance = _balance(base, bonus, deduction, security)
    total = 0.0 if vetoes else max(0.0, balance)
    return Rating(
        standard=standard,
        as_of=assessment.as_of,
        base=base,
        innovation=bonus,
        survey_verdict=verdict,
        survey_deduction=deduction,
        security=security,
        vetoes=vetoes,
        balance=balance,
        total=total,
        standing=star_of(standard, total, assessment.national_benchmark)
        if standard.gives_points
        else None,
        lines=lines,
    )


def _balance(
    base: float, bonus: InnovationBonus | None, deduction: float, security: SecurityOutcome
) -> float:
    earned = base + (bonus.total if bonus else 0.0)
    return earned * (1.0 - security.share) - deduction - security.points


def _judge_survey(assessment: Assessment) -> tuple[Verdict | None, float]:
    rule, satisfaction = rule_of(assessment.standard), assessment.satisfaction
    if rule is None or satisfaction is None:
        return None, 0.0
    verdict = verdict_of(rule, satisfaction)
    # What voids the whole lies below the other line too: the deduction stands beside the veto.
    return verdict, 0.0 if verdict == "no_deduction" else rule.deduct_points


def _reached(row: LeveledIndicator, assessment: Assessment) -> Reached:
    level = assessment.levels.get(row.number)
    return verified(level) if level else reach(row, assessment.figures.get(row.number))


def _line(
    standard: Standard,
    row: Indicator,
    reached: Reached | None,
    bonus: InnovationBonus | None,
    deduction: float,
    verdict: Verdict | None,
    security: SecurityOutcome,
) -> Line:
    points, maximum, rule = 0.0, 0.0, ""
    match row:
        case LeveledIndicator():
            requirement = row.requirements.get(reached.level) if reached and reached.level else None
            points = (requirement.points or 0.0) if requirement else 0.0
            # Without a level, the sentence is the one that is not met, or not known to be.
            wanted = requirement or row.lowest
            maximum, rule = row.maximum, wanted.text
        case InnovationIndicator():
            points, maximum, rule = bonus.total if bonus else 0.0, row.cap, row.text
        case SecurityIndicator():
            points, rule = -security.points, row.text
        case SurveyIndicator():
            points, rule = -deduction, row.text
    # A deduction of nothing is 0, not -0.
    return Line(row, reached, points + 0.0, maximum, rule, standard.source(row.number))
