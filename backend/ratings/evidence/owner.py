"""What a piece of evidence belongs to: a row of a round, or an innovation entry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowOwner:
    """A row of an assessment round, by the round's id and the indicator's number."""

    round_id: int
    number: int


@dataclass(frozen=True)
class InnovationOwner:
    """An innovation entry, by its id."""

    innovation_id: int


Owner = RowOwner | InnovationOwner
