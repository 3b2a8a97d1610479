"""JSON routes for programs that ask a survey: kiosks, call centres, mini programs."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import (
    AlreadyAnswered,
    BrokenRequest,
    CrossOriginRefused,
    IdempotencyConflict,
    Invalid,
    InvalidAnswers,
    NotFound,
    QuotaReached,
    SurveyClosed,
    TooLarge,
    UnsupportedMediaType,
)
from backend.responses.origins import origin_of
from backend.responses.schemas import NewResponse, ReceiptJson
from backend.responses.service import Submission, accept, hash_request
from backend.surveys.schemas import Slug, SurveyJson, items_json
from backend.surveys.service import fetch_published
from backend.web.language import language_of
from backend.web.problems import problems

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x20-\x7e]+$",
        description="The sender's own name for this submission. The same key with the same body "
        "is stored once, however often it is sent.",
    ),
]
Language = Annotated[
    str | None,
    Query(alias="lang", description="`zh-CN` or `en`; else `Accept-Language` decides."),
]


def _require_json(request: Request) -> None:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType(arguments={"expected": "application/json"})


@router.get(
    "/{slug}",
    summary="The questionnaire of a survey",
    response_model=SurveyJson,
    responses=problems(NotFound),
)
def get_survey(
    request: Request, slug: Slug, session: ReadSession, _lang: Language = None
) -> Response:
    """Return the current questionnaire, whether or not the survey is open."""
    survey = fetch_published(session, slug)
    language = language_of(request)
    body = SurveyJson(
        slug=survey.slug,
        version=survey.version_number,
        title=survey.questionnaire.title.in_language(language),
        status=survey.effective_status(datetime.now(UTC)),
        languages=list(survey.questionnaire.languages),
        items=items_json(survey.questionnaire, language),
    )
    return _json(body.model_dump_json(exclude_unset=True), 200)


@router.post(
    "/{slug}/responses",
    summary="Send a response",
    status_code=201,
    response_model=ReceiptJson,
    response_description="Stored",
    responses={
        200: {"model": ReceiptJson, "description": "Stored by an earlier request with this key"},
        **problems(
            BrokenRequest,
            CrossOriginRefused,
            NotFound,
            SurveyClosed,
            QuotaReached,
            IdempotencyConflict,
            AlreadyAnswered,
            TooLarge,
            UnsupportedMediaType,
            Invalid,
            InvalidAnswers,
        ),
    },
    dependencies=[Depends(_require_json)],
)
def post_response(
    request: Request,
    slug: Slug,
    body: NewResponse,
    session: WriteSession,
    idempotency_key: IdempotencyKey = None,
    _lang: Language = None,
) -> Response:
    """Store a response; what is acknowledged is committed.

    Without a key every request is a new response.
    """
    survey = fetch_published(session, slug)
    submission = Submission(
        raw=body.answers,
        channel=body.channel,
        language=language_of(request),
        idempotency_key=idempotency_key,
        request_hash=hash_request(body.content()),
        origin=origin_of(
            survey,
            request.app.state.settings.secret_key,
            address=request.client.host if request.client else None,
            identity=body.respondent,
        ),
    )
    receipt = accept(session, survey, submission, datetime.now(UTC))
    received_at = receipt.received_at.astimezone(request.app.state.settings.zone)
    answer = ReceiptJson(id=receipt.public_id, received_at=received_at)
    return _json(answer.model_dump_json(), 200 if receipt.replayed else 201)


def _json(body: str, status: int) -> Response:
    # Rendered here, while the route still has its thread and its transaction.
    return Response(body, status_code=status, media_type="application/json")
