"""What every page of a round shows on top: which round it is, and the ways from there."""

from dataclasses import dataclass

from backend.ratings.paths import round_path
from backend.ratings.rounds.round import Round, RowState


@dataclass(frozen=True)
class RoundHead:
    """A round in a few words; `standard` is the document's title.

    `accepted` counts the rows that were reviewed and accepted, of `rows` in all.
    """

    slug: str
    title: str
    area_name: str
    standard: str
    as_of: str
    due_on: str
    is_closed: bool
    is_demonstration: bool
    accepted: int
    rows: int
    path: str

    @property
    def rows_path(self) -> str:
        """The table of its rows."""
        return f"{self.path}/rows"

    @property
    def dispatch_path(self) -> str:
        """What is late, by department."""
        return f"{self.path}/dispatch"


def round_head(found: Round) -> RoundHead:
    """Prepare the head of a round's pages."""
    return RoundHead(
        slug=found.slug,
        title=found.title,
        area_name=found.area_name,
        standard=found.standard.title,
        as_of=found.as_of.isoformat(),
        due_on=found.due_on.isoformat(),
        is_closed=found.is_closed,
        is_demonstration=found.is_demonstration,
        accepted=sum(row.state is RowState.ACCEPTED for row in found.rows),
        rows=len(found.rows),
        path=round_path(found.slug),
    )
