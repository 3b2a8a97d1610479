"""Downloads of evidence in the console, and its removal; whose it is decides who may.

Files come from anybody in a department and are opened by reviewers: they are only ever saved, never
shown inside the console's pages.
"""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Forbidden, NotFound
from backend.ratings.evidence.owner import InnovationOwner, RowOwner
from backend.ratings.evidence.service import (
    KeptEvidence,
    fetch_content,
    fetch_evidence,
    remove_evidence,
)
from backend.ratings.paths import RATINGS, row_path
from backend.ratings.registers.innovation_case import is_of_another, may_edit
from backend.ratings.registers.innovation_service import fetch_case_by_id
from backend.ratings.rounds.rights import READERS, may_read
from backend.ratings.rounds.service import detach, fetch_round_by_id, row_of
from backend.staff.service import Role, SignedInStaff, Staff, require_role
from backend.web.download import attachment

REMOVED = "这份佐证材料已被移除。"
# Whoever opens it all the same opens it without scripts, in an origin of its own.
POLICY = "default-src 'none'; sandbox"
REMOVERS = (Role.ADMIN, Role.DEPARTMENT, Role.REVIEWER)

router = APIRouter(
    prefix=f"{RATINGS}/evidence/{{public_id}}",
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)


@router.get("")
def download(session: ReadSession, staff: SignedInStaff, public_id: str) -> Response:
    """Return a file to be saved."""
    evidence = fetch_evidence(session, public_id)
    _require_reader(session, evidence, staff)
    return Response(
        fetch_content(session, evidence),
        media_type=evidence.media_type,
        headers={
            "Content-Disposition": attachment(evidence.file_name or "file"),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.post("/remove", dependencies=[Depends(require_role(*REMOVERS))])
def remove(session: WriteSession, staff: SignedInStaff, public_id: str) -> RedirectResponse:
    """Remove evidence, and go back to what it belongs to."""
    evidence, now = fetch_evidence(session, public_id), datetime.now(UTC)
    match evidence.owner:
        case RowOwner(round_id, number):
            slug = fetch_round_by_id(session, round_id).slug
            detach(session, slug, evidence, staff, now)
            back = row_path(slug, number)
        case InnovationOwner(innovation_id):
            case = fetch_case_by_id(session, innovation_id)
            if not may_edit(staff, case):
                raise Forbidden
            remove_evidence(session, evidence, staff.email, now)
            back = f"{RATINGS}/innovation/{case.public_id}"
    return RedirectResponse(f"{back}?done=removed", status_code=303)


def _require_reader(session: Session, evidence: KeptEvidence, staff: Staff) -> None:
    """Refuse departments what is another's; and everybody what was removed."""
    if evidence.removed_at is not None:
        raise NotFound(REMOVED)
    match evidence.owner:
        case RowOwner(round_id, number):
            row = row_of(fetch_round_by_id(session, round_id), number)
            is_readable = may_read(staff, row)
        case InnovationOwner(innovation_id):
            case = fetch_case_by_id(session, innovation_id)
            is_readable = not is_of_another(staff, case)
    if not is_readable:
        raise Forbidden
