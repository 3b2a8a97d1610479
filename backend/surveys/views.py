"""What the console's pages on surveys show, ready to be placed by their templates.

Words are message ids of the catalogue; times are already in the city's zone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.results.wording import METHODS
from backend.staff.service import Role
from backend.surveys.history import CountedSurvey, PastVersion
from backend.surveys.service import PublishedSurvey, Status
from backend.web.finding_words import finding_sentence
from survey_forms import shipped
from survey_forms.definition import Questionnaire
from survey_forms.findings import Finding
from survey_forms.loading import parse_questionnaire

PUBLISHERS = frozenset({Role.ADMIN, Role.PUBLISHER})
STATUS_WORDS = {
    Status.OPEN: "正在征集",
    Status.PAUSED: "已暂停",
    Status.CLOSED: "已关闭",
}
DONE_WORDS = {
    "published": "发布成功。",
    "unchanged": "内容与当前版本完全相同，没有产生新版本。",
    "open": "已开放，市民可以填写。",
    "paused": "已暂停，市民暂时不能填写。",
    "closed": "已关闭，不再接受填写。",
}


@dataclass(frozen=True)
class StatusChange:
    """A button: what the survey becomes, what the button says, whether there is a way back."""

    status: Status
    label: str
    is_final: bool = False


CHANGES = {
    Status.OPEN: (
        StatusChange(Status.PAUSED, "暂停"),
        StatusChange(Status.CLOSED, "关闭调查", is_final=True),
    ),
    Status.PAUSED: (
        StatusChange(Status.OPEN, "恢复征集"),
        StatusChange(Status.CLOSED, "关闭调查", is_final=True),
    ),
    Status.CLOSED: (),
}


@dataclass(frozen=True)
class SurveyRow:
    """One survey: `status` as a visitor meets it, `changes` what staff may make of it."""

    slug: str
    title: str
    status: Status
    status_word: str
    version_number: int
    responses: int
    is_demonstration: bool
    changes: tuple[StatusChange, ...]

    @property
    def path(self) -> str:
        """The survey's page in the console."""
        return f"/staff/surveys/{self.slug}"

    @property
    def resident_path(self) -> str:
        """The page that residents fill in."""
        return f"/s/{self.slug}"

    @property
    def results_path(self) -> str:
        """The evaluator's page."""
        return f"{self.path}/results"


@dataclass(frozen=True)
class SurveysPage:
    """All surveys."""

    surveys: tuple[SurveyRow, ...]
    may_publish: bool


@dataclass(frozen=True)
class VersionRow:
    """One published version."""

    number: int
    published_at: str
    published_iso: str
    published_by: str
    digest: str
    short_digest: str
    is_shown: bool


@dataclass(frozen=True)
class SurveyPage:
    """One survey with its versions; `shown` is the version whose `definition` is printed."""

    survey: SurveyRow
    organiser: str
    resident_address: str
    official_method: str | None
    is_once_per_device: bool
    max_responses: int | None
    versions: tuple[VersionRow, ...]
    shown: VersionRow
    definition: str
    may_publish: bool
    message: str | None


@dataclass(frozen=True)
class FindingRow:
    """One finding of the check, in words, with the line of the definition it is about."""

    severity: str
    line: int
    column: int
    item: str | None
    words: str
    excerpt: str


@dataclass(frozen=True)
class Summary:
    """What a definition without errors amounts to."""

    title: str
    items: int
    pages: int
    minutes: int
    languages: str
    official_method: str | None
    rule: str | None


@dataclass(frozen=True)
class Start:
    """A shipped questionnaire to begin with."""

    id: str
    title: str
    minutes: int


@dataclass(frozen=True)
class PublishPage:
    """The form for publishing, with everything typed so far and what is wrong with it."""

    address_start: str
    starts: tuple[Start, ...]
    slug: str = ""
    definition: str = ""
    slug_error: str | None = None
    file_error: str | None = None
    definition_error: str | None = None
    problem: str | None = None
    findings: tuple[FindingRow, ...] = ()
    summary: Summary | None = None
    error_count: int = field(init=False)
    has_errors: bool = field(init=False)

    def __post_init__(self) -> None:
        count = sum(finding.severity == "error" for finding in self.findings)
        object.__setattr__(self, "error_count", count)
        object.__setattr__(self, "has_errors", count > 0)


