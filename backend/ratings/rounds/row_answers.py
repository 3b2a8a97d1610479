"""How a request about one row is answered: the change is made, or the page comes back.

What cannot be stored is shown on the page with all that was typed: 422 for bad fields, 409 when
somebody else was faster. What is asked for is left to `row_pages`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import database_of
from backend.errors import Conflict, FieldError, Forbidden, Invalid, MinshengError
from backend.ratings.evidence.owner import RowOwner
from backend.ratings.evidence.service import list_with_removed
from backend.ratings.forms.refused import refused_form
from backend.ratings.paths import row_path
from backend.ratings.rounds import service
from backend.ratings.rounds.refusals import RowChanged
from backend.ratings.rounds.rights import may_read
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.service import RowAt
from backend.ratings.rounds.views.row import Attempt, StoredRow, row_page
from backend.settings import Settings
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff
from backend.web.language import language_of
from backend.web.templating import translator

REVISION = re.compile("[0-9]{1,9}")
NO_REVISION = "页面不完整，请重新打开后再提交。"


@dataclass(frozen=True)
class Asked:
    """A request about a row, by whom."""

    request: Request
    staff: Staff
    slug: str
    number: int

    def at(self, typed: Mapping[str, str]) -> RowAt:
        """Return the row as the page showed it."""
        revision = typed.get("revision", "")
        if not REVISION.fullmatch(revision):
            raise Invalid(errors=(FieldError("revision", NO_REVISION),))
        return RowAt(self.slug, self.number, int(revision))

    @property
    def row(self) -> Row:
        """The row as it is stored."""
        return _read(self).row


def _asked(request: Request, staff: SignedInStaff, slug: str, number: int) -> Asked:
    return Asked(request, staff, slug, number)


AskedRow = Annotated[Asked, Depends(_asked)]
Change = Callable[[Session, datetime], object]


def answer(asked: Asked, attempt: Attempt, done: str, change: Change) -> Response:
    """Make a change and go on to the page, or show it with what was typed and what is wrong.

    Raises NotFound when there is no such row, and Forbidden for another department's.
    """
    _read(asked)
    try:
        with database_of(asked.request).write() as session:
            change(session, datetime.now(UTC))
    except (Invalid, Conflict) as error:
        return show(asked, _failed(asked, attempt, error), status_code=error.status)
    path = row_path(asked.slug, asked.number)
    return RedirectResponse(f"{path}?done={done}", status_code=303)


def _failed(asked: Asked, attempt: Attempt, error: MinshengError) -> Attempt:
    refused = refused_form(attempt.typed, error, language_of(asked.request))
    return Attempt(
        form=attempt.form,
        typed=attempt.typed,
        errors=refused.errors,
        problem=refused.problem,
        conflicts=isinstance(error, RowChanged),
    )


def show(asked: Asked, attempt: Attempt, *, done: str = "", status_code: int = 200) -> HTMLResponse:
    """Show the page of a row; raises as `answer`."""
    settings: Settings = asked.request.app.state.settings
    page = row_page(
        _read(asked),
        asked.staff,
        attempt,
        settings.zone,
        translator(language_of(asked.request)),
        done,
    )
    return render_in_console(
        asked.request, "ratings/rounds/row.html", page, asked.staff, status_code=status_code
    )


def _read(asked: Asked) -> StoredRow:
    """Return the row with all that belongs to it; Forbidden for another department's."""
    with database_of(asked.request).read() as session:
        found = service.fetch_round(session, asked.slug)
        row = service.row_of(found, asked.number)
        if not may_read(asked.staff, row):
            raise Forbidden
        progress = service.list_progress(session, found.id)
        return StoredRow(
            round=found,
            row=row,
            evidence=list_with_removed(session, RowOwner(found.id, row.number)),
            progress=tuple(each for each in progress if each.number == row.number),
            events=service.list_events(session, found.id, row.number),
        )
