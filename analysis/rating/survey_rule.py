"""The citizen-experience survey (市民体验调查) as the indicators judge it: deduction or veto.

The figures come from the survey's row of a standard; the total of a rating is left to `rate`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.rating.standard import Standard

Verdict = Literal["no_deduction", "deduct_10", "void"]

# A share this close under a line stands on it: only the rounding of sums keeps them apart.
ROUNDING = 1e-12


@dataclass(frozen=True)
class RuleSource:
    """Where a rule is written: the document, the table and row in it, and its words."""

    document: str
    title: str
    table: str
    row: int
    indicator: str
    text: str
    url: str


@dataclass(frozen=True)
class SurveyRule:
    """Public satisfaction below `deduct_below` costs `deduct_points`; below `void_below` it
    voids the whole (整体不得分). Lines are shares from 0 to 1.
    """

    deduct_below: float
    deduct_points: float
    void_below: float
    source: RuleSource


@dataclass(frozen=True)
class SurveyVerdict:
    """What the rule makes of a satisfaction.

    Attributes
    ----------
    points
        Points deducted; below the line that voids the whole as well, which lies below the other.
    certain
        Whether the whole interval lies where the verdict is the same.
    probability
        That the true satisfaction lies where the verdict is the same; None when unknown.
    p_below
        For each line of the rule, the probability that the true satisfaction is below it.
    rounds_onto_line
        Whether the satisfaction, printed in per cent with 2 decimals, would show a line that it
        in truth misses: 69.998 % prints as 70.00 % and still costs the deduction.
    """

    verdict: Verdict
    points: float
    certain: bool
    probability: float | None
    p_below: Mapping[float, float | None]
    rounds_onto_line: bool


def rule_of(standard: Standard) -> SurveyRule | None:
    """Return the survey's row of a standard as a rule; None where it has no such row."""
    row, document = standard.survey, standard.document
    if row is None:
        return None
    return SurveyRule(
        deduct_below=row.deduct_below,
        deduct_points=row.deduct_points,
        void_below=row.void_below,
        source=RuleSource(
            document=document.number,
            title=document.title,
            table=document.table,
            row=row.number,
            indicator=row.name,
            text=row.text,
            url=document.url or "",
        ),
    )


def judge(
    rule: SurveyRule,
    satisfaction: float,
    interval: tuple[float, float] | None,
    p_below: Mapping[float, float | None],
) -> SurveyVerdict:
    """Compare the unrounded satisfaction with the rule's lines; 低于 is strictly below.

    Parameters
    ----------
    satisfaction
        A share from 0 to 1.
    interval
        Its confidence limits, or None when unknown: then nothing is certain.
    p_below
        Probabilities by line, as an `Estimate` has them.
    """
    verdict = verdict_of(rule, satisfaction)
    known = {line: p_below.get(line) for line in (rule.deduct_below, rule.void_below)}
    return SurveyVerdict(
        verdict=verdict,
        points=0.0 if verdict == "no_deduction" else rule.deduct_points,
        certain=interval is not None
        and all(verdict_of(rule, limit) == verdict for limit in interval),
        probability=_probability(verdict, known[rule.deduct_below], known[rule.void_below]),
        p_below=known,
        rounds_onto_line=any(_rounds_onto(satisfaction, line) for line in known),
    )


def verdict_of(rule: SurveyRule, satisfaction: float) -> Verdict:
    """Return what the rule makes of a satisfaction, a share from 0 to 1."""
    if _is_below(satisfaction, rule.void_below):
        return "void"
    if _is_below(satisfaction, rule.deduct_below):
        return "deduct_10"
    return "no_deduction"


def _is_below(satisfaction: float, line: float) -> bool:
    return satisfaction < line - ROUNDING


def _probability(
    verdict: Verdict, below_deduct: float | None, below_void: float | None
) -> float | None:
    if below_deduct is None or below_void is None:
        return None
    if verdict == "void":
        return below_void
    return 1.0 - below_deduct if verdict == "no_deduction" else below_deduct - below_void


def _rounds_onto(satisfaction: float, line: float) -> bool:
    prints_alike = f"{satisfaction * 100:.2f}" == f"{line * 100:.2f}"
    return prints_alike and abs(satisfaction - line) > ROUNDING
