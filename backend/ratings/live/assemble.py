"""An `Assessment` from what is stored: the round's rows, the registers, and the survey."""

from enum import StrEnum

from analysis.rating.assessment import Assessment, InnovationCase, SecurityRecord
from backend.ratings.rounds.figures import to_figures
from backend.ratings.rounds.round import Round, Row, RowState


class Basis(StrEnum):
    """Which rows count: those that were reviewed and accepted, or all that was entered."""

    ACCEPTED = "accepted"
    ENTERED = "entered"


def counts(row: Row, basis: Basis) -> bool:
    """Whether the figures of a row enter the rating."""
    if basis is Basis.ACCEPTED:
        return row.state is RowState.ACCEPTED
    return bool(row.figures)


def assemble(
    found: Round,
    satisfaction: float | None,
    innovations: tuple[InnovationCase, ...],
    security: SecurityRecord,
    basis: Basis,
) -> Assessment:
    """Return what a round is rated by."""
    standard = found.standard
    return Assessment(
        standard=standard,
        as_of=found.as_of,
        satisfaction=satisfaction if standard.survey else None,
        figures={row.number: to_figures(row.figures) for row in found.rows if counts(row, basis)},
        national_benchmark=found.national_benchmark,
        security=security if standard.security else SecurityRecord(),
        innovations=innovations if standard.innovation else (),
    )
