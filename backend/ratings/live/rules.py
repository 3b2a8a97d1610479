"""The lines and caps of a standard as a report needs them: small, so that a frozen document keeps
them readable whatever becomes of the standard's own form.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from analysis.rating.innovation import window
from analysis.rating.standard import Standard
from backend.ratings.schemas import Star


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class StarRule(_Frozen):
    """From how many points a star is reached, and whether it needs the judgement too."""

    star: Star
    points: float
    needs_benchmark: bool
    text: str


class SurveyRulePart(_Frozen):
    """The row on the survey; lines are shares from 0 to 1."""

    number: int
    deduct_below: float
    deduct_points: float
    void_below: float
    text: str


class SecurityRulePart(_Frozen):
    """The row on incidents; `deduct_share_each` is the share of the total that each costs."""

    number: int
    void_above: float | None
    void_on_major_incident: bool
    deduct_share_each: float | None
    text: str


class KindRule(_Frozen):
    """One kind of innovation: points for each case, and at most `cap` in all."""

    kind: str
    name: str
    points: float
    cap: float | None
    text: str


class InnovationRulePart(_Frozen):
    """The row on innovations: the first and last day that count, and the cap of the row."""

    number: int
    first_on: date
    last_on: date
    cap: float
    kinds: list[KindRule]
    text: str


class RulesPart(_Frozen):
    """What a total follows from beside the levels; rows that a standard has not are None."""

    stars: list[StarRule]
    survey: SurveyRulePart | None
    security: SecurityRulePart | None
    innovation: InnovationRulePart | None


def rules_part(standard: Standard, as_of: date) -> RulesPart:
    """Return the rules of a standard for a rating as of that day."""
    survey, security = standard.survey, standard.security
    return RulesPart(
        stars=[
            StarRule(
                star=each.star,
                points=each.points,
                needs_benchmark=each.needs_benchmark,
                text=each.text,
            )
            for each in standard.stars
        ],
        survey=SurveyRulePart.model_validate(survey, from_attributes=True) if survey else None,
        security=SecurityRulePart.model_validate(security, from_attributes=True)
        if security
        else None,
        innovation=_innovation(standard, as_of),
    )


def _innovation(standard: Standard, as_of: date) -> InnovationRulePart | None:
    row = standard.innovation
    if row is None:
        return None
    first, last = window(row, as_of)
    return InnovationRulePart(
        number=row.number,
        first_on=first,
        last_on=last,
        cap=row.cap,
        kinds=[
            KindRule(kind=key, name=kind.name, points=kind.points, cap=kind.cap, text=kind.text)
            for key, kind in row.kinds.items()
        ],
        text=row.text,
    )
