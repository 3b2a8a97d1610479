"""Rounds of Jining to be reported and closed, with rows in any state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.ratings.report.freezing import sha256_of
from backend.ratings.rounds.figures import write_figures
from backend.ratings.rounds.models import AssessmentRound, RoundRow
from backend.ratings.rounds.round import Round, RowState
from backend.ratings.rounds.service import NewRound, fetch_round, open_round
from backend.staff.rights import Role
from backend.staff.service import Staff
from tests.backend.ratings.report.snapshots import AS_OF, good_figures

SLUG = "jining-2024"
NOW = datetime(2024, 11, 6, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
REVIEWER = Staff(1, "reviewer@jining.example", Role.REVIEWER, None)
EVALUATOR = Staff(2, "evaluator@jining.example", Role.EVALUATOR, None)


@dataclass(frozen=True)
class Rows:
    """Indicators whose rows hold the figures of their highest level, by the state they are in."""

    state: RowState
    numbers: Iterable[int]


def a_round(session: Session, *rows: Rows, survey_slug: str = "") -> Round:
    """Store an open round; what is not in `rows` is empty."""
    new = NewRound(
        slug=SLUG,
        title="济宁市 2024 年新型智慧城市评价",
        standard_id="shandong-2023-city",
        division_code="370800",
        opens_on=date(2024, 9, 1),
        due_on=date(2024, 10, 15),
        as_of=AS_OF,
        security_from=date(2024, 1, 1),
        area_name="济宁市",
        survey_slug=survey_slug,
    )
    found = open_round(session, new, REVIEWER, NOW)
    for each in rows:
        for number in each.numbers:
            enter(session, found, number, each.state)
    return fetch_round(session, SLUG)


def enter(session: Session, found: Round, number: int, state: RowState) -> None:
    """Put the figures of its highest level into a row, as if entered and reviewed."""
    row = found.row(number)
    assert row is not None
    figures = good_figures(row.indicator, list(row.indicator.requirements)[-1])
    session.execute(
        update(RoundRow)
        .where(RoundRow.round_id == found.id, RoundRow.number == number)
        .values(state=state.value, figures=write_figures(figures), revision=row.revision + 1)
    )


def a_closed_round(slug: str, frozen: str) -> AssessmentRound:
    """A round as it is stored once it is closed, with that document."""
    return AssessmentRound(
        slug=slug,
        title="2024",
        standard_id="shandong-2023-city",
        area_name="济宁市",
        division_code="370800",
        opens_on=date(2024, 9, 1),
        due_on=date(2024, 10, 15),
        as_of=AS_OF,
        security_from=date(2024, 1, 1),
        state="closed",
        created_by=REVIEWER.email,
        created_at=NOW,
        closed_by=EVALUATOR.email,
        closed_at=NOW,
        frozen=frozen,
        frozen_sha256=sha256_of(frozen),
    )
