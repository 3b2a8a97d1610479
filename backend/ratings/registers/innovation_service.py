"""The register of innovation cases: propose, edit, accept, reject, and hand over to the rating.

Every change is recorded, and none is made over somebody else's unawares.
"""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from analysis.rating.assessment import InnovationCase
from backend.errors import FieldError, Forbidden, Invalid, NotFound
from backend.ratings.evidence.owner import InnovationOwner
from backend.ratings.evidence.service import list_evidence
from backend.ratings.registers import repository
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.entry import ChangedMeanwhile, new_public_id, require_public_id
from backend.ratings.registers.events import record_event
from backend.ratings.registers.innovation_case import (
    CaseFields,
    CaseState,
    RegisteredCase,
    is_of_another,
    may_be_same,
    may_edit,
    may_propose,
    may_review,
)
from backend.ratings.registers.models import InnovationEntry
from backend.staff.service import Staff

REASON_MISSING = "请填写不予通过的理由。"
EVIDENCE_MISSING = "这项案例还没有佐证材料，补充后才能审核通过。"
UNCONFIRMED = "如确需另行登记，请勾选确认。"


class DuplicateCase(Invalid):
    """The same case is registered already; `twins` are the entries. To be confirmed."""

    code, title = "duplicate-case", "案例重复"
    detail = "同类中已登记过标题和佐证相同的案例，重复的只计一次。"

    def __init__(self, twins: tuple[RegisteredCase, ...]) -> None:
        super().__init__(errors=(FieldError("confirm_duplicate", UNCONFIRMED),))
        self.twins = twins


def list_cases(session: Session, division_code: str) -> tuple[RegisteredCase, ...]:
    """Return every case of an area, whatever its review, by date."""
    entries = repository.fetch_entries(session, InnovationEntry, division_code)
    return tuple(_registered(session, entry) for entry in entries)


def accepted_cases(session: Session, division_code: str) -> tuple[InnovationCase, ...]:
    """Return the cases that count for the rating of an area, of whatever date."""
    cases = list_cases(session, division_code)
    return tuple(each.case for each in cases if each.state is CaseState.ACCEPTED)


def fetch_case(session: Session, public_id: str) -> RegisteredCase:
    """Return a case; NotFound when there is none."""
    entry = repository.find_entry(session, InnovationEntry, require_public_id(public_id))
    if entry is None:
        raise NotFound("没有这项案例，请核对地址。")
    return _registered(session, entry)


def fetch_case_by_id(session: Session, case_id: int) -> RegisteredCase:
    """Return the case that something refers to."""
    return _registered(session, repository.fetch_entry(session, InnovationEntry, case_id))


def known_departments(session: Session, area: RegisterArea) -> tuple[str, ...]:
    """Return the departments of the area's cases, to be suggested for the next one."""
    return tuple(repository.fetch_departments(session, area.code))


def propose(
    session: Session,
    area: RegisterArea,
    fields: CaseFields,
    staff: Staff,
    now: datetime,
    is_confirmed: bool = False,
) -> RegisteredCase:
    """Register a case, which is then to be reviewed.

    Raises
    ------
    Forbidden
        When the role may not, or the case is another department's.
    DuplicateCase
        When the same case is registered, unless that is confirmed.
    """
    _require_department(staff, fields, may_propose(staff))
    if not is_confirmed:
        _refuse_twins(session, area.code, fields)
    entry = InnovationEntry(
        public_id=new_public_id(),
        division_code=area.code,
        **asdict(fields),
        state=CaseState.PROPOSED.value,
        reason="",
        revision=1,
        changed_by=staff.email,
        changed_at=now,
    )
    session.add(entry)
    session.flush()
    case = _registered(session, entry)
    record_event(session, "innovation", case.id, None, case.recorded, staff.email, now)
    return case


