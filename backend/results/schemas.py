"""The JSON shape of a satisfaction; every name of the public interface stands here once."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

Share = float
Interval = tuple[float, float]
# The line as a decimal, "0.7": the probability that the true share lies below it.
PBelow = dict[str, float | None]
NO_RULE = (
    "null when the questionnaire names no rule (`satisfaction.rule`): then nothing is concluded "
    "from its satisfaction, such as that of one service hall."
)


class DomainOut(BaseModel):
    """The estimate in one category of a variable."""

    variable: str
    category: str
    label: str
    n: int
    estimate: Share | None
    se: float | None
    ci: Interval | None
    suppressed: bool = Field(description="Too few respondents: only `n` is given.")


class DifferenceOut(BaseModel):
    """A category's satisfaction less that of all other respondents together."""

    variable: str
    category: str
    label: str
    estimate: float | None
    se: float | None
    ci: Interval | None
    p_value: float | None = Field(description="Two-sided, for this comparison alone.")
    p_adjusted: float | None = Field(
        description="After Holm's correction for all comparisons of the variable: judge by this."
    )


class EstimateOut(BaseModel):
    """An estimate with its uncertainty; null where it cannot be known."""

    n: int = Field(description="Responses that the estimate rests on.")
    estimate: Share | None = Field(description="A share from 0 to 1.")
    se: float | None
    ci: Interval | None = Field(description="模型精度区间: see `methodology.interval`.")
    deff_kish: float | None
    n_effective: float | None
    p_below: PBelow = Field(
        description="By line, the probability that the true share lies below it; the lines are "
        "those of the rule, or 0.7 and 0.6 without one."
    )


class ItemOut(EstimateOut):
    """One scale item or matrix row by the official method."""

    item: str
    label: str
    item_weight: float
    not_applicable: float | None = Field(description="Unweighted share of those asked.")
    no_answer: float | None = Field(description="Unweighted share of those asked.")
    domains: list[DomainOut]


class RuleSourceOut(BaseModel):
    """Where the rule is written, and its words."""

    document: str
    title: str
    table: str
    row: int
    indicator: str
    text: str
    url: str


class RuleOut(BaseModel):
    """What the rule of the standard makes of the composite."""

    verdict: Literal["no_deduction", "deduct_10", "void"] | None = Field(
        description="null without an estimate."
    )
    verdict_certain: bool | None = Field(
        description="Whether the whole interval lies on the verdict's side of the lines."
    )
    p_below: PBelow
    points_deducted: float | None = Field(
        description="0 or 10; 10 too when void: the deduction stands beside the veto."
    )
    source: RuleSourceOut


class MethodOut(BaseModel):
    """The composite by one method, beside the official one."""

    method: str
    name: str
    official: bool
    estimate: Share | None
    se: float | None
    ci: Interval | None
    p_below: PBelow
    unweighted: Share | None
    verdict: Literal["no_deduction", "deduct_10", "void"] | None = Field(
        description="null without an estimate, and without a rule."
    )
    verdict_certain: bool | None


class WeightsOut(BaseModel):
    """How unequal the weights of the respondents are; null without respondents."""

    min: float | None
    max: float | None
    mean: float | None
    cv: float | None


class MarginOut(BaseModel):
    """One population category: what was wanted, and what the weights add up to."""

    variable: str
    category: str
    label: str
    population: float
    weighted: float
    respondents: int


class BalanceCategoryOut(BaseModel):
    """One population category: shares of the population, the sample, and the weighted sample."""

    variable: str
    category: str
    label: str
    population: Share
    sample: Share
    weighted: Share
    difference: float = Field(description="Sample less population.")
    standardised_difference: float | None = Field(
        description="The same in standard deviations of the category in the population."
    )


class BalanceOut(BaseModel):
    """How far the sample is from the population before weighting, and what closing that costs."""

    largest_before: float = Field(description="Largest absolute difference of shares.")
    largest_after: float = Field(description="What weighting leaves of it.")
    deff_kish: float | None = Field(description="The price: inflation of variance by the weights.")
    categories: list[BalanceCategoryOut]


