"""Screening responses by the survey's quality rules, and deciding on what it flags.

A screening writes flags and nothing else: whether a response is excluded from the results is
decided by people, each time with a reason, on record, and reversible.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from analysis.quality import flag
from backend.db.engine import Database
from backend.errors import NotFound
from backend.fieldwork import repository
from backend.fieldwork.reasons import Reason
from backend.fieldwork.repository import Flagged, Reviewed
from backend.fieldwork.screening import StoredResponse, evidence, response_set, rules_of
from backend.surveys.service import PublishedSurvey

# Rows of one reading; each is a transaction of its own.
ROWS_AT_ONCE = 20_000
# Responses whose flags change in one transaction: residents who submit wait no longer than that.
CHANGES_AT_ONCE = 400


@dataclass(frozen=True)
class Screening:
    """What a screening found: flagged responses by rule, in all, and how many flags changed."""

    responses: int
    by_rule: dict[str, int]
    flagged: int
    changed: int


@dataclass(frozen=True)
class Selection:
    """Which responses a decision is about: those that a rule flags, or these receipt numbers."""

    rule: str | None = None
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """How many responses a decision changed, and how many it found as it wants them already."""

    changed: int
    unchanged: int


@dataclass(frozen=True)
class RuleSummary:
    """How many responses a rule flags now, and how many of those are excluded."""

    rule: str
    flagged: int
    excluded: int


@dataclass(frozen=True)
class QualitySummary:
    """The rules of a survey with their counts; `flagged` and `excluded` count a response once."""

    rules: tuple[RuleSummary, ...]
    flagged: int
    excluded: int


class UnknownReceipts(NotFound):
    """Receipt numbers that no response of the survey has; then nothing is decided at all."""

    code, title = "unknown-receipts", "没有这些答卷"
    detail = "本调查没有以下编号的答卷，未作任何处理：{receipts}。请核对后重试。"


def screen(database: Database, survey: PublishedSurvey, now: datetime) -> Screening:
    """Judge every response by the survey's rules, and bring the stored flags up to date.

    Only differences are written, a few hundred responses at a time, so running it again changes
    nothing. A response that comes in meanwhile is judged the next time.
    """
    responses = response_set(survey.questionnaire, _read(database, survey.id))
    found = evidence(responses, flag(responses, rules_of(survey.questionnaire.quality)))
    with database.read() as session:
        stored = repository.fetch_evidence(session, survey.id)
    changed = sorted(
        number for number in {*found, *stored} if found.get(number) != stored.get(number)
    )
    for start in range(0, len(changed), CHANGES_AT_ONCE):
        some = changed[start : start + CHANGES_AT_ONCE]
        with database.write() as session:
            flags = {number: found.get(number, ()) for number in some}
            repository.replace_flags(session, survey.id, flags, now)
    by_rule = Counter(each.rule for flags in found.values() for each in flags)
    names = (parameters.rule for parameters in rules_of(survey.questionnaire.quality))
    return Screening(
        responses=len(responses),
        by_rule={name: by_rule[name] for name in names},
        flagged=len(found),
        changed=len(changed),
    )


def _read(database: Database, survey_id: int) -> Iterator[Sequence[StoredResponse]]:
    after = 0
    while True:
        with database.read() as session:
            rows = repository.fetch_responses(session, survey_id, after, ROWS_AT_ONCE)
        if not rows:
            return
        yield rows
        after = rows[-1].id


def list_flagged(
    session: Session, survey: PublishedSurvey, rule: str | None = None
) -> Sequence[Flagged]:
    """Return the flagged responses with their evidence, without answers, in order of arrival."""
    return repository.fetch_flagged(session, survey.id, rule)


def exclude(
    session: Session,
    survey: PublishedSurvey,
    selection: Selection,
    reason: Reason,
    decided_by: str,
    now: datetime,
) -> Decided:
    """Leave responses out of every result; `include` takes them back.

    One that is excluded already keeps its first reason.

    Raises
    ------
    UnknownReceipts
        When a receipt number is not one of this survey; nothing is changed then.
    """
    selected = _select(session, survey, selection)
    ids = [each.id for each in selected if each.excluded_reason is None]
    repository.set_excluded_reason(session, ids, reason.value)
    repository.add_reviews(session, survey.id, ids, "exclude", reason.value, decided_by, now)
    return Decided(len(ids), len(selected) - len(ids))


def include(
    session: Session, survey: PublishedSurvey, selection: Selection, decided_by: str, now: datetime
) -> Decided:
    """Count excluded responses again, as if they had never been excluded.

    Raises `UnknownReceipts` as `exclude` does.
    """
    selected = _select(session, survey, selection)
    ids = [each.id for each in selected if each.excluded_reason is not None]
    repository.set_excluded_reason(session, ids, None)
    repository.add_reviews(session, survey.id, ids, "include", None, decided_by, now)
    return Decided(len(ids), len(selected) - len(ids))


def keep(
    session: Session, survey: PublishedSurvey, selection: Selection, decided_by: str, now: datetime
) -> Decided:
    """Put on record that responses were looked at and stay; excluded ones are left as they are.

    Raises `UnknownReceipts` as `exclude` does.
    """
    selected = _select(session, survey, selection)
    ids = [each.id for each in selected if each.excluded_reason is None]
    repository.add_reviews(session, survey.id, ids, "keep", None, decided_by, now)
    return Decided(len(ids), len(selected) - len(ids))


def quality_summary(session: Session, survey: PublishedSurvey) -> QualitySummary:
    """Count the flags that the last screening left, by each rule that the survey has."""
    counts = repository.count_by_rule(session, survey.id)
    names = (parameters.rule for parameters in rules_of(survey.questionnaire.quality))
    flagged, excluded = repository.count_flagged(session, survey.id)
    return QualitySummary(
        rules=tuple(RuleSummary(name, *counts.get(name, (0, 0))) for name in names),
        flagged=flagged,
        excluded=excluded,
    )


def _select(session: Session, survey: PublishedSurvey, selection: Selection) -> Sequence[Reviewed]:
    if selection.rule is not None:
        return repository.lock_by_rule(session, survey.id, selection.rule)
    # People read receipt numbers in groups of four.
    wanted = ["".join(receipt.split()) for receipt in selection.receipts]
    selected = repository.lock_by_public_id(session, survey.id, wanted)
    unknown = sorted({*wanted} - {each.public_id for each in selected})
    if unknown:
        raise UnknownReceipts(arguments={"receipts": ", ".join(unknown)})
    return selected