def edit(
    session: Session,
    public_id: str,
    revision: int,
    fields: CaseFields,
    staff: Staff,
    now: datetime,
    is_confirmed: bool = False,
) -> RegisteredCase:
    """Change a case. One that was rejected is proposed anew; one that was accepted stays so.

    Raises
    ------
    Forbidden
        When the role may not, the case is another department's, or accepted.
    ChangedMeanwhile
        When it is no more at the revision that was read.
    DuplicateCase
        When the change makes it another's duplicate, unless that is confirmed.
    """
    before = fetch_case(session, public_id)
    # First, so that who is too late for an accepted case is told what happened to it.
    if before.revision != revision:
        raise ChangedMeanwhile(before)
    _require_department(staff, fields, may_edit(staff, before))
    if not is_confirmed and _is_renamed(before.fields, fields):
        _refuse_twins(session, before.division_code, fields, besides=before)
    is_rejected = before.state is CaseState.REJECTED
    after = replace(
        before,
        **asdict(fields),
        state=CaseState.PROPOSED if is_rejected else before.state,
        reason="" if is_rejected else before.reason,
    )
    return _saved(session, before, after, staff, now)


def review(
    session: Session,
    public_id: str,
    revision: int,
    state: CaseState,
    reason: str,
    staff: Staff,
    now: datetime,
) -> RegisteredCase:
    """Accept a case, or reject it with a reason; either can be revised later.

    Raises
    ------
    Forbidden
        When the role may not.
    Invalid
        When it is rejected without a reason, or accepted without evidence.
    ChangedMeanwhile
        When it is no more at the revision that was read.
    """
    before = fetch_case(session, public_id)
    if not may_review(staff):
        raise Forbidden
    if before.revision != revision:
        raise ChangedMeanwhile(before)
    if state is CaseState.REJECTED and not reason:
        raise Invalid(errors=(FieldError("reason", REASON_MISSING),))
    if state is CaseState.ACCEPTED and not before.evidence:
        raise Invalid(errors=(FieldError("reason", EVIDENCE_MISSING),))
    return _saved(session, before, replace(before, state=state, reason=reason), staff, now)


def _saved(
    session: Session, before: RegisteredCase, after: RegisteredCase, staff: Staff, now: datetime
) -> RegisteredCase:
    values = {**after.recorded, "changed_by": staff.email, "changed_at": now}
    if not repository.change_entry(session, InnovationEntry, before.id, before.revision, values):
        raise ChangedMeanwhile(_reread(session, before))
    record_event(
        session, "innovation", before.id, before.recorded, after.recorded, staff.email, now
    )
    return replace(after, revision=before.revision + 1, changed_by=staff.email, changed_at=now)


def _reread(session: Session, case: RegisteredCase) -> RegisteredCase:
    session.expire_all()
    return fetch_case(session, case.public_id)


def _require_department(staff: Staff, fields: CaseFields, is_allowed: bool) -> None:
    if not is_allowed or is_of_another(staff, fields):
        raise Forbidden("您只能登记和修改本部门尚未审核通过的案例。")


def _refuse_twins(
    session: Session, division_code: str, fields: CaseFields, besides: RegisteredCase | None = None
) -> None:
    twins = tuple(
        each
        for each in list_cases(session, division_code)
        if may_be_same(fields, each) and (besides is None or each.id != besides.id)
    )
    if twins:
        raise DuplicateCase(twins)


def _is_renamed(before: CaseFields, after: CaseFields) -> bool:
    told_by = ("kind", "title", "evidence_url")
    return any(getattr(before, name) != getattr(after, name) for name in told_by)


def _registered(session: Session, entry: InnovationEntry) -> RegisteredCase:
    return RegisteredCase(
        id=entry.id,
        public_id=entry.public_id,
        division_code=entry.division_code,
        kind=entry.kind,
        dated_on=entry.dated_on,
        title=entry.title,
        issuer=entry.issuer,
        evidence_url=entry.evidence_url,
        department=entry.department,
        evidence=entry.evidence_url or _first_evidence(session, entry.id),
        state=CaseState(entry.state),
        reason=entry.reason,
        revision=entry.revision,
        changed_by=entry.changed_by,
        changed_at=entry.changed_at,
    )


def _first_evidence(session: Session, entry_id: int) -> str:
    kept = list_evidence(session, InnovationOwner(entry_id))
    return (kept[0].url or kept[0].sha256 or "") if kept else ""
