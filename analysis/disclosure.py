"""The method statement that goes with every estimate: what is known, and what is not.

It follows the disclosure items of AAPOR's Code (2021, section III) and Transparency Initiative,
its Guidance on Reporting Precision for Nonprobability Samples (2016), and its Standard Definitions
(2016) for rates. Statements are codes with arguments; their words are the caller's. Every item is
always there: what nobody stated is said to be unknown, never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analysis.margins import BilingualText

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Question:
    """One question as respondents read it, with its answer choices in order.

    `choices` is empty for a free answer; `rows` are the parts of a matrix. `shown_if` says
    whether only some respondents were asked.
    """

    wording: BilingualText
    rows: tuple[BilingualText, ...] = ()
    choices: tuple[BilingualText, ...] = ()
    shown_if: bool = False


@dataclass(frozen=True)
class WeightingFacts:
    """How the sample was weighted. `bounds` are multiples of the mean weight; None untrimmed."""

    method: str
    variables: tuple[str, ...]
    source: BilingualText | None
    deff_kish: float | None
    n_effective: float | None
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class IntervalFacts:
    """How the interval was made; `confidence_level` is between 0 and 1."""

    method: str
    confidence_level: float


@dataclass(frozen=True)
class SurveyFacts:
    """What is known of a survey and its estimate.

    Attributes
    ----------
    sponsor, conductor
        Who wanted the survey and who carried it out; None when not stated.
    population, frame
        Whom the estimate is about, and the list they were drawn from; None when not stated.
    is_probability_sample
        Whether each respondent had a known chance to be drawn. False for a link or a QR code
        that anybody may follow: respondents then chose themselves.
    modes
        The channels through which responses came, the most frequent first.
    first_at, last_at
        When the first and the last response came; None without responses.
    received, used
        All responses, and those behind the estimate.
    excluded
        How many were left out, by reason.
    invited
        People invited one by one; None for an open call.
    weighting
        None for an unweighted estimate.
    questions
        Those behind the estimate.
    no_answer, not_applicable
        Smallest and largest share over the questions, of those asked; None without responses.
    quality_rules
        The rules by which responses were looked at, in order.
    simulated
        How many of the responses a program made up, for a demonstration.
    """

    sponsor: BilingualText | None
    conductor: BilingualText | None
    population: BilingualText | None
    frame: BilingualText | None
    is_probability_sample: bool
    modes: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    received: int
    used: int
    excluded: Mapping[str, int]
    invited: int | None
    weighting: WeightingFacts | None
    interval: IntervalFacts
    questions: tuple[Question, ...]
    no_answer: tuple[float, float] | None
    not_applicable: tuple[float, float] | None
    quality_rules: tuple[str, ...] = ()
    simulated: int = 0


@dataclass(frozen=True)
class Statement:
    """What is said under one item; `code` is `unknown` where nobody stated it."""

    item: str
    code: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Disclosure:
    """All items of the method statement, in their order, and the questions word for word."""

    statements: tuple[Statement, ...]
    questions: tuple[Question, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The items that nobody stated."""
        return tuple(said.item for said in self.statements if said.code == UNKNOWN)


def disclose(facts: SurveyFacts) -> Disclosure:
    """State every item of the disclosure from the facts of a survey."""
    return Disclosure(
        statements=(
            _stated("sponsor", facts.sponsor),
            _stated("conductor", facts.conductor),
            _stated("population", facts.population),
            _frame(facts),
            _selection(facts),
            _mode(facts),
            _dates(facts),
            _sample_size(facts),
            _participation(facts),
            _weighting(facts),
            _design_effect(facts),
            _precision(facts),
            _wording(facts),
            _processing(facts),
            _item_nonresponse(facts),
            _limitations(facts),
        ),
        questions=facts.questions,
    )


def _stated(item: str, text: BilingualText | None) -> Statement:
    return Statement(item, UNKNOWN) if text is None else Statement(item, "stated", {"text": text})


def _frame(facts: SurveyFacts) -> Statement:
    if facts.frame is None and not facts.is_probability_sample:
        return Statement("frame", "none_open_call")
    return _stated("frame", facts.frame)


def _selection(facts: SurveyFacts) -> Statement:
    code = "probability" if facts.is_probability_sample else "self_selected"
    return Statement("selection", code)


def _mode(facts: SurveyFacts) -> Statement:
    if not facts.modes:
        return Statement("mode", UNKNOWN)
    return Statement("mode", "by_channels", {"channels": facts.modes})


def _dates(facts: SurveyFacts) -> Statement:
    if facts.first_at is None or facts.last_at is None:
        return Statement("dates", UNKNOWN)
    return Statement("dates", "between", {"first_at": facts.first_at, "last_at": facts.last_at})


def _sample_size(facts: SurveyFacts) -> Statement:
    counted = {"received": facts.received, "used": facts.used, "excluded": facts.excluded}
    if facts.simulated:
        return Statement(
            "sample_size", "counted_with_simulated", {**counted, "simulated": facts.simulated}
        )
    return Statement("sample_size", "counted", counted)


def _participation(facts: SurveyFacts) -> Statement:
    """Usable responses over people invited; without invitations nobody knows the denominator.

    AAPOR Standard Definitions (2016) call this the participation rate, and keep "response rate"
    for probability samples.
    """
    if not facts.invited:
        return Statement("participation", "cannot_be_computed")
    return Statement(
        "participation",
        "rate",
        {"rate": facts.used / facts.invited, "used": facts.used, "invited": facts.invited},
    )


def _weighting(facts: SurveyFacts) -> Statement:
    weighting = facts.weighting
    if weighting is None:
        return Statement("weighting", "none")
    code = "to_margins" if weighting.bounds is None else "to_margins_trimmed"
    return Statement(
        "weighting",
        code,
        {
            "method": weighting.method,
            "variables": weighting.variables,
            "source": weighting.source,
            "bounds": weighting.bounds,
        },
    )


def _design_effect(facts: SurveyFacts) -> Statement:
    weighting = facts.weighting
    if weighting is None:
        return Statement("design_effect", "unweighted")
    if weighting.deff_kish is None or weighting.n_effective is None:
        return Statement("design_effect", UNKNOWN)
    return Statement(
        "design_effect",
        "kish",
        {"deff_kish": weighting.deff_kish, "n_effective": weighting.n_effective},
    )


def _precision(facts: SurveyFacts) -> Statement:
    """For self-selected respondents an interval rests on a model and is no sampling error."""
    code = "sampling_error" if facts.is_probability_sample else "model_based"
    return Statement(
        "precision",
        code,
        {"interval": facts.interval.method, "confidence_level": facts.interval.confidence_level},
    )


def _wording(facts: SurveyFacts) -> Statement:
    if not facts.questions:
        return Statement("wording", UNKNOWN)
    return Statement("wording", "word_for_word", {"questions": len(facts.questions)})


def _processing(facts: SurveyFacts) -> Statement:
    if not facts.quality_rules:
        return Statement("processing", "no_quality_rules")
    return Statement("processing", "quality_rules", {"rules": facts.quality_rules})


def _item_nonresponse(facts: SurveyFacts) -> Statement:
    if facts.no_answer is None or facts.not_applicable is None:
        return Statement("item_nonresponse", UNKNOWN)
    return Statement(
        "item_nonresponse",
        "left_out_of_the_item",
        {"no_answer": facts.no_answer, "not_applicable": facts.not_applicable},
    )


def _limitations(facts: SurveyFacts) -> Statement:
    code = "probability" if facts.is_probability_sample else "self_selected"
    return Statement("limitations", code)
