"""What the evaluator's page shows, ready to be placed by its template.

Texts are already in the reader's language and figures already written; `present.py` makes these.
"""

from dataclasses import dataclass

from backend.results.figures import Bar


@dataclass(frozen=True)
class Fact:
    """A name and what belongs to it."""

    name: str
    value: str


@dataclass(frozen=True)
class Headline:
    """The composite by the official method."""

    value: str
    interval_name: str
    interval: str
    bar: Bar
    legend: str
    unweighted: str
    difference: str


@dataclass(frozen=True)
class VerdictCard:
    """What the rule makes of the composite."""

    tone: str
    verdict: str
    verdict_in_full: tuple[str, str]
    is_certain: bool
    probabilities: tuple[Fact, ...]


@dataclass(frozen=True)
class MethodRow:
    """The composite by one method, and the verdict where a rule makes one."""

    name: str
    is_official: bool
    value: str
    interval: str
    unweighted: str
    tone: str
    verdict: str
    is_certain: bool


@dataclass(frozen=True)
class ItemRow:
    """One scale item or matrix row by the official method."""

    label: str
    n: str
    value: str
    interval: str
    bar: Bar | None
    not_applicable: str
    no_answer: str


@dataclass(frozen=True)
class ItemGroup:
    """The items of one dimension, in the questionnaire's order; `weight` in the composite."""

    title: str
    weight: str | None
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True)
class DomainRow:
    """One district; `bar` is None and `value` says so where too few answered."""

    label: str
    n: str
    suppressed: bool
    value: str
    interval: str
    bar: Bar | None


@dataclass(frozen=True)
class MarginRow:
    """One population category: its share of the people, the respondents, and the weights."""

    label: str
    respondents: str
    population_share: str
    respondents_share: str
    weighted_share: str
    difference: str


@dataclass(frozen=True)
class MarginTable:
    """The categories of one weighting variable."""

    variable: str
    rows: tuple[MarginRow, ...]


@dataclass(frozen=True)
class ResultsPage:
    """The whole page.

    `simulated` warns of simulated responses, where there are any. `headline` is None without
    responses, and so is `verdict`; without a rule (`has_rule`) there is no verdict at all.
    """

    title: str
    slug: str
    responses: str
    used: str
    as_of: str
    simulated: str | None
    is_weighted: bool
    has_rule: bool
    headline: Headline | None
    verdict: VerdictCard | None
    precision: tuple[Fact, ...]
    cautions: tuple[str, ...]
    methods: tuple[MethodRow, ...]
    items: tuple[ItemGroup, ...]
    domains: tuple[DomainRow, ...]
    margins: tuple[MarginTable, ...]
    channels: tuple[Fact, ...]
    exclusions: tuple[Fact, ...]
    collected: str
    methodology: tuple[Fact, ...]
