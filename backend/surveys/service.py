"""Publishing questionnaires, and finding the one that is asked under an address."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy.orm import Session

from backend.errors import Conflict, NotFound
from backend.surveys import repository
from backend.surveys.models import QuestionnaireVersion, Survey
from backend.surveys.references import examine
from survey_forms.definition import Questionnaire
from survey_forms.findings import DefinitionError
from survey_forms.loading import parse_questionnaire

# `new` is the address of the console's page for publishing.
SLUG = re.compile(r"(?!new$)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Status(StrEnum):
    """Whether a survey takes responses; the opening and closing times narrow `OPEN` further."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class BadSlug(ValueError):
    """An address may have lower-case letters, digits and hyphens, 1 to 64 of them."""

    detail = "请填写 1 到 64 个小写字母、数字或连字符，开头和结尾不能是连字符；不能是 new。"


class Incomparable(Conflict):
    """A new version would measure something else than the responses already stored."""

    code, title = "incomparable-version", "新版本与已发布的版本不可比"
    detail = "满意度算法、评分规则、测量项或加权变量与已发布的版本不同。请用新的地址发布。"


class QualityRulesFixed(Incomparable):
    """A new version would judge by other rules than those in force when people answered."""

    code, title = "quality-rules-fixed", "质量规则已经固定"
    detail = "已有答卷，质量规则不能再改，以免看过答案再定规则。请保持原样，或用新的地址发布。"


class AlreadyClosed(Conflict):
    """A closed survey is asked to change its status."""

    code, title = "survey-already-closed", "调查已经关闭"
    detail = "调查关闭后不能重新开放。如需继续征集，请用新的地址发布。"


@dataclass(frozen=True)
class PublishedVersion:
    """What publishing has led to; `is_new` is false when this very text was current already."""

    survey_id: int
    slug: str
    version_id: int
    number: int
    is_new: bool


@dataclass(frozen=True)
class PublishedSurvey:
    """A survey as it stands, with its newest questionnaire."""

    id: int
    slug: str
    status: Status
    opens_at: datetime | None
    closes_at: datetime | None
    max_responses: int | None
    accepted_count: int
    one_response_per: str
    is_demonstration: bool
    created_at: datetime
    version_id: int
    version_number: int
    published_at: datetime
    questionnaire: Questionnaire

    def is_open(self, now: datetime) -> bool:
        """Whether it takes responses at that time."""
        if self.status is not Status.OPEN or self.is_full:
            return False
        has_begun = self.opens_at is None or self.opens_at <= now
        return has_begun and (self.closes_at is None or now < self.closes_at)

    @property
    def is_full(self) -> bool:
        """Whether the quota, if there is one, is reached."""
        return self.max_responses is not None and self.accepted_count >= self.max_responses

    def effective_status(self, now: datetime) -> Status:
        """Return the status as a visitor meets it: an open survey outside its times is closed."""
        if self.status is Status.OPEN and not self.is_open(now):
            return Status.CLOSED
        return self.status


def publish(
    session: Session, slug: str, definition_text: str, published_by: str, now: datetime
) -> PublishedVersion:
    """Publish a definition under an address: a new survey, or the next version of one.

    Raises
    ------
    BadSlug
        When the address has other characters than it may.
    DefinitionError
        When the definition has errors, in itself or in what it refers to.
    Incomparable
        When its satisfaction, rule, measures or weighting differ from those of the current version;
        `QualityRulesFixed` when its quality rules do and responses are stored.
    AlreadyClosed
        When the survey of this address is closed.
    """
    if not SLUG.fullmatch(slug):
        raise BadSlug(slug)
    questionnaire = _checked(definition_text)
    digest = sha256(definition_text.encode()).hexdigest()
    survey = repository.lock_or_add_survey(session, slug, now)
    found = repository.find_survey(session, slug)
    if found is not None:
        current = found[1]
        if current.digest == digest:
            return PublishedVersion(survey.id, slug, current.id, current.number, is_new=False)
        if survey.status == Status.CLOSED:
            raise AlreadyClosed
        before = _parsed(session, current)
        if _measuring(before) != _measuring(questionnaire):
            raise Incomparable
        has_other_rules = before.quality != questionnaire.quality
        if has_other_rules and repository.count_responses(session, survey.id):
            raise QualityRulesFixed
    version = QuestionnaireVersion(
        survey_id=survey.id,
        number=found[1].number + 1 if found else 1,
        definition=definition_text,
        digest=digest,
        published_at=now,
        published_by=published_by,
    )
    session.add(version)
    _apply_limits(session, survey, questionnaire)
    session.flush()
    return PublishedVersion(survey.id, slug, version.id, version.number, is_new=True)


