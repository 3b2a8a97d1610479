"""The resident's pages, one dataclass each; what they have in common is a `Frame`."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from backend.responses.views.fields import Typing
from backend.responses.views.items import ItemView, condition_text, item_views
from backend.responses.views.script_words import script_words
from backend.responses.views.typed import TypedAnswer
from backend.responses.visit import CONSENT
from backend.web.wording import translate
from survey_forms.definition import Page, Questionnaire
from survey_forms.items import MatrixItem

LANGUAGE_NAMES: Mapping[str, str] = {"zh-CN": "中文", "en": "English"}
CONTINUED = "{title}（续）"


@dataclass(frozen=True)
class Switch:
    """A link to the same page in another language or type size."""

    path: str
    label: str
    language: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page of a survey.

    `draft` names what the browser keeps of this questionnaire.
    """

    title: str
    organiser: str
    is_large: bool
    is_demonstration: bool
    draft: str
    size_switch: Switch
    language_switch: Switch | None


@dataclass(frozen=True)
class NoticeView:
    """What is consented to, before the first question."""

    purpose: str
    collected: str
    retention_months: int
    contact: str


@dataclass(frozen=True)
class PageView:
    """The questions shown at once where there is JavaScript."""

    title: str
    description: str
    show_if: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class SummaryLine:
    """One mistake in the summary: where to go, what it is about, and what is wrong."""

    target: str
    about: str
    error: str


@dataclass(frozen=True)
class QuestionnairePage:
    """The form. `is_fresh` tells that nothing has been sent yet, so that a draft may fill it."""

    frame: Frame
    action: str
    is_fresh: bool
    hidden: tuple[tuple[str, str], ...]
    words: str
    introduction: str
    minutes: int
    notice: NoticeView
    has_consented: bool
    consent_error: str
    pages: tuple[PageView, ...]
    summary: tuple[SummaryLine, ...]


def in_fours(receipt_number: str) -> str:
    """Write a receipt number in groups of four, as people read it out."""
    return " ".join(receipt_number[i : i + 4] for i in range(0, len(receipt_number), 4))


@dataclass(frozen=True)
class DonePage:
    """Thanks; `receipt` is "" when the browser knows none, because it is late or never sent one."""

    frame: Frame
    receipt: str
    questionnaire_path: str


@dataclass(frozen=True)
class ClosedPage:
    """The survey takes no responses now; what was sent too late is shown back."""

    frame: Frame
    heading: str
    detail: str
    typed: tuple[TypedAnswer, ...]


@dataclass(frozen=True)
class AlreadyReceivedPage:
    """A response is stored already; what came later is shown back."""

    frame: Frame
    detail: str
    typed: tuple[TypedAnswer, ...]


def frame_of(
    questionnaire: Questionnaire,
    *,
    path: str,
    query: Mapping[str, str],
    language: str,
    is_large: bool,
    is_demonstration: bool,
    draft: str,
) -> Frame:
    """Return the frame of a page at `path`; `query` is what its links keep."""
    kept = {name: value for name, value in query.items() if value}

    def switch(label: str, label_language: str, **changed: str) -> Switch:
        changed_query = {name: value for name, value in {**kept, **changed}.items() if value}
        return Switch(f"{path}?{urlencode(changed_query)}", label, label_language)

    others = [each for each in questionnaire.languages if each != language]
    size = translate("标准字号" if is_large else "大字版", language)
    return Frame(
        title=questionnaire.title.in_language(language),
        organiser=questionnaire.organiser.in_language(language),
        is_large=is_large,
        is_demonstration=is_demonstration,
        draft=draft,
        size_switch=switch(size, language, large="" if is_large else "1"),
        language_switch=switch(LANGUAGE_NAMES[others[0]], others[0], lang=others[0])
        if others
        else None,
    )


def questionnaire_page(
    questionnaire: Questionnaire,
    typing: Typing,
    frame: Frame,
    *,
    action: str,
    is_fresh: bool,
    hidden: Mapping[str, str],
) -> QuestionnairePage:
    """Return the form as typed so far, with what is wrong with it."""
    language = typing.language
    introduction = questionnaire.introduction
    return QuestionnairePage(
        frame=frame,
        action=action,
        is_fresh=is_fresh,
        hidden=tuple(hidden.items()),
        words=script_words(language),
        introduction=introduction.in_language(language) if introduction else "",
        minutes=questionnaire.estimated_minutes,
        notice=NoticeView(
            purpose=questionnaire.notice.purpose.in_language(language),
            collected=questionnaire.notice.collected.in_language(language),
            retention_months=questionnaire.notice.retention_months,
            contact=questionnaire.notice.contact.in_language(language),
        ),
        has_consented=typing.first(CONSENT) == "yes",
        consent_error=typing.errors.get(CONSENT, ""),
        pages=tuple(_page(questionnaire, page, typing) for page in questionnaire.pages),
        summary=_summary(questionnaire, typing),
    )


def _page(questionnaire: Questionnaire, page: Page, typing: Typing) -> PageView:
    language = typing.language
    title = page.section.title.in_language(language)
    description = page.section.description
    is_first = page.title is not None
    return PageView(
        title=title if is_first else translate(CONTINUED, language, {"title": title}),
        description=description.in_language(language) if is_first and description else "",
        show_if=condition_text(page.section.show_if),
        items=item_views(questionnaire, page.items, typing),
    )


def _summary(questionnaire: Questionnaire, typing: Typing) -> tuple[SummaryLine, ...]:
    """List the errors in the order in which the page shows their fields."""
    language = typing.language
    places: dict[str, tuple[str, str]] = {CONSENT: ("consent", translate("知情同意", language))}
    for item in questionnaire.items:
        title = item.title.in_language(language)
        places[item.key] = (item.key, title)
        places[f"{item.key}.other"] = (f"{item.key}.other", title)
        if isinstance(item, MatrixItem):
            rows = item.rows_in_order(typing.seed)
            places[item.key] = (f"{item.key}.{rows[0].key}", title)
            for row in rows:
                field = f"{item.key}.{row.key}"
                places[field] = (field, row.label.in_language(language))
    return tuple(
        SummaryLine(target, about, typing.errors[field])
        for field, (target, about) in places.items()
        if field in typing.errors
    )
