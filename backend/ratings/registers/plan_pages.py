"""The console's pages on plans: the list, a plan's targets, and reporting a target's figure."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from analysis.rating.plan import Plan, Target
from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Invalid
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.views import FormView
from backend.ratings.registers.form_pages import reader_of, today
from backend.ratings.registers.plan_form import read_figure
from backend.ratings.registers.plan_service import (
    fetch_plan,
    fetch_target,
    follow,
    list_plans,
    may_report,
    report_figure,
)
from backend.ratings.registers.plan_views import PLANS, plan_page, plans_page
from backend.ratings.registers.target_views import target_page
from backend.ratings.rounds.rights import READERS
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, Staff, require_role
from backend.web.typed_fields import TypedFields

# Departments too: which one may is the target's to say.
REPORTERS = (Role.ADMIN, Role.REVIEWER, Role.DEPARTMENT)

router = APIRouter(
    prefix=PLANS, include_in_schema=False, dependencies=[Depends(require_role(*READERS))]
)


@router.get("")
def show_plans(request: Request, staff: SignedInStaff, session: ReadSession) -> HTMLResponse:
    """List the plans, and how their targets stand today."""
    day = today(reader_of(request))
    page = plans_page((plan, follow(session, plan, day)) for plan in list_plans())
    return render_in_console(request, "ratings/registers/plans.html", page, staff)


@router.get("/{plan_id}")
def show_plan(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    plan_id: str,
    department: str = "",
    status: str = "",
) -> HTMLResponse:
    """Show a plan's targets, all or those of one department or status."""
    reader, plan = reader_of(request), fetch_plan(plan_id)
    page = plan_page(plan, follow(session, plan, today(reader)), department, status, reader)
    return render_in_console(request, "ratings/registers/plan.html", page, staff)


@router.get("/{plan_id}/{key}")
def show_target(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    plan_id: str,
    key: str,
    done: str | None = None,
) -> HTMLResponse:
    """Show a target with all figures that were reported."""
    plan = fetch_plan(plan_id)
    target = fetch_target(plan, key)
    form = FormView({"measured_on": today(reader_of(request)).isoformat()})
    return _page(request, staff, session, plan, target, form, is_done=done is not None)


@router.post("/{plan_id}/{key}", dependencies=[Depends(require_role(*REPORTERS))])
def add_figure(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    plan_id: str,
    key: str,
) -> Response:
    """Report a figure; all that was typed is kept when it is refused."""
    reader, plan = reader_of(request), fetch_plan(plan_id)
    target = fetch_target(plan, key)
    try:
        figure = read_figure(typed, target, today(reader))
    except Invalid as error:
        form = refused_form(typed, error, reader.language)
        return _page(request, staff, session, plan, target, form, status_code=error.status)
    report_figure(session, plan, target, figure, staff, datetime.now(UTC))
    return RedirectResponse(f"{PLANS}/{plan.id}/{target.key}?done=reported", status_code=303)


def _page(
    request: Request,
    staff: Staff,
    session: Session,
    plan: Plan,
    target: Target,
    form: FormView,
    *,
    status_code: int = 200,
    is_done: bool = False,
) -> HTMLResponse:
    reader = reader_of(request)
    followed = follow(session, plan, today(reader))
    page = target_page(
        plan,
        next(each for each in followed if each.target is target),
        form,
        reader,
        may_report=may_report(staff, target),
        is_done=is_done,
    )
    return render_in_console(
        request, "ratings/registers/target.html", page, staff, status_code=status_code
    )
