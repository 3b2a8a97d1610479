"""`GET /staff/sample-size`: how many responses a survey needs. The form is all in the address."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from backend.sample_size.form import read_form
from backend.sample_size.views import sample_size_page
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, require_role
from backend.web.language import language_of
from backend.web.templating import translator

router = APIRouter(
    prefix="/staff/sample-size",
    include_in_schema=False,
    dependencies=[Depends(require_role(Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR))],
)


@router.get("")
def show_sample_size(request: Request, staff: SignedInStaff) -> HTMLResponse:
    """Show the form, and the sizes that what is in it asks for."""
    translate = translator(language_of(request))
    filled = read_form(request.query_params, translate)
    return render_in_console(
        request,
        "staff/sample_size.html",
        sample_size_page(filled, translate),
        staff,
        status_code=422 if filled.errors else 200,
    )
