"""Every query on flags and reviews, and on what a screening reads of responses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from backend.fieldwork.models import ResponseFlag, ResponseReview
from backend.fieldwork.screening import Evidence, StoredResponse
from backend.responses.models import Response

# How many ids one statement names; SQLite takes 32,766 parameters at most.
IDS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Reviewed:
    """A response as a decision on it finds it."""

    id: int
    public_id: str
    excluded_reason: str | None


@dataclass(frozen=True)
class Flagged:
    """A flagged response without its answers."""

    public_id: str
    submitted_at: datetime
    channel: str
    excluded_reason: str | None
    evidence: tuple[Evidence, ...]


def fetch_responses(
    session: Session, survey_id: int, after: int, count: int
) -> Sequence[StoredResponse]:
    """Return up to `count` responses with ids above `after`, by id."""
    rows = session.execute(
        select(
            Response.id,
            Response.submitted_at,
            Response.opened_at,
            Response.levels,
            Response.failed_checks,
            Response.device_hash,
            Response.identity_hash,
            Response.network_hash,
        )
        .where(Response.survey_id == survey_id, Response.id > after)
        .order_by(Response.id)
        .limit(count)
    )
    return [StoredResponse(*row) for row in rows]


def fetch_evidence(session: Session, survey_id: int) -> dict[int, tuple[Evidence, ...]]:
    """Return the stored flags of each flagged response by its id, in the order of rule names."""
    rows = session.execute(
        select(ResponseFlag.response_id, ResponseFlag.rule, ResponseFlag.value, ResponseFlag.limit)
        .where(ResponseFlag.survey_id == survey_id)
        .order_by(ResponseFlag.response_id)
    )
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for number, rule, value, limit in rows:
        found[number].append(Evidence(rule, value, limit))
    # Sorted here: databases sort text each in its own way.
    return {
        number: tuple(sorted(each, key=lambda evidence: evidence.rule))
        for number, each in found.items()
    }


def replace_flags(
    session: Session, survey_id: int, flags: Mapping[int, Sequence[Evidence]], now: datetime
) -> None:
    """Make these the flags of these responses; no evidence means no flag.

    The responses are locked first, so that two screenings at once do not mix their flags. One that
    was deleted meanwhile is left out.
    """
    states = session.execute(
        select(Response.id, Response.is_flagged)
        .where(Response.id.in_(list(flags)))
        .order_by(Response.id)
        .with_for_update()
    ).all()
    session.execute(delete(ResponseFlag).where(ResponseFlag.response_id.in_(list(flags))))
    rows = [
        {
            "survey_id": survey_id,
            "response_id": number,
            "rule": each.rule,
            "value": each.value,
            "limit": each.limit,
            "flagged_at": now,
        }
        for number, _ in states
        for each in flags[number]
    ]
    if rows:
        session.execute(insert(ResponseFlag), rows)
    for is_flagged in (True, False):
        changed = [
            number
            for number, was_flagged in states
            if bool(flags[number]) is is_flagged and was_flagged is not is_flagged
        ]
        _update(session, changed, is_flagged=is_flagged)


def lock_by_public_id(
    session: Session, survey_id: int, public_ids: Sequence[str]
) -> Sequence[Reviewed]:
    """Return and lock the responses with these receipt numbers, by id."""
    return _lock(session, survey_id, Response.public_id.in_(public_ids))


def lock_by_rule(session: Session, survey_id: int, rule: str) -> Sequence[Reviewed]:
    """Return and lock the responses that a rule flags, by id."""
    flagged = select(ResponseFlag.response_id).where(
        ResponseFlag.survey_id == survey_id, ResponseFlag.rule == rule
    )
    return _lock(session, survey_id, Response.id.in_(flagged))


def _lock(session: Session, survey_id: int, which: ColumnElement[bool]) -> Sequence[Reviewed]:
    rows = session.execute(
        select(Response.id, Response.public_id, Response.excluded_reason)
        .where(Response.survey_id == survey_id, which)
        .order_by(Response.id)
        .with_for_update()
    )
    return [Reviewed(*row) for row in rows]


def set_excluded_reason(session: Session, ids: Sequence[int], reason: str | None) -> None:
    """Exclude responses for a reason, or take them back in."""
    _update(session, ids, excluded_reason=reason)


def _update(session: Session, ids: Sequence[int], **values: Any) -> None:
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        session.execute(update(Response).where(Response.id.in_(some)).values(**values))


def add_reviews(
    session: Session,
    survey_id: int,
    ids: Sequence[int],
    decision: str,
    reason: str | None,
    decided_by: str,
    decided_at: datetime,
) -> None:
    """Record one decision on each of these responses."""
    rows = [
        {
            "survey_id": survey_id,
            "response_id": number,
            "decision": decision,
            "reason": reason,
            "decided_by": decided_by,
            "decided_at": decided_at,
        }
        for number in ids
    ]
    if rows:
        session.execute(insert(ResponseReview), rows)


def fetch_flagged(session: Session, survey_id: int, rule: str | None) -> Sequence[Flagged]:
    """Return the flagged responses, or those that a rule flags, in the order of arrival."""
    evidence = fetch_evidence(session, survey_id)
    rows = session.execute(
        select(
            Response.id,
            Response.public_id,
            Response.submitted_at,
            Response.channel,
            Response.excluded_reason,
        )
        .where(Response.id.in_(_flagged_ids(survey_id, rule)))
        .order_by(Response.id)
    )
    return [
        Flagged(public_id, submitted_at, channel, excluded_reason, evidence[number])
        for number, public_id, submitted_at, channel, excluded_reason in rows
    ]


def _flagged_ids(survey_id: int, rule: str | None) -> Select[int]:
    flagged = select(ResponseFlag.response_id).where(ResponseFlag.survey_id == survey_id)
    return flagged if rule is None else flagged.where(ResponseFlag.rule == rule)


def count_by_rule(session: Session, survey_id: int) -> dict[str, tuple[int, int]]:
    """Return for each rule with flags how many responses it flags, and how many are excluded."""
    rows = session.execute(
        select(ResponseFlag.rule, func.count(), func.count(Response.excluded_reason))
        .join(Response, Response.id == ResponseFlag.response_id)
        .where(ResponseFlag.survey_id == survey_id)
        .group_by(ResponseFlag.rule)
    )
    return {rule: (flagged, excluded) for rule, flagged, excluded in rows}


def count_flagged(session: Session, survey_id: int) -> tuple[int, int]:
    """Return how many responses have a flag, and how many of them are excluded."""
    flagged, excluded = session.execute(
        select(func.count(), func.count(Response.excluded_reason)).where(
            Response.id.in_(_flagged_ids(survey_id, None))
        )
    ).one()
    return flagged, excluded
