"""What the report shows in every format; texts are in the reader's language, figures written.

`present.py` makes these from a snapshot. Words of the official documents stay Chinese.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.ratings.rounds.views.head import RoundHead


@dataclass(frozen=True)
class Fact:
    """A name and what belongs to it."""

    name: str
    value: str


@dataclass(frozen=True)
class SumLine:
    """One part of the total; `is_total` for the last."""

    name: str
    points: str
    is_total: bool = False


@dataclass(frozen=True)
class HeadingLine:
    """Points of a first-level heading; `share` of its maximum, None where it only deducts."""

    name: str
    points: str
    maximum: str
    share: float | None
    share_text: str


@dataclass(frozen=True)
class TableLine:
    """How many indicators of a table hold at least each level, where there are no points."""

    name: str
    indicators: str
    reached: tuple[Fact, ...]
    unsettled: str


@dataclass(frozen=True)
class RequirementLine:
    """What a level asks for; `is_held` for the level that the indicator holds."""

    level: str
    text: str
    points: str
    is_held: bool


@dataclass(frozen=True)
class FigureLine:
    """A figure or attestation; `sides` are numerator and denominator, or empty."""

    name: str
    value: str
    sides: str


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence: an address, or the name and hash of a file. `url` is http(s)."""

    title: str
    url: str | None
    detail: str


@dataclass(frozen=True)
class RowLine:
    """One indicator.

    `requirement` is what the level held asks for, or what the lowest would have asked for.
    """

    number: str
    second: str
    name: str
    definition: str
    departments: str
    level: str
    tone: str
    points: str
    maximum: str
    requirement: str
    requirements: tuple[RequirementLine, ...]
    figures: tuple[FigureLine, ...]
    missing: str
    evidence: tuple[EvidenceLine, ...]
    note: str
    state: str
    not_counted: str
    source: str


@dataclass(frozen=True)
class RowGroup:
    """The indicators of a first-level heading; `points` such as 14.5 / 20, or empty."""

    title: str
    points: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True)
class BoundLine:
    """The rating under one value of the satisfaction."""

    name: str
    satisfaction: str
    deduction: str
    total: str
    star: str


@dataclass(frozen=True)
class SatisfactionPart:
    """The satisfaction; `share`, `interval_shares` and `lines` are for its chart."""

    value: str
    interval_name: str
    interval: str
    share: float
    interval_shares: tuple[float, float] | None
    lines: tuple[float, ...]
    facts: tuple[Fact, ...]
    bounds: tuple[BoundLine, ...]
    is_settled: bool
    settled: str


@dataclass(frozen=True)
class CaseLine:
    """A registered innovation case and what it adds, or why nothing."""

    dated_on: str
    kind: str
    title: str
    issuer: str
    department: str
    url: str | None
    points: str
    outcome: str
    is_counted: bool


@dataclass(frozen=True)
class IncidentLine:
    """A security incident that counts."""

    dated_on: str
    notice: str
    handling: str
    points: str
    is_major: bool


@dataclass(frozen=True)
class MethodStatement:
    """One step of the method: our words, the documents' own, and where these are written."""

    name: str
    text: str
    quotes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ReportPage:
    """The whole report.

    Attributes
    ----------
    labels
        Titles of columns and sections, by the names in `wording.LABELS`.
    has_points
        False for a standard without points: then `tables` stand in the place of `headings`.
    preview
        A warning while the round is open, else None; `closed` the opposite.
    warning
        Of a frozen document that is not what was stored; None when it is.
    sha256
        Of the frozen document; None while the round is open.
    charts
        What each chart shows, by its name, as far as there is something to draw.
    """

    language: str
    labels: Mapping[str, str]
    slug: str
    title: str
    round_title: str
    has_points: bool
    preview: str | None
    preview_tag: str
    closed: str | None
    warning: str | None
    demonstration: str | None
    facts: tuple[Fact, ...]
    total: str
    out_of: str
    star: str
    tone: str
    verdicts: tuple[str, ...]
    notes: tuple[str, ...]
    sums: tuple[SumLine, ...]
    headings: tuple[HeadingLine, ...]
    tables: tuple[TableLine, ...]
    satisfaction: SatisfactionPart | None
    no_satisfaction: str
    groups: tuple[RowGroup, ...]
    cases: tuple[CaseLine, ...]
    incidents: tuple[IncidentLine, ...]
    methodology: tuple[MethodStatement, ...]
    signatures: tuple[str, ...]
    versions: tuple[Fact, ...]
    sha256: str | None
    charts: Mapping[str, str]


@dataclass(frozen=True)
class ShownReport:
    """The report as the console shows it; `may_close` for those who may hand it out, too."""

    head: RoundHead
    report: ReportPage
    may_close: bool
