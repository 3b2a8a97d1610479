"""The resident's pages: the questionnaire, and what becomes of it when it is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import AlreadyAnswered, IdempotencyConflict, InvalidAnswers, SurveyClosed
from backend.responses.cookies import (
    Device,
    KeptReceipt,
    device_of,
    keep_device,
    keep_receipt,
    limits_devices,
    read_receipt,
)
from backend.responses.origins import origin_of
from backend.responses.service import Submission, accept, find_earlier_response, hash_request
from backend.responses.views import (
    AlreadyReceivedPage,
    ClosedPage,
    DonePage,
    Frame,
    TypedAnswer,
    Typing,
    frame_of,
    in_fours,
    questionnaire_page,
    typed_answers,
)
from backend.responses.views.script_words import CONSENT_MISSING
from backend.responses.visit import CONSENT, Visit, begin_visit, resume_visit
from backend.settings import Settings
from backend.surveys.service import PublishedSurvey, Status, fetch_published
from backend.web.templating import render
from backend.web.wording import fault_text, translate
from survey_forms.answers import Faults, raw_from_form, read_answers
from survey_forms.items import FormFields

FIRST_WAS_RECEIVED = "您先前提交的答卷已经收到，无需再次提交。之后的改动没有保存。"
DEVICE_HAS_ANSWERED = "这台设备已提交过这份问卷，每台设备只需填写一次。"

router = APIRouter(prefix="/s", include_in_schema=False)


async def _form_fields(request: Request) -> FormFields:
    """Read a form of either encoding; files, which no form of ours sends, are left out."""
    async with request.form() as form:
        fields: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
        return fields


SentFields = Annotated[FormFields, Depends(_form_fields)]


@router.get("/{slug}")
def show_questionnaire(request: Request, slug: str, session: ReadSession) -> Response:
    """Show the questionnaire, or why there is none to fill in."""
    survey, now = fetch_published(session, slug), datetime.now(UTC)
    visit = begin_visit(survey, request.query_params, now)
    if not survey.is_open(now):
        return _closed(request, survey, visit, now, {})
    # Where devices are only counted, those who merely look get no cookie.
    device = device_of(request, survey) if limits_devices(survey) else None
    if device and not device.is_new and _has_answered(request, session, survey, device):
        return _already_received(request, survey, visit, DEVICE_HAS_ANSWERED, {}, status_code=200)
    response = _questionnaire(request, survey, visit, fields={}, errors={})
    keep_device(request, response, device)
    return response


@router.post("/{slug}")
def send_questionnaire(
    request: Request, slug: str, fields: SentFields, session: WriteSession
) -> Response:
    """Store what was filled in; 303 to the thanks, or the page again with what is wrong."""
    survey, now = fetch_published(session, slug), datetime.now(UTC)
    visit = resume_visit(survey, fields, _settings(request).secret_key)
    raw = raw_from_form(survey.questionnaire, fields)
    if survey.is_open(now) and "yes" not in fields.get(CONSENT, ()):
        errors = _errors(read_answers(survey.questionnaire, raw), visit.language)
        errors[CONSENT] = translate(CONSENT_MISSING, visit.language)
        return _questionnaire(request, survey, visit, fields, errors)
    device = device_of(request, survey)
    try:
        receipt = accept(session, survey, _submission(request, survey, visit, raw, device), now)
    except InvalidAnswers as error:
        return _questionnaire(request, survey, visit, fields, _errors(error.faults, visit.language))
    except SurveyClosed:
        # A quota that ran out is noticed after the insert, which must not stay.
        session.rollback()
        return _closed(request, survey, visit, now, fields)
    except IdempotencyConflict:
        return _already_received(request, survey, visit, FIRST_WAS_RECEIVED, fields)
    except AlreadyAnswered:
        return _already_received(request, survey, visit, DEVICE_HAS_ANSWERED, fields)
    response = RedirectResponse(f"/s/{survey.slug}/done", status_code=303)
    kept = KeptReceipt(receipt.public_id, visit.language, visit.is_large)
    keep_receipt(request, response, survey, kept)
    keep_device(request, response, device)
    return response


@router.get("/{slug}/done")
def show_thanks(request: Request, slug: str, session: ReadSession) -> Response:
    """Thank, with the receipt number as long as this browser knows it."""
    survey = fetch_published(session, slug)
    kept = read_receipt(request)
    query = {"lang": kept.language, "large": "1" if kept.is_large else ""}
    visit = begin_visit(survey, query, datetime.now(UTC))
    page = DonePage(_frame(survey, visit), in_fours(kept.number), f"/s/{survey.slug}")
    return render(request, "resident/done.html", page, language=visit.language)


def _questionnaire(
    request: Request,
    survey: PublishedSurvey,
    visit: Visit,
    fields: FormFields,
    errors: Mapping[str, str],
) -> Response:
    page = questionnaire_page(
        survey.questionnaire,
        Typing(visit.language, visit.seed, fields, errors),
        _frame(survey, visit),
        action=f"/s/{survey.slug}",
        is_fresh=not fields,
        hidden=visit.hidden_fields(survey, _settings(request).secret_key),
    )
    return render(
        request,
        "resident/questionnaire.html",
        page,
        language=visit.language,
        status_code=422 if errors else 200,
    )


def _closed(
    request: Request, survey: PublishedSurvey, visit: Visit, now: datetime, fields: FormFields
) -> Response:
    heading, detail = _why_closed(survey, now)
    opens_at = survey.opens_at.astimezone(_settings(request).zone) if survey.opens_at else now
    page = ClosedPage(
        frame=_frame(survey, visit),
        heading=translate(heading, visit.language),
        detail=translate(detail, visit.language, {"time": f"{opens_at:%Y-%m-%d %H:%M}"}),
        typed=_typed(survey, visit, fields),
    )
    return render(request, "resident/closed.html", page, language=visit.language, status_code=404)


def _why_closed(survey: PublishedSurvey, now: datetime) -> tuple[str, str]:
    """Return heading and sentence, as message ids."""
    if survey.status is Status.PAUSED:
        return "问卷暂停填写", "调查暂时停止征集，请过些时候再来看看。感谢您的关注。"
    if survey.status is Status.OPEN and survey.opens_at and now < survey.opens_at:
        return "问卷尚未开放", "调查将于 {time} 开始，届时欢迎您填写。"
    if survey.is_full:
        return "问卷已收满", "调查已收到足够的答卷。感谢您的关注。"
    return "调查已结束", "这次调查已经结束，不再接受填写。感谢您的关注。"


def _already_received(
    request: Request,
    survey: PublishedSurvey,
    visit: Visit,
    detail: str,
    fields: FormFields,
    status_code: int = 409,
) -> Response:
    page = AlreadyReceivedPage(
        frame=_frame(survey, visit),
        detail=translate(detail, visit.language),
        typed=_typed(survey, visit, fields),
    )
    return render(
        request,
        "resident/already_received.html",
        page,
        language=visit.language,
        status_code=status_code,
    )


def _frame(survey: PublishedSurvey, visit: Visit) -> Frame:
    return frame_of(
        survey.questionnaire,
        path=f"/s/{survey.slug}",
        query=visit.query(),
        language=visit.language,
        is_large=visit.is_large,
        is_demonstration=survey.is_demonstration,
        draft=f"{survey.slug}.{survey.version_number}",
    )


def _typed(survey: PublishedSurvey, visit: Visit, fields: FormFields) -> tuple[TypedAnswer, ...]:
    return typed_answers(survey.questionnaire, fields, visit.language)


def _errors(read: object, language: str) -> dict[str, str]:
    """Return the first mistake of each field, in words."""
    errors: dict[str, str] = {}
    for fault in read if isinstance(read, Faults) else ():
        errors.setdefault(fault.field, fault_text(fault, language))
    return errors


def _submission(
    request: Request,
    survey: PublishedSurvey,
    visit: Visit,
    raw: Mapping[str, object],
    device: Device | None,
) -> Submission:
    settings = _settings(request)
    limited = device if limits_devices(survey) else None
    return Submission(
        raw=raw,
        channel=visit.channel,
        language=visit.language,
        idempotency_key=visit.idempotency_key,
        request_hash=hash_request({"answers": raw}),
        opened_at=visit.opened_at,
        order_seed=visit.seed,
        respondent_hash=limited.respondent_hash(survey, settings) if limited else None,
        origin=origin_of(
            survey,
            settings.secret_key,
            address=request.client.host if request.client else None,
            device=device.name if device else None,
        ),
    )


def _has_answered(
    request: Request, session: Session, survey: PublishedSurvey, device: Device
) -> bool:
    hashed = device.respondent_hash(survey, _settings(request))
    return find_earlier_response(session, survey, hashed)


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
