"""The satisfaction in a report: its value and interval, the rating under each, and its method.

The snapshot has it as the API answers; only what is read here is asked of it, so that a frozen
document stays readable when the API learns to say more.
"""

from datetime import datetime

from pydantic import BaseModel

from backend.ratings.live.snapshot import BoundPart, BoundsPart, Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import MISSING, Reader, points, share_beside
from backend.ratings.report.views import (
    BoundLine,
    Fact,
    MethodStatement,
    SatisfactionPart,
)
from backend.ratings.wording import STAR_WORDS


class _Weighting(BaseModel):
    description: str
    source: str | None = None


class _Interval(BaseModel):
    name: str
    confidence_level: float


class _Statement(BaseModel):
    name: str
    text: str


class _Disclosure(BaseModel):
    statements: list[_Statement] = []


class _Methodology(BaseModel):
    name: str
    weighting: _Weighting
    variance: str
    interval: _Interval
    item_nonresponse: str
    participation: str
    small_domains: str
    disclosure: _Disclosure


class _Satisfaction(BaseModel):
    n: int
    as_of: datetime
    simulated: int
    methodology: _Methodology


def satisfaction_part(snapshot: Snapshot, reader: Reader) -> SatisfactionPart | None:
    """Return the satisfaction that entered the rating, or None when none did."""
    share, bounds = snapshot.rating.satisfaction, snapshot.bounds
    if share is None:
        return None
    told = _told(snapshot)
    limits = (bounds.lower.satisfaction, bounds.upper.satisfaction) if bounds else None
    rule = snapshot.rules.survey
    lines = (rule.deduct_below, rule.void_below) if rule else ()
    settled = wording.SETTLED if bounds and bounds.is_settled else wording.UNSETTLED
    return SatisfactionPart(
        value=share_beside(share, lines),
        interval_name=_interval_name(told, reader),
        interval=" – ".join(share_beside(limit, lines) for limit in limits) if limits else MISSING,
        share=share,
        interval_shares=limits,
        lines=lines,
        facts=_facts(told, reader),
        bounds=_bound_lines(bounds, lines, reader) if bounds else (),
        is_settled=bounds is not None and bounds.is_settled,
        settled=reader.translate(settled) if bounds else "",
    )


def satisfaction_method(snapshot: Snapshot, reader: Reader) -> tuple[MethodStatement, ...]:
    """Return how the satisfaction was estimated, and the method statement that goes with it."""
    told = _told(snapshot)
    if told is None:
        return ()
    method, translate = told.methodology, reader.translate
    ours = {
        "official_method": translate(method.name),
        "weighting": translate(method.weighting.description),
        "margins_source": method.weighting.source or "",
        "variance": translate(method.variance),
        "interval": _interval_name(told, reader),
        "item_nonresponse": translate(method.item_nonresponse),
        "participation": translate(method.participation),
        "small_domains": translate(method.small_domains),
    }
    return (
        *(
            MethodStatement(translate(wording.METHOD_NAMES[key]), text, (), "")
            for key, text in ours.items()
            if text
        ),
        *(
            MethodStatement(translate(each.name), "", (each.text,), "")
            for each in method.disclosure.statements
        ),
    )


def star_word(star: str | None, reader: Reader) -> str:
    """Write a star level."""
    return MISSING if star is None else reader.translate(STAR_WORDS[star])


def _told(snapshot: Snapshot) -> _Satisfaction | None:
    found = snapshot.satisfaction
    return None if found is None else _Satisfaction.model_validate(found)


def _interval_name(told: _Satisfaction | None, reader: Reader) -> str:
    if told is None:
        return reader.translate(wording.LABELS["interval"])
    interval = told.methodology.interval
    return reader.translate(wording.INTERVAL_OF_LEVEL).format(
        name=reader.translate(interval.name), level=f"{interval.confidence_level:.0%}"
    )


def _facts(told: _Satisfaction | None, reader: Reader) -> tuple[Fact, ...]:
    if told is None:
        return ()
    translate = reader.translate
    facts = [
        Fact(translate(wording.SAMPLE), f"{told.n:,}"),
        Fact(translate(wording.SURVEYED_AT), reader.time(told.as_of)),
    ]
    if told.simulated:
        facts.append(Fact(translate(wording.SIMULATED), f"{told.simulated:,}"))
    return tuple(facts)


def _bound_lines(
    bounds: BoundsPart, lines: tuple[float, ...], reader: Reader
) -> tuple[BoundLine, ...]:
    return tuple(
        _bound_line(reader.translate(word), getattr(bounds, name), lines, reader)
        for name, word in wording.BOUND_WORDS.items()
    )


def _bound_line(name: str, bound: BoundPart, lines: tuple[float, ...], reader: Reader) -> BoundLine:
    star = reader.translate(wording.VETOED) if bound.vetoed else star_word(bound.star, reader)
    return BoundLine(
        name=name,
        satisfaction=share_beside(bound.satisfaction, lines),
        deduction=points(-bound.survey_deduction),
        total=points(bound.total),
        star=star,
    )
