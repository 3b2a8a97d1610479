"""The console's page of one row of a round: entry, evidence, review, progress."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.errors import Invalid
from backend.ratings.evidence.new import NewEvidence, Upload
from backend.ratings.forms.typed import to_day
from backend.ratings.paths import RATINGS
from backend.ratings.rounds import service
from backend.ratings.rounds.departments import read_departments
from backend.ratings.rounds.entry import Entry, read_entry
from backend.ratings.rounds.forms import read_progress
from backend.ratings.rounds.rights import ENTERERS, READERS, REVIEWERS
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.row_answers import Asked, AskedRow, answer, show
from backend.ratings.rounds.service import RowAt
from backend.ratings.rounds.views.row import Attempt
from backend.settings import Settings
from backend.staff.service import Staff, require_role
from backend.web.typed_fields import TypedFields

router = APIRouter(
    prefix=f"{RATINGS}/rounds/{{slug}}/rows/{{number}}",
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)
may_enter = Depends(require_role(*ENTERERS))
may_review = Depends(require_role(*REVIEWERS))


@router.get("")
def show_row(asked: AskedRow, done: str = "") -> HTMLResponse:
    """Show a row."""
    return show(asked, Attempt(), done=done)


@router.post("/save", dependencies=[may_enter])
def save(asked: AskedRow, typed: TypedFields) -> Response:
    """Keep what a department typed."""
    return _enter(asked, typed, "save", service.save_row)


@router.post("/submit", dependencies=[may_enter])
def submit(asked: AskedRow, typed: TypedFields) -> Response:
    """Keep what a department typed and hand it to the reviewers."""
    return _enter(asked, typed, "submit", service.submit_row)


@router.post("/accept", dependencies=[may_review])
def accept(asked: AskedRow, typed: TypedFields) -> Response:
    """Accept a submitted row."""
    return answer(
        asked,
        Attempt("review", typed),
        "accept",
        lambda session, now: service.accept_row(session, asked.at(typed), asked.staff, now),
    )


@router.post("/return", dependencies=[may_review])
def give_back(asked: AskedRow, typed: TypedFields) -> Response:
    """Return a submitted row with a reason."""
    return _send_back(asked, typed, "return", service.return_row)


@router.post("/reopen", dependencies=[may_review])
def reopen(asked: AskedRow, typed: TypedFields) -> Response:
    """Give an accepted row back with a reason."""
    return _send_back(asked, typed, "reopen", service.reopen_row)


@router.post("/assign", dependencies=[may_review])
def assign(asked: AskedRow, typed: TypedFields) -> Response:
    """Change the departments and the date of a row."""
    departments = read_departments(typed.get("departments", ""))
    due_on = to_day(typed.get("due_on", ""))
    return answer(
        asked,
        Attempt("assign", typed),
        "assign",
        lambda session, now: service.assign_row(
            session, asked.at(typed), departments, due_on, asked.staff, now
        ),
    )


@router.post("/progress", dependencies=[may_enter])
def report_progress(asked: AskedRow, typed: TypedFields) -> Response:
    """Keep what a department reports."""
    today = _today(asked.request)

    def add(session: Session, now: datetime) -> None:
        new = read_progress(asked.row, typed, today)
        service.add_progress(session, asked.slug, asked.number, new, asked.staff, now, today)

    return answer(asked, Attempt("progress", typed), "progress", add)


@router.post("/evidence", dependencies=[may_enter])
def add_evidence(
    asked: AskedRow,
    title: Annotated[str, Form()] = "",
    measure: Annotated[str, Form()] = "",
    link: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """Keep a file or a link."""
    # A browser sends an empty name for a field in which no file was chosen.
    upload = Upload(file.filename, file.file.read()) if file and file.filename else None
    new = NewEvidence(title, measure or None, link, upload)
    return answer(
        asked,
        Attempt("evidence", {"title": title, "measure": measure, "link": link}),
        "evidence",
        lambda session, now: service.attach(
            session, asked.slug, asked.number, new, asked.staff, now
        ),
    )


def _enter(
    asked: Asked,
    typed: Mapping[str, str],
    done: str,
    keep: Callable[[Session, RowAt, Entry, Staff, datetime], Row],
) -> Response:
    read = read_entry(asked.row.indicator, typed)

    def change(session: Session, now: datetime) -> None:
        if read.errors:
            raise Invalid(errors=read.errors)
        keep(session, asked.at(typed), read.entry, asked.staff, now)

    return answer(asked, Attempt("entry", typed), done, change)


def _send_back(
    asked: Asked,
    typed: Mapping[str, str],
    done: str,
    send: Callable[[Session, RowAt, str, Staff, datetime], Row],
) -> Response:
    reason = typed.get("reason", "")
    return answer(
        asked,
        Attempt("review", typed),
        done,
        lambda session, now: send(session, asked.at(typed), reason, asked.staff, now),
    )


def _today(request: Request) -> date:
    settings: Settings = request.app.state.settings
    return datetime.now(settings.zone).date()