class WithoutFlaggedOut(BaseModel):
    """The composite when the responses flagged by quality rules are left out."""

    flagged: int = Field(description="How many responses are flagged that nothing else excludes.")
    n: int
    estimate: Share | None
    se: float | None
    ci: Interval | None
    verdict: Literal["no_deduction", "deduct_10", "void"] | None
    verdict_certain: bool | None


class GainOut(BaseModel):
    """What further responses of one category would make of the composite's precision."""

    variable: str
    category: str
    label: str
    n: int = Field(description="Responses of the category now.")
    se: float | None = Field(description="The standard error with the further ones.")
    se_saved: float | None
    ci: Interval | None
    n_effective: float | None
    p_below: PBelow


class FurtherOut(BaseModel):
    """What so many further responses would buy, by category; the largest saving first."""

    responses: int
    gains: list[GainOut]


class CrossingOut(BaseModel):
    """How many fake responses would carry the composite over a line."""

    line: Share
    direction: Literal["below", "to"] = Field(
        description="`below`: the estimate stands at or above the line now; `to`: below it."
    )
    spread: int | None = Field(description="Fakes distributed as the sample is.")
    spread_share: Share | None = Field(description="Their share of all responses with them.")
    aimed: int | None = Field(description="Fakes that suffice for who knows weights and answers.")
    aimed_share: Share | None


class DecisionOut(BaseModel):
    """How firm the result is. Only with `?include=decision`."""

    further_responses: FurtherOut
    fake_responses: list[CrossingOut]


class StatementOut(BaseModel):
    """One item of the method statement, in words."""

    item: str
    name: str
    code: str
    text: str


class QuestionOut(BaseModel):
    """One question as respondents read it."""

    wording: str
    rows: list[str]
    choices: list[str]
    asked_of_all: bool


class DisclosureOut(BaseModel):
    """The method statement that has to go with the figures, after AAPOR's disclosure standards."""

    statements: list[StatementOut]
    unknown: list[str] = Field(description="Items that nobody stated.")
    questions: list[QuestionOut]


class IntervalOut(BaseModel):
    """What kind of interval `ci` is."""

    name: str
    kind: str
    confidence_level: float


class WeightingOut(BaseModel):
    """How the responses were weighted."""

    method: Literal["rake", "none"]
    description: str
    variables: list[str]
    margins: str | None
    source: str | None = Field(description="Source of the margins, and what was assumed.")


class MethodologyOut(BaseModel):
    """What must be said beside every figure."""

    method: str
    name: str
    weighting: WeightingOut
    variance: str
    interval: IntervalOut
    item_nonresponse: str
    participation: str
    small_domains: str
    disclosure: DisclosureOut


class SatisfactionOut(EstimateOut):
    """The satisfaction of a survey: the composite on top, everything else beside it."""

    item: Literal["composite"]
    survey: str
    domains: list[DomainOut]
    items: list[ItemOut]
    rule: RuleOut | None = Field(description=NO_RULE)
    as_of: datetime
    responses: int = Field(description="All stored responses, excluded ones too.")
    excluded: dict[str, int] = Field(description="Responses not in the estimate, by reason.")
    simulated: int = Field(description="How many of the responses are simulated.")
    channels: dict[str, int]
    first_response_at: datetime | None
    last_response_at: datetime | None
    methods: list[MethodOut]
    weights: WeightsOut
    margins: list[MarginOut]
    differences: list[DifferenceOut] = Field(
        description="Each district that may be shown against all others."
    )
    by_channel: list[DomainOut]
    without_flagged: WithoutFlaggedOut | None = Field(
        description="null when no response is flagged."
    )
    balance: BalanceOut | None = Field(description="null when not weighted.")
    decision: DecisionOut | None = Field(description="null without `?include=decision`.")
    methodology: MethodologyOut
    warnings: list[str]
    converged: bool
    iterations: int
