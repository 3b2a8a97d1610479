"""A plan's targets as typed, frozen values: which figure is promised, by when, and by whom.

The figures and words are in `analysis/plans/*.yaml`, one file a plan, each with the clause of the
document that sets it. How far a target has come is left to `progress`.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from analysis.rating.standard import Criterion, Frozen, Key, MeasureKind, Text

Bound = Annotated[float, Field(gt=0)]


class PlanDocument(Frozen):
    """Where a plan is written; `number` is None where the published text does not state it."""

    number: Text | None = None
    title: Text
    issued_on: date
    url: Text | None = None


class Target(Frozen):
    """One figure that a plan promises.

    Attributes
    ----------
    heading
        The part of the document that it stands in.
    at_least, at_most, above, below
        Exactly one, positive; of a share from 0 to 1.
    unit
        Of a count or quantity, such as 个; none for shares, ratios, changes and ranks.
    departments
        Who answers for it, in the document's words; empty where it names nobody.
    indicator
        The row of the plan's standard on the same matter, if there is one.
    text
        The clause that sets it, word for word.
    note
        How a clause that leaves something open was read.
    """

    key: Key
    heading: Text
    name: Text
    kind: MeasureKind
    unit: Text | None = None
    at_least: Bound | None = None
    at_most: Bound | None = None
    above: Bound | None = None
    below: Bound | None = None
    due_on: date
    departments: tuple[Text, ...] = ()
    indicator: Annotated[int, Field(ge=1)] | None = None
    text: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _promises_one_figure(self) -> Self:
        if (self.unit is None) is (self.kind in ("count", "quantity")):
            raise ValueError("counts and quantities have a unit, and nothing else has")
        bounds = (self.at_least, self.at_most, self.above, self.below)
        if sum(bound is not None for bound in bounds) != 1:
            raise ValueError("a target has one of at_least, at_most, above, below")
        if self.kind == "share" and self.figure > 1:
            raise ValueError("a share lies from 0 to 1")
        return self

    @property
    def figure(self) -> float:
        """The figure that is promised."""
        return self.at_least or self.at_most or self.above or self.below or 0.0

    @property
    def rises(self) -> bool:
        """Whether more is better: so for all but an upper bound, such as a rank."""
        return self.at_least is not None or self.above is not None

    @cached_property
    def criterion(self) -> Criterion:
        """The comparison of a figure, whose measure is the target's key."""
        return Criterion(
            measure=self.key,
            at_least=self.at_least,
            at_most=self.at_most,
            above=self.above,
            below=self.below,
        )


class Plan(Frozen):
    """A plan of a city or county.

    Attributes
    ----------
    area, division_code
        Whose plan it is, by name and by its official code of six digits.
    standard
        Id of the standard whose rows the targets name.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    area: Text
    division_code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    standard: Text | None = None
    document: PlanDocument
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_target_once(self) -> Self:
        keys = [target.key for target in self.targets]
        if len(set(keys)) != len(keys):
            raise ValueError("each target has a key of its own")
        if self.standard is None and any(target.indicator for target in self.targets):
            raise ValueError("targets name rows of a standard, but the plan names none")
        return self

    def target(self, key: str) -> Target | None:
        """The target of that key, or None."""
        return next((target for target in self.targets if target.key == key), None)

    def source(self, target: Target) -> str:
        """Where a target is written: document and heading, in the document's words."""
        return f"{self.document.number or ''}《{self.document.title}》{target.heading}"
