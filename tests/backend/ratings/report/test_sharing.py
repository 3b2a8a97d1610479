"""Who sees what of a report."""

from backend.ratings.report.sharing import seen_by
from backend.staff.rights import Role
from backend.staff.service import Staff
from tests.backend.ratings.report.rounds import REVIEWER
from tests.backend.ratings.report.snapshots import jining

BUREAU = Staff(3, "department@jining.example", Role.DEPARTMENT, "市行政审批服务局")


def test_a_department_sees_the_evidence_and_notes_of_its_own_rows_only() -> None:
    rows = {row.number: row for row in seen_by(jining(), BUREAU).rows}

    # Row 2 is its own, row 4 is of 市大数据中心.
    assert rows[2].evidence
    assert rows[2].note
    assert not rows[4].evidence


def test_a_department_sees_the_figures_and_points_of_all_rows() -> None:
    seen = seen_by(jining(), BUREAU)

    assert [row.points for row in seen.rows] == [row.points for row in jining().rows]
    assert seen.rows[3].figures == jining().rows[3].figures


def test_a_reviewer_sees_everything() -> None:
    assert seen_by(jining(), REVIEWER) == jining()
