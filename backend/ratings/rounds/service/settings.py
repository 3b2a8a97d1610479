"""Changes what a round is rated by: its dates, its survey, and the benchmark judgement.

Reviewers settle dates and survey, evaluators the judgement that five stars need; administrators
may do both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from backend.errors import FieldError, Forbidden, Invalid, NotFound
from backend.ratings.rounds import repository
from backend.ratings.rounds.refusals import RoundChanged, RoundClosed
from backend.ratings.rounds.rights import may_judge_benchmark, may_review
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service.opening import (
    DUE_BEFORE_OPENING,
    LONGEST_TITLE,
    MISSING_DATE,
    MISSING_TITLE,
    SECURITY_AFTER_AS_OF,
    find_survey,
)
from backend.ratings.rounds.service.reading import NO_ROUND, fetch_round
from backend.staff.service import Staff
from backend.surveys.service import SLUG


@dataclass(frozen=True)
class RoundSettings:
    """What may be changed of an open round. A date is None where no readable one was given."""

    title: str
    due_on: date | None
    as_of: date | None
    security_from: date | None
    survey_slug: str
    national_benchmark: bool


def settings_of(found: Round) -> RoundSettings:
    """Return the settings of a round as they are."""
    return RoundSettings(
        title=found.title,
        due_on=found.due_on,
        as_of=found.as_of,
        security_from=found.security_from,
        survey_slug=found.survey_slug or "",
        national_benchmark=found.national_benchmark,
    )


def change_round(
    session: Session, slug: str, revision: int, wanted: RoundSettings, staff: Staff
) -> Round:
    """Change an open round; rows that were due with it stay due with it.

    Raises
    ------
    NotFound
        When there is no such round.
    Forbidden
        When somebody changes what is not theirs to settle.
    RoundClosed, RoundChanged
        When it is closed, or no more of the revision that was read.
    Invalid
        Naming each bad field.
    """
    round_id = repository.lock_round(session, slug) if SLUG.fullmatch(slug) else None
    if round_id is None:
        raise NotFound(NO_ROUND)
    found = fetch_round(session, slug)
    if found.is_closed:
        raise RoundClosed
    if found.revision != revision:
        raise RoundChanged
    _require_theirs(settings_of(found), wanted, staff)
    survey_id, survey_errors = find_survey(session, wanted.survey_slug)
    errors = (*_faults(wanted, found), *survey_errors)
    if errors:
        raise Invalid(errors=errors)
    is_changed = repository.update_round(
        session,
        round_id,
        revision,
        title=wanted.title.strip(),
        due_on=wanted.due_on,
        as_of=wanted.as_of,
        security_from=wanted.security_from,
        survey_id=survey_id,
        national_benchmark=wanted.national_benchmark,
    )
    if not is_changed:
        raise RoundChanged
    if wanted.due_on is not None:
        repository.move_due(session, round_id, found.due_on, wanted.due_on)
    return fetch_round(session, slug)


def _require_theirs(before: RoundSettings, wanted: RoundSettings, staff: Staff) -> None:
    judges = wanted.national_benchmark != before.national_benchmark
    others_differ = any(
        getattr(wanted, name) != getattr(before, name)
        for name in ("title", "due_on", "as_of", "security_from", "survey_slug")
    )
    if (judges and not may_judge_benchmark(staff)) or (others_differ and not may_review(staff)):
        raise Forbidden


def _faults(wanted: RoundSettings, found: Round) -> Iterator[FieldError]:
    if not 1 <= len(wanted.title.strip()) <= LONGEST_TITLE:
        yield FieldError("title", MISSING_TITLE)
    for name in ("due_on", "as_of", "security_from"):
        if getattr(wanted, name) is None:
            yield FieldError(name, MISSING_DATE)
    if wanted.due_on and wanted.due_on < found.opens_on:
        yield FieldError("due_on", DUE_BEFORE_OPENING, {"opens_on": found.opens_on})
    if wanted.security_from and wanted.as_of and wanted.security_from > wanted.as_of:
        yield FieldError("security_from", SECURITY_AFTER_AS_OF, {"as_of": wanted.as_of})
