"""Who acts in tests of rounds, and on which rows of the city's table."""

from analysis import shipped
from analysis.rating.standard import LeveledIndicator
from backend.staff.rights import Role
from backend.staff.service import Staff

# Its departments are 市大数据中心 and 市行政审批服务局; a count or a share, and another share.
PROOF_FREE = 3
# Of 市大数据中心; has conditions to attest.
SHANDONG_TONG = 4
# Of 市教育局.
SCHOOLS = 10

DATA_BUREAU = Staff(2, "data@jining.example", Role.DEPARTMENT, "市大数据中心")
APPROVALS = Staff(3, "approvals@jining.example", Role.DEPARTMENT, "市行政审批服务局")
EDUCATION = Staff(4, "education@jining.example", Role.DEPARTMENT, "市教育局")
REVIEWER = Staff(5, "reviewer@jining.example", Role.REVIEWER)
EVALUATOR = Staff(6, "evaluator@jining.example", Role.EVALUATOR)


def indicator(number: int, standard_id: str = "shandong-2023-city") -> LeveledIndicator:
    """A row of a standard that has levels."""
    found = shipped.standard(standard_id).indicator(number)
    assert isinstance(found, LeveledIndicator)
    return found
