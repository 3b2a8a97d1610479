"""Accepting a submission: once, checked against its questionnaire, and within the survey's limits.

Every way in (page, API) turns its format into a `Submission` and calls `accept`; the caller's
transaction is committed at the edge, before anything is acknowledged.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from backend.errors import (
    AlreadyAnswered,
    IdempotencyConflict,
    InvalidAnswers,
    QuotaReached,
    SurveyClosed,
)
from backend.responses import repository
from backend.responses.origins import Origin
from backend.surveys.service import PublishedSurvey
from backend.tabulation.coding import code_response
from survey_forms.answers import Answers, Faults, read_answers


@dataclass(frozen=True)
class Submission:
    """What a way in hands over.

    Attributes
    ----------
    raw
        The raw answers as `survey_forms.answers.read_answers` takes them.
    channel
        How the respondent came, e.g. the `?c=` of the link; at most 64 characters.
    language
        In which language the questionnaire was shown.
    idempotency_key
        The sender's name for this submission, so that it can be sent again; None for none.
    request_hash
        `hash_request` of what was sent, to tell a retry from another submission under one key.
    respondent_hash
        A keyed hash of who answers; only where a survey takes one response per respondent.
    origin
        Keyed hashes of where it came from; only those that the survey's quality rules read.
    """

    raw: Mapping[str, object]
    channel: str
    language: str
    idempotency_key: str | None = None
    request_hash: str | None = None
    opened_at: datetime | None = None
    order_seed: int | None = None
    respondent_hash: str | None = None
    origin: Origin = field(default_factory=Origin)
    simulated: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the sender may keep; the same again for a retry, then `replayed`.

    `public_id` is the receipt number: 16 digits that say nothing about the response.
    """

    public_id: str
    received_at: datetime
    replayed: bool


def hash_request(content: object) -> str:
    """Hash JSON content so that spelling (order of members, blanks, escapes) does not matter."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A lone surrogate, which JSON can spell, has no UTF-8.
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def accept(
    session: Session, survey: PublishedSurvey, submission: Submission, now: datetime
) -> Receipt:
    """Store a submission, or recognise it as stored already.

    The key is looked up first: a retry is answered even when the survey has closed meanwhile.

    Raises
    ------
    IdempotencyConflict
        When the key came before with other content.
    SurveyClosed, QuotaReached
        When the survey takes no responses at `now`, or no more.
    InvalidAnswers
        When the answers do not fit the questionnaire.
    AlreadyAnswered
        When the survey takes one response of each respondent and has this one's.
    """
    receipt = _find_receipt(session, survey, submission)
    if receipt is not None:
        return receipt
    _refuse_when_closed(survey, now)
    answers = read_answers(survey.questionnaire, submission.raw)
    if isinstance(answers, Faults):
        raise InvalidAnswers(answers)
    row = _row(survey, submission, answers, now)
    if not repository.add(session, row):
        return _whose_place_was_taken(session, survey, submission)
    if not repository.take_place(session, survey.id):
        raise QuotaReached
    return Receipt(row["public_id"], now, replayed=False)


def find_earlier_response(session: Session, survey: PublishedSurvey, respondent_hash: str) -> bool:
    """Whether this respondent's one response is stored, to say so before they type it all again."""
    return repository.has_answered(session, survey.id, respondent_hash)


def count_responses(session: Session, survey_id: int) -> int:
    """Count the stored responses of a survey."""
    return repository.count(session, survey_id)


def _find_receipt(
    session: Session, survey: PublishedSurvey, submission: Submission
) -> Receipt | None:
    if submission.idempotency_key is None:
        return None
    stored = repository.find_by_key(session, survey.id, submission.idempotency_key)
    if stored is None:
        return None
    if stored.request_hash != submission.request_hash:
        raise IdempotencyConflict
    return Receipt(stored.public_id, stored.submitted_at, replayed=True)


def _whose_place_was_taken(
    session: Session, survey: PublishedSurvey, submission: Submission
) -> Receipt:
    """Tell the two unique constraints apart by looking up again: a retry, or the same person."""
    receipt = _find_receipt(session, survey, submission)
    if receipt is None:
        raise AlreadyAnswered
    return receipt


def _refuse_when_closed(survey: PublishedSurvey, now: datetime) -> None:
    if survey.is_full:
        raise QuotaReached
    if not survey.is_open(now):
        raise SurveyClosed


def _receipt_number() -> str:
    """Draw 16 digits: people read them out, and two of ten million hardly ever agree."""
    return f"{secrets.randbelow(10**16):016d}"


def _row(
    survey: PublishedSurvey, submission: Submission, answers: Answers, now: datetime
) -> dict[str, Any]:
    coded = code_response(survey.questionnaire, answers)
    return {
        "public_id": _receipt_number(),
        "survey_id": survey.id,
        "version_id": survey.version_id,
        "channel": submission.channel,
        "language": submission.language,
        "opened_at": submission.opened_at,
        "submitted_at": now,
        "simulated": submission.simulated,
        "idempotency_key": submission.idempotency_key,
        "request_hash": submission.request_hash,
        "respondent_hash": submission.respondent_hash,
        "device_hash": submission.origin.device_hash,
        "identity_hash": submission.origin.identity_hash,
        "network_hash": submission.origin.network_hash,
        "order_seed": submission.order_seed,
        "answers": answers.to_json(),
        "weighting_cell": coded.weighting_cell,
        "levels": coded.levels,
        "failed_checks": coded.failed_checks,
        **{f"composite_{method}": value for method, value in coded.composites.items()},
    }
