"""A registered innovation case (创新示范) as a value, and who may do what with it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from analysis.rating.assessment import InnovationCase
from analysis.rating.innovation import identity
from backend.ratings.registers.events import EntryFields
from backend.ratings.rounds.rights import REVIEWERS
from backend.staff.service import Role, Staff


class CaseState(StrEnum):
    """How far the review is; only accepted cases count."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class CaseFields:
    """What is entered of a case, checked by `innovation_form`.

    Attributes
    ----------
    kind
        One of the kinds of the area's standard.
    evidence_url
        A link; empty where there is none.
    """

    kind: str
    dated_on: date
    title: str
    issuer: str
    evidence_url: str
    department: str


@dataclass(frozen=True)
class RegisteredCase(CaseFields):
    """A case with its review.

    Attributes
    ----------
    evidence
        What tells it from a case of the same title: its link, or the hash of its first file; empty
        where there is no evidence.
    reason
        The reviewer's; empty where none was given.
    """

    id: int
    public_id: str
    division_code: str
    evidence: str
    state: CaseState
    reason: str
    revision: int
    changed_by: str
    changed_at: datetime

    @property
    def case(self) -> InnovationCase:
        """As the rules count it."""
        return InnovationCase(self.dated_on, self.title, self.kind, self.evidence)

    @property
    def fields(self) -> CaseFields:
        """What was entered."""
        return CaseFields(
            kind=self.kind,
            dated_on=self.dated_on,
            title=self.title,
            issuer=self.issuer,
            evidence_url=self.evidence_url,
            department=self.department,
        )

    @property
    def recorded(self) -> EntryFields:
        """What its history keeps."""
        return {**asdict(self.fields), "state": self.state.value, "reason": self.reason}


def may_be_same(fields: CaseFields, other: RegisteredCase) -> bool:
    """Whether what is entered may be a case that is registered: same kind, title and evidence.

    A case without a link gets its files later, so that nothing but the title tells it as yet.
    """
    entered = InnovationCase(fields.dated_on, fields.title, fields.kind, fields.evidence_url)
    if fields.evidence_url and other.evidence:
        return identity(entered) == identity(other.case)
    return identity(replace(entered, evidence="")) == identity(replace(other.case, evidence=""))


def may_propose(staff: Staff) -> bool:
    """Whether somebody may enter cases; departments only for themselves."""
    return staff.role in REVIEWERS or staff.role is Role.DEPARTMENT


def is_of_another(staff: Staff, fields: CaseFields) -> bool:
    """Whether a case is another department's than somebody's own."""
    return staff.role is Role.DEPARTMENT and staff.department != fields.department


def may_edit(staff: Staff, case: RegisteredCase) -> bool:
    """Whether somebody may change a case: what is accepted, a department changes no more."""
    if staff.role in REVIEWERS:
        return True
    is_own = staff.role is Role.DEPARTMENT and staff.department == case.department
    return is_own and case.state is not CaseState.ACCEPTED


def may_review(staff: Staff) -> bool:
    """Whether somebody accepts and rejects cases."""
    return staff.role in REVIEWERS
