"""The check list before a round is closed: what counts, what does not, and what is doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader, points
from backend.ratings.report.satisfaction import star_word
from backend.ratings.report.service import Report, version_of
from backend.ratings.rounds.views.head import RoundHead, round_head


@dataclass(frozen=True)
class ClosePage:
    """What will be frozen, and what to think of before.

    `version` is sent back, so that nobody closes what was changed meanwhile; `error` is None
    unless that happened.
    """

    head: RoundHead
    slug: str
    version: str
    has_points: bool
    total: str
    out_of: str
    star: str
    warnings: tuple[str, ...]
    error: str | None


def close_page(report: Report, today: date, reader: Reader, error: str | None = None) -> ClosePage:
    """Prepare the check list of a round as closing would freeze it."""
    rating = report.snapshot.rating
    maximum = points(rating.maximum)
    return ClosePage(
        head=round_head(report.round),
        slug=report.round.slug,
        version=version_of(report.round),
        has_points=rating.total is not None,
        total=points(rating.total),
        out_of=reader.translate(wording.OUT_OF).format(maximum=maximum),
        star=star_word(rating.star, reader),
        warnings=tuple(_warnings(report.snapshot, today, reader)),
        error=reader.translate(error) if error else None,
    )


def _warnings(snapshot: Snapshot, today: date, reader: Reader) -> Iterable[str]:
    def warn(name: str, **arguments: object) -> str:
        return reader.translate(wording.CLOSE_CHECKS[name]).format(**arguments)

    open_rows = [row.number for row in snapshot.rows if row.state not in (None, "accepted")]
    unsettled = [row.number for row in snapshot.rows if row.counts and row.status == "unknown"]
    if open_rows:
        yield warn("not_accepted", count=len(open_rows), numbers=_numbers(open_rows, reader))
    if unsettled:
        yield warn("unsettled", count=len(unsettled), numbers=_numbers(unsettled, reader))
    if snapshot.rules.survey and not snapshot.rating.surveyed:
        yield warn("no_survey")
    if snapshot.bounds and not snapshot.bounds.is_settled:
        yield warn("bounds_differ")
    if today < snapshot.round.due_on:
        yield warn("before_due", due_on=snapshot.round.due_on)


def _numbers(numbers: Iterable[int], reader: Reader) -> str:
    return reader.comma.join(str(number) for number in numbers)
