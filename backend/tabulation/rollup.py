"""Keeps the counts of a survey current, so that a pull reads what is new and not everything.

A roll-up holds the counts of all responses up to a watermark, an id. Database triggers log every
change of a response that can change a count: what it was, and what it became. So at any time

    counts now = roll-up + responses above the watermark + logged changes of those up to it

holds exactly in one snapshot, whether or not somebody refreshes, and however often a refresh
breaks off. docs/tabulation.md has the argument, race by race.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.tabulation import repository
from backend.tabulation.groups import GroupedCounts, add_up
from backend.tabulation.packing import pack, unpack
from backend.tabulation.sql import count_changes, count_responses, count_these_changes
from survey_forms.definition import Questionnaire

# Responses and changes that one step of a refresh takes: it holds a snapshot for a second or two,
# and the lock of SQLite's writers for some milliseconds.
STEP_RESPONSES = 250_000
STEP_CHANGES = 20_000
# How long a refresh on PostgreSQL waits for transactions that are still inserting.
PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Rollup:
    """What is counted; `revision` is None when nothing is stored yet."""

    revision: int | None
    watermark_id: int
    counts: GroupedCounts


@dataclass(frozen=True)
class Step:
    """A counted step of a refresh, not yet written.

    Attributes
    ----------
    rollup
        What is to be stored; its `revision` is the one that it was made from.
    added
        How many responses are counted that were not.
    consumed
        The ids of the logged changes that it contains.
    is_last
        Whether it reaches everything that had settled.
    """

    survey_id: int
    coding_digest: str
    rollup: Rollup
    added: int
    consumed: tuple[int, ...]
    is_last: bool


def read_counts(session: Session, survey_id: int, questionnaire: Questionnaire) -> GroupedCounts:
    """Return the counts of a survey as the session's snapshot has them.

    The session must be one snapshot (`Database.read`). The questionnaire may be any version.
    """
    measure_count = len(questionnaire.measures)
    rollup = _load(session, survey_id, questionnaire)
    watermark = rollup.watermark_id
    tail = count_responses(session, survey_id, measure_count, after=watermark)
    changes = count_changes(session, survey_id, measure_count, up_to=watermark)
    return add_up([(1, rollup.counts), (1, tail), *changes])


def refresh(
    database: Database, survey_id: int, questionnaire: Questionnaire, now: datetime
) -> None:
    """Bring the roll-up up to date, step by step; what others write meanwhile may stay out."""
    while refresh_step(database, survey_id, questionnaire, now):
        pass


def refresh_step(
    database: Database, survey_id: int, questionnaire: Questionnaire, now: datetime
) -> bool:
    """Take one step of a refresh; return whether more steps are worth taking now."""
    step = count_step(database, survey_id, questionnaire)
    return step is not None and write_step(database, step, now) and not step.is_last


def count_step(database: Database, survey_id: int, questionnaire: Questionnaire) -> Step | None:
    """Count the next responses and changes in one snapshot, and write nothing.

    None when nothing is new, or while another process is counting this survey.
    """
    # Before the snapshot: what has settled by now is in it.
    settled = None if database.is_sqlite else find_settled_id(database)
    with database.read() as session:
        if not database.is_sqlite and not repository.take_turn(session, survey_id):
            return None
        if database.is_sqlite:
            # It lets in one writer at a time, so ids become visible in their order.
            settled = repository.find_newest_id(session)
        return _count_up_to(session, survey_id, questionnaire, settled or 0)


def write_step(database: Database, step: Step, now: datetime) -> bool:
    """Store a counted step and delete the changes that it contains, in one short transaction.

    False, and nothing is changed, when another refresh has started from the same revision and was
    first.
    """
    with database.write() as session:
        is_replaced = repository.replace_rollup(
            session,
            survey_id=step.survey_id,
            seen_revision=step.rollup.revision,
            watermark_id=step.rollup.watermark_id,
            coding_digest=step.coding_digest,
            counts=pack(step.rollup.counts),
            now=now,
        )
        if is_replaced:
            repository.delete_changes(session, step.consumed)
        return is_replaced


def find_settled_id(database: Database) -> int | None:
    """Return an id that no response below or at it can be committed any more on PostgreSQL.

    Ids are drawn before their transactions commit, so a transaction under way may still bring one
    that is smaller than others which are visible. Whoever has drawn an id holds the table's lock
    for writing until the end; so once the holders of this moment are gone, every id drawn by then
    is visible or never will be. Nobody is locked out meanwhile, as `LOCK TABLE` would. None when
    some of them take too long.
    """
    with database.read() as session:
        drawn = repository.find_last_drawn_id(session)
        writers = repository.fetch_writers(session)
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while writers:
            if time.monotonic() > give_up_at:
                return None
            time.sleep(PAUSE_SECONDS)
            writers &= repository.fetch_writers(session)
    return drawn


def _count_up_to(
    session: Session, survey_id: int, questionnaire: Questionnaire, settled: int
) -> Step | None:
    measure_count = len(questionnaire.measures)
    before = _load(session, survey_id, questionnaire)
    watermark = before.watermark_id
    goal = max(settled, watermark)
    last = repository.find_last_id(session, survey_id, watermark, goal, STEP_RESPONSES)
    changes = repository.fetch_changes(session, survey_id, last, STEP_CHANGES + 1)
    last, taken = _that_fit(changes, watermark, last)
    if last == watermark and not taken:
        return None
    # A change of a response above the watermark is taken, but not counted: counting that response
    # anew sees what it has become.
    counted = [change_id for change_id, response_id in taken if response_id <= watermark]
    tail = count_responses(session, survey_id, measure_count, after=watermark, up_to=last)
    after = count_these_changes(session, measure_count, counted)
    return Step(
        survey_id=survey_id,
        coding_digest=_digest(questionnaire),
        rollup=Rollup(before.revision, last, add_up([(1, before.counts), (1, tail), *after])),
        added=int(tail.n.sum()),
        consumed=tuple(change_id for change_id, _ in taken),
        is_last=last == goal and len(changes) <= STEP_CHANGES,
    )


def _that_fit(
    changes: Sequence[tuple[int, int]], watermark: int, last: int
) -> tuple[int, Sequence[tuple[int, int]]]:
    """Return up to which response the step goes, and the changes that it takes.

    Of responses that are counted anew all changes must be taken, or the rest would be counted
    twice. Changes come by response, so the step ends before the first response that some are left
    of.
    """
    if len(changes) <= STEP_CHANGES:
        return last, changes
    left_of = changes[STEP_CHANGES][1]
    last = max(watermark, left_of - 1)
    return last, [change for change in changes[:STEP_CHANGES] if change[1] <= last]


def _load(session: Session, survey_id: int, questionnaire: Questionnaire) -> Rollup:
    """Read the roll-up; one of other measures counts for nothing and will be replaced."""
    stored = repository.find_rollup(session, survey_id)
    if stored is None:
        return Rollup(None, 0, GroupedCounts.empty(len(questionnaire.measures)))
    if stored.coding_digest != _digest(questionnaire):
        return Rollup(stored.revision, 0, GroupedCounts.empty(len(questionnaire.measures)))
    return Rollup(stored.revision, stored.watermark_id, unpack(stored.counts))


def _digest(questionnaire: Questionnaire) -> str:
    """Name what the stored codes mean: which measures, and which weighting variables."""
    weighting = questionnaire.weighting.variables if questionnaire.weighting else ()
    measures = tuple(measure.key for measure in questionnaire.measures)
    return sha256(repr((measures, weighting)).encode()).hexdigest()
