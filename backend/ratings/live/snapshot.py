"""Everything that a rating's reports show, as one document: of an open round as it stands, and of a
closed one as it was frozen.

A report renders this and nothing else, so that a closed round prints the same figures ever after.
Texts of the official documents are in it; texts of ours are not, so that it has no language.
"""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from analysis.rating.rate import VetoReason
from backend.ratings.live.rules import RulesPart
from backend.ratings.schemas import RatingOut, Star


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class StandardPart(_Frozen):
    """The standard, and the hash of the data file that it was read from."""

    id: str
    title: str
    document: str
    unit: Literal["city", "county"]
    sha256: str
    notes: list[str]


class RoundPart(_Frozen):
    """The round; `closed_by` and `closed_at` are None while it is open."""

    slug: str
    title: str
    area_name: str
    division_code: str
    opens_on: date
    due_on: date
    as_of: date
    security_from: date
    national_benchmark: bool
    is_demonstration: bool
    closed_by: str | None
    closed_at: datetime | None


class HeadingPart(_Frozen):
    """Points of a first-level heading; deductions are negative."""

    first: str
    points: float | None
    maximum: float | None


class FigurePart(_Frozen):
    """A figure or attestation of a row; `value` None where it is missing."""

    key: str
    name: str
    kind: str
    unit: str | None
    value: float | bool | None
    numerator: float | None
    denominator: float | None
    numerator_name: str | None
    denominator_name: str | None


class EvidencePart(_Frozen):
    """A piece of evidence: a link, or a file with its hash."""

    public_id: str
    title: str
    url: str | None
    file_name: str | None
    sha256: str | None


class RequirementPart(_Frozen):
    """What a level asks for; absent levels ("/") are left out."""

    level: str
    text: str
    points: float | None


class RowPart(_Frozen):
    """One indicator: what was required, what was entered, what it gives.

    `counts` says whether its figures enter the rating: in a frozen one, only accepted rows do.
    """

    number: int
    table: str | None
    first: str
    second: str
    name: str
    definition: str
    departments: list[str]
    requirements: list[RequirementPart]
    state: str | None
    counts: bool
    level: str | None
    status: str | None
    missing: list[str]
    points: float | None
    maximum: float | None
    rule: str
    source: str
    figures: list[FigurePart]
    note: str
    evidence: list[EvidencePart]
    changed_by: str | None
    changed_at: datetime | None


class InnovationPart(_Frozen):
    """A registered case: `points` None with the reason's code where it adds nothing."""

    public_id: str
    kind: str
    kind_name: str
    dated_on: date
    title: str
    issuer: str
    department: str
    evidence_url: str
    points: float | None
    reason: str | None


class IncidentPart(_Frozen):
    """A security incident that counts."""

    public_id: str
    dated_on: date
    points: float
    is_major: bool
    notice: str
    handling: str
    state: str


class BoundPart(_Frozen):
    """The rating under one value of the satisfaction."""

    satisfaction: float
    total: float | None
    star: Star | None
    vetoed: bool
    survey_deduction: float


class BoundsPart(_Frozen):
    """The rating under the lower bound, the estimate and the upper bound of the interval.

    `is_settled` says whether neither verdict nor star differ between them.
    """

    lower: BoundPart
    estimate: BoundPart
    upper: BoundPart
    is_settled: bool


class Snapshot(_Frozen):
    """One rating with all that it follows from.

    Attributes
    ----------
    rules
        The lines and caps that the rating follows from.
    vetoes
        Why the whole scores nothing, as codes.
    satisfaction
        As the satisfaction's API answers; None when there is no survey or no estimate.
    tabulation
        The counts and moments that it was estimated from; only in a frozen one.
    """

    format: Literal[1] = 1
    software: str
    made_at: datetime
    standard: StandardPart
    rules: RulesPart
    round: RoundPart
    rating: RatingOut
    vetoes: list[VetoReason]
    bounds: BoundsPart | None
    headings: list[HeadingPart]
    rows: list[RowPart]
    innovations: list[InnovationPart]
    incidents: list[IncidentPart]
    satisfaction: dict[str, Any] | None
    tabulation: dict[str, Any] | None
