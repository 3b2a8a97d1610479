"""The JSON shape of standards and ratings; every name of the public interface stands here once."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

Level = Literal["three", "four", "five", "none", "unknown"]
Star = Literal["none", "three", "four_basic", "four_growth", "five"]


class CountedOut(BaseModel):
    """An innovation case that counts; `points` is less than its kind gives where a cap cuts it."""

    title: str
    kind: str
    date: date
    evidence: str
    points: float


class LeftOutOut(BaseModel):
    """An innovation case that adds nothing."""

    title: str
    kind: str
    date: date
    why: str
    reason: str = Field(description="`why` as a code.")


class InnovationOut(BaseModel):
    """The innovation bonus after all caps; `by_kind` after each kind's own."""

    total: float
    by_kind: dict[str, float]
    counted: list[CountedOut]
    left_out: list[LeftOutOut]


class NextStarOut(BaseModel):
    """The star after the one held."""

    star: Star
    points_missing: float


class LineOut(BaseModel):
    """What one indicator gives; `points` is negative where the row deducts."""

    indicator: int
    name: str
    level: Level | None = Field(
        description="null for rows without levels; `unknown` when figures are missing, so that no "
        "level is known to hold; `none` also for an indicator that was not assessed."
    )
    points: float | None = Field(description="null where the document gives no points.")
    maximum: float | None
    rule: str = Field(description="The document's words that were applied.")
    source: str
    status: Literal["verified", "derived", "unknown", "not_assessed"] | None
    missing: list[str] = Field(description="Names of figures that a higher level hangs on.")


class TableOut(BaseModel):
    """How many indicators of a table reach at least each level."""

    table: str
    indicators: int
    reached: dict[str, int]
    unsettled: int


class RatingOut(BaseModel):
    """A rating. Where the document gives no points, they are null and `tables` has the levels."""

    standard: str
    as_of: date
    base: float | None
    innovation: InnovationOut
    survey_deduction: float
    security_deduction: float
    security_deduction_share: float = Field(
        description="Share of the total that is deducted (2020: 2 % for each leak of secrets)."
    )
    vetoed: bool
    veto_reasons: list[str]
    total: float | None
    maximum: float | None
    star: Star | None
    star_conditions: list[str]
    next_star: NextStarOut | None
    satisfaction: float | None
    surveyed: bool
    notes: list[str]
    tables: list[TableOut]
    lines: list[LineOut]


class StandardSummaryOut(BaseModel):
    """A standard that ships."""

    id: str
    title: str
    unit: Literal["city", "county"]
    indicators: int
    maximum: float | None
    document: str


class StandardOut(BaseModel):
    """A whole standard, as the data file has it."""

    id: str
    title: str
    unit: Literal["city", "county"]
    document: dict[str, Any]
    levels: list[str]
    level_names: dict[str, str]
    stars: list[dict[str, Any]]
    maximum: float | None
    indicators: list[dict[str, Any]]


class StandardsOut(BaseModel):
    """A page of standards."""

    items: list[StandardSummaryOut]
    next_cursor: str | None


class RatingSummaryOut(BaseModel):
    """One round and its rating in short."""

    id: str
    title: str
    area_name: str
    division_code: str
    state: Literal["open", "closed"]
    standard: str
    as_of: date
    total: float | None
    maximum: float | None
    star: Star | None
    vetoed: bool


class RatingsOut(BaseModel):
    """A page of ratings."""

    items: list[RatingSummaryOut]
    next_cursor: str | None


class AreaRatingOut(RatingOut):
    """The rating of a round, and whose it is."""

    id: str
    title: str
    area_name: str
    division_code: str
    state: Literal["open", "closed"]
    frozen_sha256: str | None = Field(
        description="Of the document that a closed round was frozen as."
    )
