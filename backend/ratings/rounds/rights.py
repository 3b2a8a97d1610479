"""Who may do what in an assessment round.

Departments enter what is theirs, reviewers judge it; administrators may do both, to help out.
"""

from backend.ratings.rounds.round import Row
from backend.staff.service import Role, Staff

READERS = (Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR, Role.DEPARTMENT, Role.REVIEWER)
REVIEWERS = (Role.ADMIN, Role.REVIEWER)
ENTERERS = (Role.ADMIN, Role.DEPARTMENT)
SETTLERS = (Role.ADMIN, Role.REVIEWER, Role.EVALUATOR)
CLOSERS = (Role.ADMIN, Role.EVALUATOR)


def is_of(staff: Staff, departments: tuple[str, ...]) -> bool:
    """Whether a member of staff is of one of these departments."""
    return staff.role is Role.DEPARTMENT and staff.department in departments


def may_read(staff: Staff, row: Row) -> bool:
    """Whether somebody may see a row with its evidence: departments see their own."""
    return is_of(staff, row.departments) if staff.role is Role.DEPARTMENT else True


def may_enter(staff: Staff, row: Row) -> bool:
    """Whether somebody may fill in a row."""
    return staff.role is Role.ADMIN or is_of(staff, row.departments)


def may_review(staff: Staff) -> bool:
    """Whether somebody may open rounds, judge rows and assign them."""
    return staff.role in REVIEWERS


def may_judge_benchmark(staff: Staff) -> bool:
    """Whether somebody may record the judgement that five stars also need."""
    return staff.role in (Role.ADMIN, Role.EVALUATOR)
