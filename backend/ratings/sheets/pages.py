"""Export of a round as a workbook, and its import: upload, preview, confirmation."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backend.db.unit_of_work import ReadSession, database_of
from backend.ratings.paths import RATINGS, round_path
from backend.ratings.rounds.refusals import RowChanged
from backend.ratings.rounds.rights import ENTERERS, READERS
from backend.ratings.rounds.service import fetch_round
from backend.ratings.sheets import service, wording
from backend.ratings.sheets.container import MAX_BYTES, BadFile
from backend.ratings.sheets.kept import Kept, keep, take_back
from backend.ratings.sheets.service import ChangedMeanwhile
from backend.ratings.sheets.uploaded import Faulty
from backend.ratings.sheets.views import ImportPage, fault_lines, import_page, preview_view
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff, require_role
from backend.web.language import language_of
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(
    prefix=f"{RATINGS}/rounds/{{slug}}",
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)
may_import = Depends(require_role(*ENTERERS))
TEMPLATE = "ratings/sheets/import.html"


@router.get("/table.xlsx")
async def export_table(request: Request, slug: str, staff: SignedInStaff) -> Response:
    """Return the workbook."""
    zone = request.app.state.settings.zone
    exported_at = datetime.now(zone)

    def make() -> bytes:
        with database_of(request).read() as session:
            return service.export(session, slug, staff, exported_at)

    content = await in_slow_lane(request, make)
    name = f"{slug}-{exported_at:%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


@router.get("/import")
def show_import(
    request: Request, slug: str, staff: SignedInStaff, session: ReadSession, done: int | None = None
) -> HTMLResponse:
    """Show the ways out and in."""
    page = import_page(fetch_round(session, slug), staff)
    return render_in_console(request, TEMPLATE, replace(page, done=done), staff)


@router.post("/import", dependencies=[may_import])
async def preview_import(
    request: Request, slug: str, staff: SignedInStaff, file: UploadFile | None = None
) -> HTMLResponse:
    """Show what an uploaded workbook would change, or all that is wrong in it."""
    # One byte more than is allowed tells that it is too large.
    content = await file.read(MAX_BYTES + 1) if file else b""
    name = file.filename or "" if file else ""
    page = await in_slow_lane(request, lambda: _previewed(request, slug, name, content, staff))
    status_code = 422 if page.file_error or page.faults else 200
    return render_in_console(request, TEMPLATE, page, staff, status_code=status_code)


@router.post("/import/confirm", dependencies=[may_import])
def confirm_import(
    request: Request,
    slug: str,
    staff: SignedInStaff,
    kept: Annotated[str, Form()] = "",
    row: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Import the chosen rows of a preview; when one of them changed meanwhile, show it anew."""
    found = take_back(_secret(request), slug, staff, kept)
    chosen = frozenset(row or ())
    if found is None:
        page = _problem(request, slug, staff, wording.PREVIEW_UNREADABLE)
    elif not chosen & found.shown.keys():
        page = _compared(request, found, staff, chosen, wording.NOTHING_CHOSEN)
    else:
        try:
            with database_of(request).write() as session:
                count = service.carry_out(session, found, chosen, staff, datetime.now(UTC))
        except (ChangedMeanwhile, RowChanged, Faulty):
            page = _compared(request, found, staff, chosen, wording.CHANGED_MEANWHILE)
            return render_in_console(request, TEMPLATE, page, staff, status_code=409)
        path = f"{round_path(slug)}/import?done={count}"
        return RedirectResponse(path, status_code=303)
    return render_in_console(request, TEMPLATE, page, staff, status_code=422)


def _previewed(request: Request, slug: str, name: str, content: bytes, staff: Staff) -> ImportPage:
    translate = translator(language_of(request))
    with database_of(request).read() as session:
        round_ = fetch_round(session, slug)
        page = import_page(round_, staff)
        try:
            changes = service.preview(session, round_, name, content, staff)
        except BadFile as error:
            code = error.code if name else "no_file"
            return replace(page, file_error=translate(wording.FILE_WORDS[code]))
        except Faulty as error:
            return replace(page, faults=fault_lines(error.faults, translate))
    kept = keep(_secret(request), slug, staff, changes)
    zone = request.app.state.settings.zone
    return replace(page, preview=preview_view(changes, kept, zone, translate))


def _compared(
    request: Request, kept: Kept, staff: Staff, chosen: frozenset[int], problem: str
) -> ImportPage:
    """Show a preview again, held against what is stored now."""
    translate = translator(language_of(request))
    with database_of(request).read() as session:
        round_ = fetch_round(session, kept.slug)
        page = replace(import_page(round_, staff), problem=translate(problem))
        try:
            changes = service.compare(session, round_, kept.rows, staff)
        except Faulty as error:
            return replace(page, faults=fault_lines(error.faults, translate))
    again = keep(_secret(request), kept.slug, staff, changes)
    # What changed meanwhile is to be looked at anew, so it is not ticked.
    still = frozenset(
        each.row.number
        for each in changes
        if each.row.number in chosen and kept.shown[each.row.number] == each.row.revision
    )
    zone = request.app.state.settings.zone
    return replace(page, preview=preview_view(changes, again, zone, translate, still))


def _problem(request: Request, slug: str, staff: Staff, problem: str) -> ImportPage:
    translate = translator(language_of(request))
    with database_of(request).read() as session:
        page = import_page(fetch_round(session, slug), staff)
    return replace(page, problem=translate(problem))


def _secret(request: Request) -> str:
    secret: str = request.app.state.settings.secret_key
    return secret
