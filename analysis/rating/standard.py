"""An indicator standard as typed, frozen values: what a document asks for, and what it gives.

The figures and words are in `analysis/standards/*.yaml`, one file a standard, transcribed from the
document named there. What follows from them is left to `levels`, `innovation`, `security`,
`survey_rule` and `star`.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

LevelName = Literal["three", "four", "five"]
StarName = Literal["three", "four_basic", "four_growth", "five"]
# How a figure is written and bounded: a share lies from 0 to 1; a ratio is not bounded by 1; a
# change may be negative; a count is a whole number; a quantity is not negative and has a unit;
# a rank is a whole number from 1, where 1 is best.
MeasureKind = Literal["share", "ratio", "change", "count", "quantity", "rank"]
LEVELS: tuple[LevelName, ...] = ("three", "four", "five")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    """A value that never changes and takes no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Frozen):
    """Where a standard is written: number of the document, its title, the table in it, address."""

    number: Text
    title: Text
    table: Text
    issued_on: date
    url: Text | None = None


class Quantity(Frozen):
    """One side of a ratio: what is counted, and in which unit."""

    name: Text
    unit: Text


class Measure(Frozen):
    """A figure that a requirement asks for.

    Attributes
    ----------
    unit
        Of a count or quantity, such as 个; none for shares, ratios, changes and ranks.
    numerator, denominator
        What a share or ratio divides.
    weights
        Of a weighted average: measures of the same indicator and their weights, which need not
        sum to 1. Its figure follows from theirs.
    """

    name: Text
    kind: MeasureKind
    unit: Text | None = None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    weights: dict[Key, Annotated[float, Field(gt=0)]] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.numerator is None) is not (self.denominator is None):
            raise ValueError("a ratio names both its numerator and its denominator")
        if (self.unit is None) is (self.kind in ("count", "quantity")):
            raise ValueError("counts and quantities have a unit, and nothing else has")
        return self


class Condition(Frozen):
    """A requirement without a figure, to be attested with evidence."""

    name: Text


class Criterion(Frozen):
    """A comparison of one measure, one attested condition, or several criteria joined.

    Exactly one of: `measure` with one operator (达到, 不少于: `at_least`; 超过: `above`; 小于:
    `below`; `at_most`), `condition`, `all`, `any`.
    """

    measure: Key | None = None
    at_least: float | None = None
    above: float | None = None
    below: float | None = None
    at_most: float | None = None
    condition: Key | None = None
    all: tuple["Criterion", ...] | None = None
    any: tuple["Criterion", ...] | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        kinds = [self.measure, self.condition, self.all, self.any]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a criterion is one of measure, condition, all, any")
        bounds = [self.at_least, self.above, self.below, self.at_most]
        if sum(bound is not None for bound in bounds) != (self.measure is not None):
            raise ValueError("a measure has one operator, and nothing else has any")
        if self.all == () or self.any == ():
            raise ValueError("`all` and `any` join at least one criterion")
        return self

    def leaves(self) -> Iterator["Criterion"]:
        """Return the comparisons and conditions in it, in the order of the text."""
        joined = self.all or self.any
        if joined is None:
            yield self
            return
        for part in joined:
            yield from part.leaves()


class Requirement(Frozen):
    """What one level of an indicator asks for; `points` is None where a document gives none."""

    text: Text
    points: Annotated[float, Field(gt=0)] | None = None
    criteria: Criterion


class Row(Frozen):
    """What every row of the table has. `number` is the document's, or ours where it has none."""

    number: Annotated[int, Field(ge=1)]
    table: Text | None = None
    first: Text
    second: Text
    name: Text
    definition: Text
    formulas: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    departments: tuple[Text, ...] = ()


class LeveledIndicator(Row):
    """A row whose levels have requirements; a level that the document marks "/" is absent."""

    kind: Literal["levels"]
    measures: dict[Key, Measure] = {}
    conditions: dict[Key, Condition] = {}
    requirements: dict[LevelName, Requirement]

    @property
    def lowest(self) -> Requirement:
        """The requirement of its lowest level."""
        return self._ascending()[0]

    @property
    def maximum(self) -> float:
        """The points of its highest level; 0 where the document gives none."""
        return max((each.points or 0.0) for each in self.requirements.values())

    @model_validator(mode="after")
    def _names_what_it_has(self) -> Self:
        used = [leaf for each in self.requirements.values() for leaf in each.criteria.leaves()]
        measures = {leaf.measure for leaf in used} - {None}
        conditions = {leaf.condition for leaf in used} - {None}
        parts = {part for each in self.measures.values() for part in each.weights or {}}
        if self.measures.keys() & self.conditions.keys():
            raise ValueError("a measure and a condition have the same name")
        if measures | parts != self.measures.keys() or conditions != self.conditions.keys():
            raise ValueError("measures and conditions are those that the requirements name")
        points = [each.points or 0.0 for each in self._ascending()]
        if any(points) and any(low >= high for low, high in pairwise(points)):
            raise ValueError("points rise with the level")
        return self

    def _ascending(self) -> list[Requirement]:
        return [self.requirements[level] for level in LEVELS if level in self.requirements]


