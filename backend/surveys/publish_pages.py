"""The console's page for publishing a questionnaire: choose or paste, check, publish."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, database_of
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, require_role
from backend.surveys.drafts import (
    NotUtf8,
    current_definition,
    definition_of_file,
    same_line_ends,
    shipped_definition,
)
from backend.surveys.references import examine
from backend.surveys.service import (
    SLUG,
    AlreadyClosed,
    BadSlug,
    Incomparable,
    PublishedVersion,
    publish,
)
from backend.surveys.views import PUBLISHERS, PublishPage, finding_rows, starts, summary
from backend.web.language import language_of
from backend.web.templating import translator

# Before the router of `pages.py`, whose `/{slug}` would take `new` for a survey.
router = APIRouter(
    prefix="/staff/surveys",
    include_in_schema=False,
    dependencies=[Depends(require_role(*PUBLISHERS))],
)

NO_DEFINITION = "请上传或粘贴问卷定义，也可以从自带的问卷开始。"
NOT_UTF8 = "这个文件不是 UTF-8 编码。请用文本编辑器另存为 UTF-8 后再上传。"


@router.get("/new")
def show_publishing(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    start: str | None = None,
    next_of: str | None = None,
) -> HTMLResponse:
    """Show the form: empty, with a shipped questionnaire, or with what a survey asks now."""
    page = _empty_page(request)
    if start is not None:
        page = replace(page, slug=start, definition=shipped_definition(start))
    elif next_of is not None:
        page = replace(page, slug=next_of, definition=current_definition(session, next_of))
    return render_in_console(request, "staff/publish.html", page, staff)


@router.post("/new")
def check_or_publish(
    request: Request,
    staff: SignedInStaff,
    slug: Annotated[str, Form()] = "",
    definition: Annotated[str, Form()] = "",
    action: Annotated[str, Form()] = "check",
    file: UploadFile | None = None,
) -> Response:
    """Check a definition, and publish it when that was asked for; all that was typed is kept."""
    page = replace(_empty_page(request), slug=slug.strip(), definition=same_line_ends(definition))
    page = _with_file(page, file)
    if not page.file_error:
        page = _checked(request, page, needs_slug=action == "publish")
    if action == "publish" and page.summary:
        try:
            published = _publish(request, page, staff.email)
        except (Incomparable, AlreadyClosed) as error:
            page = replace(page, problem=error.detail, summary=None)
        else:
            done = "published" if published.is_new else "unchanged"
            return RedirectResponse(f"/staff/surveys/{page.slug}?done={done}", status_code=303)
    status_code = 200 if page.summary else 422
    return render_in_console(request, "staff/publish.html", page, staff, status_code=status_code)


def _with_file(page: PublishPage, file: UploadFile | None) -> PublishPage:
    # A browser sends an empty file for a field in which none was chosen.
    if file is None or not file.size:
        return page
    try:
        return replace(page, definition=definition_of_file(file.file.read()))
    except NotUtf8:
        return replace(page, file_error=NOT_UTF8)


def _checked(request: Request, page: PublishPage, needs_slug: bool) -> PublishPage:
    """Add what is wrong, or, when nothing is, what the questionnaire amounts to."""
    if (page.slug or needs_slug) and not SLUG.fullmatch(page.slug):
        page = replace(page, slug_error=BadSlug.detail)
    if not page.definition.strip():
        return replace(page, definition_error=NO_DEFINITION)
    language = language_of(request)
    examined = examine(page.definition)
    rows = finding_rows(examined.findings, page.definition, translator(language))
    page = replace(page, findings=rows)
    if examined.questionnaire is None or page.slug_error:
        return page
    return replace(page, summary=summary(examined.questionnaire, language))


def _publish(request: Request, page: PublishPage, published_by: str) -> PublishedVersion:
    # Opened only now: a check must not keep submissions waiting for the writer's turn.
    with database_of(request).write() as session:
        return publish(session, page.slug, page.definition, published_by, datetime.now(UTC))


def _empty_page(request: Request) -> PublishPage:
    base_url: str = request.app.state.settings.base_url
    return PublishPage(address_start=f"{base_url}/s/", starts=starts(language_of(request)))
