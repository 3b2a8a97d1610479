"""What a workbook would change, and what it may not."""

import pytest

from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.round import RowState
from backend.ratings.sheets import wording
from backend.ratings.sheets.changes import FigureChange, find_changes
from backend.ratings.sheets.uploaded import Faulty, FileRow
from tests.backend.ratings.sheets.rounds import ADMIN, a_round, department_staff, with_row

# Rows 1 and 2 are 市行政审批服务局's, row 5 is 市大数据中心's.
ROUND = a_round({1: {"online_rate": 0.9}, 2: {"cross_level_rate": 0.8}}, revision=3)


def file_row(figure: float | None, revision: int = 3) -> FileRow:
    return FileRow(1, revision, {"online_rate": figure})


def test_a_change_says_old_and_new() -> None:
    (change,) = find_changes(ROUND, (file_row(0.95),), {}, ADMIN)

    assert change.changes == (FigureChange("online_rate", 0.9, 0.95),)
    assert change.figures == {"online_rate": 0.95}
    assert not change.is_conflict


def test_a_blank_cell_takes_the_figure_away() -> None:
    (change,) = find_changes(ROUND, (file_row(None),), {}, ADMIN)

    assert change.figures == {}


def test_a_measure_without_a_line_stays() -> None:
    stored: StoredFigures = {"proof_free_items": 300.0, "proof_free_share": 0.5}
    round_ = a_round({3: stored})

    (change,) = find_changes(round_, (FileRow(3, 1, {"proof_free_items": 310.0}),), {}, ADMIN)

    assert change.figures == {"proof_free_items": 310.0, "proof_free_share": 0.5}


def test_a_row_that_changed_since_the_export_is_a_conflict() -> None:
    (change,) = find_changes(ROUND, (file_row(0.95, 2),), {(1, 2): {"online_rate": 0.7}}, ADMIN)

    assert change.is_conflict


def test_what_others_entered_since_stays_where_the_file_says_what_was_exported() -> None:
    changes = find_changes(ROUND, (file_row(0.7, 2),), {(1, 2): {"online_rate": 0.7}}, ADMIN)

    assert changes == ()


def test_two_who_entered_the_same_agree() -> None:
    changes = find_changes(ROUND, (file_row(0.9, 2),), {(1, 2): {"online_rate": 0.7}}, ADMIN)

    assert changes == ()


def test_of_an_unknown_revision_every_difference_is_a_change() -> None:
    (change,) = find_changes(ROUND, (file_row(0.7, 2),), {}, ADMIN)

    assert change.is_conflict


def test_a_department_may_bring_rows_of_others_unchanged() -> None:
    staff = department_staff("市大数据中心")
    rows = (file_row(0.9), FileRow(5, 0, {"sharing_request_fulfilment": 0.95}))

    changes = find_changes(ROUND, rows, {}, staff)

    assert [change.row.number for change in changes] == [5]


def test_a_department_may_not_change_rows_of_others() -> None:
    staff = department_staff("市大数据中心")

    with pytest.raises(Faulty) as caught:
        find_changes(ROUND, (file_row(0.95),), {}, staff)

    (fault,) = caught.value.faults
    assert (fault.message, fault.arguments) == (wording.OTHER_DEPARTMENT, {"number": 1})


def test_an_accepted_row_may_not_be_changed() -> None:
    round_ = with_row(ROUND, 1, state=RowState.ACCEPTED)

    with pytest.raises(Faulty) as caught:
        find_changes(round_, (file_row(0.95),), {}, ADMIN)

    assert caught.value.faults[0].message == wording.ALREADY_ACCEPTED


def test_an_accepted_row_may_come_back_as_it_is() -> None:
    round_ = with_row(ROUND, 1, state=RowState.ACCEPTED)

    assert find_changes(round_, (file_row(0.9),), {}, ADMIN) == ()