def survey_row(counted: CountedSurvey, language: str, now: datetime) -> SurveyRow:
    """Prepare one survey."""
    survey = counted.survey
    return SurveyRow(
        slug=survey.slug,
        title=survey.questionnaire.title.in_language(language),
        status=survey.effective_status(now),
        status_word=_status_word(survey, now),
        version_number=survey.version_number,
        responses=counted.responses,
        is_demonstration=survey.is_demonstration,
        changes=CHANGES[survey.status],
    )


def version_row(version: PastVersion, shown: PastVersion, zone: ZoneInfo) -> VersionRow:
    """Prepare one version."""
    published_at = version.published_at.astimezone(zone)
    return VersionRow(
        number=version.number,
        published_at=published_at.strftime("%Y-%m-%d %H:%M"),
        published_iso=published_at.isoformat(timespec="seconds"),
        published_by=version.published_by,
        digest=version.digest,
        short_digest=version.digest[:12] + "…",
        is_shown=version.number == shown.number,
    )


def survey_page(
    counted: CountedSurvey,
    versions: Sequence[PastVersion],
    shown: PastVersion,
    *,
    language: str,
    zone: ZoneInfo,
    base_url: str,
    may_publish: bool,
    done: str | None,
    now: datetime,
) -> SurveyPage:
    """Prepare the page of one survey."""
    survey = counted.survey
    row = survey_row(counted, language, now)
    return SurveyPage(
        survey=row,
        organiser=survey.questionnaire.organiser.in_language(language),
        resident_address=base_url + row.resident_path,
        official_method=_method_words(survey.questionnaire),
        is_once_per_device=survey.one_response_per == "device",
        max_responses=survey.max_responses,
        versions=tuple(version_row(version, shown, zone) for version in versions),
        shown=version_row(shown, shown, zone),
        definition=shown.definition,
        may_publish=may_publish,
        message=DONE_WORDS.get(done or ""),
    )


def summary(questionnaire: Questionnaire, language: str) -> Summary:
    """Prepare what a correct definition amounts to."""
    return Summary(
        title=questionnaire.title.in_language(language),
        items=len(questionnaire.items),
        pages=len(questionnaire.pages),
        minutes=questionnaire.estimated_minutes,
        languages=" · ".join(questionnaire.languages),
        official_method=_method_words(questionnaire),
        rule=questionnaire.satisfaction.rule if questionnaire.satisfaction else None,
    )


def finding_rows(
    findings: Sequence[Finding], definition: str, translate: Callable[[str], str]
) -> tuple[FindingRow, ...]:
    """Prepare findings, errors first, each with the line of the definition it is about."""
    lines = definition.split("\n")
    in_order = sorted(findings, key=lambda found: (found.severity != "error", found.line))
    return tuple(
        FindingRow(
            severity=found.severity,
            line=found.line,
            column=found.column,
            item=found.item,
            words=finding_sentence(found, translate),
            excerpt=lines[found.line - 1].strip() if found.line <= len(lines) else "",
        )
        for found in in_order
    )


def starts(language: str) -> tuple[Start, ...]:
    """Prepare the questionnaires that ship, to begin with."""
    shipped_ones = (
        (each, parse_questionnaire(shipped.questionnaire_text(each)))
        for each in shipped.questionnaire_ids()
    )
    return tuple(
        Start(each, questionnaire.title.in_language(language), questionnaire.estimated_minutes)
        for each, questionnaire in shipped_ones
    )


def _method_words(questionnaire: Questionnaire) -> str | None:
    satisfaction = questionnaire.satisfaction
    return None if satisfaction is None else METHODS[satisfaction.official_method]


def _status_word(survey: PublishedSurvey, now: datetime) -> str:
    """Say why an open survey takes no responses, where that is so."""
    if survey.status is not Status.OPEN or survey.is_open(now):
        return STATUS_WORDS[survey.status]
    if survey.is_full:
        return "已收满"
    has_begun = survey.opens_at is None or survey.opens_at <= now
    return "已截止" if has_begun else "尚未开始"
