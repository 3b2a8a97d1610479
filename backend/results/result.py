"""What a pull of the satisfaction leads to: frozen values, before any page or JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analysis.design import Gain
from analysis.disclosure import Disclosure
from analysis.estimation import Difference, Estimate
from analysis.margins import BilingualText
from analysis.quality.robustness import Crossing
from analysis.rating.survey_rule import SurveyRule, SurveyVerdict
from analysis.weighting import Weights
from analysis.weighting.balance import Balance
from backend.surveys.service import PublishedSurvey
from survey_forms.definition import Measure


@dataclass(frozen=True)
class Domain:
    """One category of a variable; `n` is known even where the estimate is kept back."""

    variable: str
    category: str
    n: int
    estimate: Estimate | None

    @property
    def suppressed(self) -> bool:
        """Whether too few answered for figures to be shown."""
        return self.estimate is None


@dataclass(frozen=True)
class Reaction:
    """How respondents reacted to one measure, unweighted: they sum to the respondents.

    The levels run from 1 (非常不满意) to 5 (非常满意).
    """

    by_level: tuple[int, int, int, int, int]
    not_applicable: int
    no_answer: int
    not_shown: int

    @property
    def shown(self) -> int:
        """How many were asked."""
        return sum(self.by_level) + self.not_applicable + self.no_answer

    @property
    def not_applicable_share(self) -> float | None:
        """Of those asked, who do not know or use it; None when nobody was asked."""
        return self.not_applicable / self.shown if self.shown else None

    @property
    def no_answer_share(self) -> float | None:
        """Of those asked, who gave no answer; None when nobody was asked."""
        return self.no_answer / self.shown if self.shown else None


@dataclass(frozen=True)
class ItemResult:
    """One measure by the official method."""

    measure: Measure
    estimate: Estimate
    domains: tuple[Domain, ...]
    reaction: Reaction


@dataclass(frozen=True)
class MethodResult:
    """The composite by one method, weighted and not, and what the rule, if any, makes of it."""

    method: str
    is_official: bool
    estimate: Estimate
    unweighted: Estimate
    verdict: SurveyVerdict | None


@dataclass(frozen=True)
class Caution:
    """Something that a reader of the result must know; `results.wording` has the words."""

    code: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Collection:
    """How the responses came in. `simulated` are counted in `responses`, excluded ones too."""

    responses: int
    simulated: int
    by_channel: Mapping[str, int]
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class DomainDifference:
    """How far a shown domain is from all other respondents."""

    variable: str
    category: str
    difference: Difference


@dataclass(frozen=True)
class WithoutFlagged:
    """The composite when the flagged responses are left out, beside the one with them.

    `flagged` is how many of the responses that nothing else excludes that is.
    """

    flagged: int
    estimate: Estimate
    verdict: SurveyVerdict | None


@dataclass(frozen=True)
class DecisionSupport:
    """What so many further `responses` of each category would buy, and the fakes for each line."""

    responses: int
    gains: tuple[Gain, ...]
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True)
class SatisfactionResult:
    """The satisfaction of a survey at a time.

    Attributes
    ----------
    composite, domains, verdict
        By the official method; the verdict is None without an estimate or without a rule.
    methods
        The composite by every method, in the order of `analysis.scoring.METHODS`.
    excluded
        How many stored responses are not in the estimate, by reason.
    rule
        By which the questionnaire is judged; None when it names none.
    margins, margins_source
        Id and source of the population margins; None when not weighted.
    channels
        The composite by the way in which responses came; none when a weighting variable has that
        name.
    without_flagged
        None when nothing used is flagged.
    differences
        Of each shown district from the rest, by the official method.
    balance
        Sample and population before and after weighting; None when not weighted.
    decision
        None where nobody asked for it.
    """

    survey: PublishedSurvey
    as_of: datetime
    collection: Collection
    excluded: Mapping[str, int]
    official_method: str
    composite: Estimate
    domains: tuple[Domain, ...]
    items: tuple[ItemResult, ...]
    methods: tuple[MethodResult, ...]
    rule: SurveyRule | None
    verdict: SurveyVerdict | None
    weights: Weights
    variables: tuple[str, ...]
    margins: str | None
    margins_source: BilingualText | None
    cautions: tuple[Caution, ...]
    channels: tuple[Domain, ...]
    without_flagged: WithoutFlagged | None
    differences: tuple[DomainDifference, ...]
    balance: Balance | None
    disclosure: Disclosure
    decision: DecisionSupport | None
