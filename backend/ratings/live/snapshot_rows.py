"""The rows of a snapshot: what was required, what was entered, what it gives."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.rating.assessment import Figure
from analysis.rating.levels import with_averages
from analysis.rating.rate import Line
from analysis.rating.standard import LeveledIndicator
from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.live.assemble import Basis, counts
from backend.ratings.live.snapshot import (
    EvidencePart,
    FigurePart,
    RequirementPart,
    RowPart,
)
from backend.ratings.rounds.figures import StoredFigures, to_figures
from backend.ratings.rounds.round import Row
from backend.ratings.shape import level_of


def row_part(
    line: Line, row: Row | None, evidence: Sequence[KeptEvidence], basis: Basis
) -> RowPart:
    """Return a line of a rating with what its department entered and proves it by."""
    indicator = line.indicator
    has_points = line.maximum > 0 or line.points != 0
    leveled = indicator if isinstance(indicator, LeveledIndicator) else None
    return RowPart(
        number=indicator.number,
        table=indicator.table,
        first=indicator.first,
        second=indicator.second,
        name=indicator.name,
        definition=indicator.definition,
        departments=list(row.departments if row else indicator.departments),
        requirements=[
            RequirementPart(level=level, text=each.text, points=each.points)
            for level, each in (leveled.requirements.items() if leveled else ())
        ],
        state=row.state if row else None,
        counts=counts(row, basis) if row else True,
        level=level_of(line),
        status=line.reached.status if line.reached else None,
        missing=list(line.reached.missing) if line.reached else [],
        points=line.points if has_points or not leveled else None,
        maximum=line.maximum if has_points else None,
        rule=line.rule,
        source=line.source,
        figures=list(figure_parts(leveled, row.figures)) if leveled and row else [],
        note=row.note if row else "",
        evidence=[EvidencePart.model_validate(each, from_attributes=True) for each in evidence],
        changed_by=row.changed_by if row else None,
        changed_at=row.changed_at if row else None,
    )


def figure_parts(indicator: LeveledIndicator, stored: StoredFigures) -> Iterable[FigurePart]:
    """Yield every measure and condition of an indicator with its figure, if it has one."""
    known: Mapping[str, Figure] = with_averages(indicator, to_figures(stored))
    for key, measure in indicator.measures.items():
        written = stored.get(key)
        sides = written if isinstance(written, dict) else None
        yield FigurePart(
            key=key,
            name=measure.name,
            kind=measure.kind,
            unit=measure.unit,
            value=known.get(key),
            numerator=sides["numerator"] if sides else None,
            denominator=sides["denominator"] if sides else None,
            numerator_name=measure.numerator.name if measure.numerator else None,
            denominator_name=measure.denominator.name if measure.denominator else None,
        )
    for key, condition in indicator.conditions.items():
        yield FigurePart(
            key=key,
            name=condition.name,
            kind="condition",
            unit=None,
            value=known.get(key),
            numerator=None,
            denominator=None,
            numerator_name=None,
            denominator_name=None,
        )