class SecurityIndicator(Row):
    """The row on network-security incidents, or on leaks of secrets.

    Attributes
    ----------
    void_above
        Accumulated points above which the whole scores nothing.
    deduct_share_each
        The share of the total that each incident costs (2020: 2 % for each leak).
    """

    kind: Literal["security"]
    text: Text
    void_above: float | None = None
    void_on_major_incident: bool = False
    deduct_share_each: Share | None = None


class InnovationKind(Frozen):
    """One kind of innovation demonstration: points for each, and at most `cap` points in all."""

    name: Text
    text: Text
    points: Annotated[float, Field(gt=0)]
    cap: Annotated[float, Field(gt=0)] | None = None


class InnovationIndicator(Row):
    """The row on innovation demonstrations, whose kinds are in the order of the document."""

    kind: Literal["innovation"]
    text: Text
    window_years: Annotated[int, Field(ge=1)]
    cap: Annotated[float, Field(gt=0)]
    kinds: dict[Key, InnovationKind]


class SurveyIndicator(Row):
    """The row on the citizen-experience survey; lines are shares from 0 to 1."""

    kind: Literal["survey"]
    text: Text
    deduct_below: Share
    deduct_points: Annotated[float, Field(gt=0)]
    void_below: Share


Indicator = Annotated[
    LeveledIndicator | SecurityIndicator | InnovationIndicator | SurveyIndicator,
    Field(discriminator="kind"),
]


class StarLevel(Frozen):
    """A star level: points from which it is reached; `needs_benchmark` asks for a judgement too."""

    star: StarName
    name: Text
    points: float
    needs_benchmark: bool = False
    text: Text


class Standard(Frozen):
    """An indicator table: `stars` ascend, and are empty where the document gives no points."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    unit: Literal["city", "county"]
    document: Document
    levels: tuple[LevelName, ...]
    level_names: dict[LevelName, Text]
    stars: tuple[StarLevel, ...] = ()
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        numbers = [each.number for each in self.indicators]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("indicators are numbered from 1 in their order")
        if any(low.points >= high.points for low, high in pairwise(self.stars)):
            raise ValueError("stars ascend")
        for each in self.leveled:
            if set(each.requirements) - set(self.levels):
                raise ValueError(f"indicator {each.number} has a level that the standard has not")
        return self

    @cached_property
    def leveled(self) -> tuple[LeveledIndicator, ...]:
        """The rows that have levels."""
        return tuple(each for each in self.indicators if isinstance(each, LeveledIndicator))

    @cached_property
    def security(self) -> SecurityIndicator | None:
        """The row on security incidents."""
        return next((row for row in self.indicators if isinstance(row, SecurityIndicator)), None)

    @cached_property
    def innovation(self) -> InnovationIndicator | None:
        """The row on innovation demonstrations that earn points."""
        return next((row for row in self.indicators if isinstance(row, InnovationIndicator)), None)

    @cached_property
    def survey(self) -> SurveyIndicator | None:
        """The row on the citizen-experience survey."""
        return next((row for row in self.indicators if isinstance(row, SurveyIndicator)), None)

    @property
    def gives_points(self) -> bool:
        """Whether the document turns levels into points; otherwise only levels are reported."""
        return bool(self.stars)

    @property
    def maximum(self) -> float:
        """The most points: the highest level everywhere, and the cap of innovations."""
        bonus = self.innovation.cap if self.innovation else 0.0
        return sum(each.maximum for each in self.leveled) + bonus

    def indicator(self, number: int) -> Indicator | None:
        """The row of that number, or None."""
        return self.indicators[number - 1] if 1 <= number <= len(self.indicators) else None

    def source(self, number: int) -> str:
        """Where a row is written: document, table and row, in the document's words."""
        row, document = self.indicators[number - 1], self.document
        # Where the rows are spread over several tables, their numbers are ours.
        place = f"{row.table} {row.name}" if row.table else f"{document.table} 第{number}项"
        return f"{document.number}《{document.title}》{place}"