def fetch_published(session: Session, slug: str) -> PublishedSurvey:
    """Return the survey of an address, open or not.

    Raises
    ------
    NotFound
        When there is none.
    """
    # An address that cannot be is not asked for: PostgreSQL takes no NUL in a text.
    found = repository.find_survey(session, slug) if SLUG.fullmatch(slug) else None
    if found is None:
        raise NotFound("没有这份问卷，请核对地址。")
    return _published(session, *found)


def list_surveys(session: Session) -> tuple[PublishedSurvey, ...]:
    """Return every survey, by slug."""
    return tuple(_published(session, *row) for row in repository.fetch_surveys(session))


def set_status(session: Session, slug: str, status: Status) -> None:
    """Open, pause or close a survey.

    Raises
    ------
    NotFound
        When there is none.
    AlreadyClosed
        When it is closed: whoever has seen the result must not collect on.
    """
    fetch_published(session, slug)
    if not repository.set_status(session, slug, status.value):
        raise AlreadyClosed


def mark_as_demonstration(session: Session, slug: str) -> None:
    """Label a survey as made of simulated responses, which no page then hides."""
    repository.mark_as_demonstration(session, slug)


def _checked(definition_text: str) -> Questionnaire:
    examined = examine(definition_text)
    if examined.questionnaire is None:
        raise DefinitionError(examined.findings)
    return examined.questionnaire


def _measuring(questionnaire: Questionnaire) -> tuple[object, ...]:
    """Return what must stay for responses of two versions to be counted together."""
    measures = tuple((measure.key, measure.weight) for measure in questionnaire.measures)
    satisfaction = questionnaire.satisfaction
    weighting = questionnaire.weighting
    return (
        measures,
        None if satisfaction is None else (satisfaction.official_method, satisfaction.rule),
        None if weighting is None else (weighting.margins, weighting.variables),
    )


def _apply_limits(session: Session, survey: Survey, questionnaire: Questionnaire) -> None:
    limits = questionnaire.limits
    survey.one_response_per = limits.one_response_per if limits else "none"
    survey.max_responses = limits.max_responses if limits else None
    if survey.max_responses is not None:
        survey.accepted_count = repository.count_responses(session, survey.id)


def _published(
    session: Session, survey: Survey, version: repository.CurrentVersion
) -> PublishedSurvey:
    return PublishedSurvey(
        id=survey.id,
        slug=survey.slug,
        status=Status(survey.status),
        opens_at=survey.opens_at,
        closes_at=survey.closes_at,
        max_responses=survey.max_responses,
        accepted_count=survey.accepted_count,
        one_response_per=survey.one_response_per,
        is_demonstration=survey.is_demonstration,
        created_at=survey.created_at,
        version_id=version.id,
        version_number=version.number,
        published_at=version.published_at,
        questionnaire=_parsed(session, version),
    )


# A digest names one text for ever, so what was parsed once stays right in every process.
_questionnaires: dict[str, Questionnaire] = {}


def _parsed(session: Session, version: repository.CurrentVersion) -> Questionnaire:
    questionnaire = _questionnaires.get(version.digest)
    if questionnaire is None:
        text = repository.fetch_definition(session, version.id)
        questionnaire = _questionnaires[version.digest] = parse_questionnaire(text)
    return questionnaire
