"""Reads the form of an innovation case."""

from collections.abc import Mapping
from datetime import date

from analysis.rating.standard import InnovationIndicator
from backend.ratings.forms.typed import TypedForm
from backend.ratings.registers.innovation_case import CaseFields
from backend.staff.service import Staff

KIND_MISSING = "请选择类别。"
TITLE_MISSING = "请填写案例名称。"
ISSUER_MISSING = "请填写颁发、刊载或宣传推广的单位。"
DEPARTMENT_MISSING = "请填写责任部门。"


def read_case(
    typed: Mapping[str, str], row: InnovationIndicator, staff: Staff, today: date
) -> CaseFields:
    """Return what was typed; staff of a department enter their own cases.

    Raises
    ------
    Invalid
        Naming every bad field: an unknown kind, a date after today, a text that is missing or too
        long, a link that is none.
    """
    form = TypedForm(typed)
    kind = form.raw("kind")
    if kind not in row.kinds:
        form.refuse("kind", KIND_MISSING)
    fields = CaseFields(
        kind=kind,
        dated_on=form.day("dated_on", today),
        title=form.line("title", 300, TITLE_MISSING),
        issuer=form.line("issuer", 200, ISSUER_MISSING),
        evidence_url=form.link("evidence_url", 2000),
        department=staff.department or form.line("department", 100, DEPARTMENT_MISSING),
    )
    form.settle()
    return fields


def read_reason(typed: Mapping[str, str]) -> str:
    """Return what a reviewer says; Invalid when it is too long."""
    form = TypedForm(typed)
    reason = form.text("reason", 2000)
    form.settle()
    return reason
