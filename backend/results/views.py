"""What the evaluator's page shows, ready to be placed by its template.

Texts are already in the reader's language and figures already written; `present.py` makes these.
"""

from collections.abc import Mapping
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
    not_applicable: str
    no_answer: str


@dataclass(frozen=True)
class ItemGroup:
    """The items of one dimension, in the questionnaire's order; `weight` in the composite."""

    title: str
    weight: str | None
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True)
class ChartImage:
    """A chart as a picture: its address, and what it shows in words."""

    path: str
    alt: str


@dataclass(frozen=True)
class DifferenceCell:
    """How far a district is from the others, in points, and whether that is more than chance."""

    value: str
    interval: str
    is_different: bool


@dataclass(frozen=True)
class DomainRow:
    """One district; where too few answered, `value` says so and there is no difference."""

    label: str
    n: str
    suppressed: bool
    value: str
    interval: str
    difference: DifferenceCell | None


@dataclass(frozen=True)
class GainRow:
    """What further responses of one category would bring: half-width, error saved, effective n."""

    label: str
    n: str
    half_width: str
    saved: str
    n_effective: str


@dataclass(frozen=True)
class GainTable:
    """What so many further `responses` would bring: now, the best categories, and the others."""

    responses: str
    now: GainRow
    first: tuple[GainRow, ...]
    others: tuple[GainRow, ...]


@dataclass(frozen=True)
class ChannelRow:
    """The composite of those who came one way."""

    label: str
    n: str
    value: str
    interval: str


@dataclass(frozen=True)
class FlaggedRow:
    """The composite with or without the flagged responses."""

    label: str
    n: str
    value: str
    interval: str
    verdict: str


@dataclass(frozen=True)
class BalanceSummary:
    """The largest gap between sample and population before and after weighting, and the price."""

    before: str
    after: str
    deff: str


@dataclass(frozen=True)
class DisclosureSection:
    """The method statement, and each question in its lines: wording, rows, choices."""

    statements: tuple[Fact, ...]
    questions: tuple[tuple[str, ...], ...]


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
    responses, and so is `verdict`; without a rule (`has_rule`) there is no verdict at all. `charts`
    are by name: `districts`, `items`, `structure`, as far as there is something to draw.
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
    charts: Mapping[str, ChartImage]
    fakes: tuple[str, ...]
    gains: GainTable | None
    by_channel: tuple[ChannelRow, ...]
    flagged: tuple[FlaggedRow, ...]
    balance: BalanceSummary | None
    disclosure: DisclosureSection
