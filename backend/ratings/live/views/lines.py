"""Lines of a rating and steps to more points, as tables show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.rating.gap import Step
from analysis.rating.rate import Rating
from backend.ratings import wording
from backend.ratings.live.figures_text import open_text, points_text
from backend.ratings.shape import level_of
from backend.ratings.wording import Translate


@dataclass(frozen=True)
class StepRow:
    """One step to more points, and what it still wants."""

    number: int
    name: str
    departments: str
    level: str
    points: str
    effort: str
    wants: tuple[str, ...]


@dataclass(frozen=True)
class LineRow:
    """One line of the rating."""

    number: int
    name: str
    first: str
    level: str
    level_code: str
    points: str
    maximum: str
    status: str


def step_rows(steps: Iterable[Step], translate: Translate) -> tuple[StepRow, ...]:
    """Return steps with what each still wants."""
    return tuple(
        StepRow(
            number=step.indicator.number,
            name=step.indicator.name,
            departments="、".join(step.indicator.departments),
            level=translate(wording.LEVEL_WORDS[step.level]),
            points=points_text(step.points),
            effort=f"{step.effort:.2f}",
            wants=tuple(open_text(step.indicator, each, translate) for each in step.open_criteria),
        )
        for step in steps
    )


def line_rows(rating: Rating, translate: Translate) -> tuple[LineRow, ...]:
    """Return every line of a rating."""
    has_points = rating.standard.gives_points
    return tuple(
        LineRow(
            number=line.indicator.number,
            name=line.indicator.name,
            first=line.indicator.first,
            level=translate(wording.LEVEL_WORDS[level]) if level else "",
            level_code=level or "",
            points=points_text(line.points if has_points else None),
            maximum=points_text(line.maximum if has_points and line.maximum else None),
            status=translate(wording.STATUS_WORDS[line.reached.status]) if line.reached else "",
        )
        for line in rating.lines
        for level in [level_of(line)]
    )
