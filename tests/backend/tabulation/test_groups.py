"""Adding and subtracting grouped counts."""

import numpy as np

from backend.tabulation.groups import Group, GroupedCounts, add_up

WEB = Group("370811|female", "web", False, False, "")
HALL = Group("370811|female", "hall-qr", False, False, "")


def counts(*groups: tuple[Group, int, float]) -> GroupedCounts:
    """Counts of one measure that all chose level 5; (group, responses, composite of each)."""
    empty = GroupedCounts.empty(1)
    whole = np.zeros((len(groups), empty.counts.shape[1]), dtype=np.int64)
    sums = np.zeros((len(groups), empty.sums.shape[1]))
    for row, (_, n, composite) in enumerate(groups):
        whole[row, [0, 5, -4, -3, -2, -1]] = n
        sums[row] = [n * composite, n * composite**2] * 4
    return GroupedCounts(tuple(group for group, _, _ in groups), whole, sums)


def test_the_same_group_adds_up_and_others_stand_beside_it_sorted() -> None:
    total = add_up([(1, counts((WEB, 2, 0.5))), (1, counts((WEB, 3, 0.5), (HALL, 1, 1.0)))])

    assert total.groups == (HALL, WEB)
    assert total.n.tolist() == [1, 5]
    assert total.marks[:, 0, 4].tolist() == [1, 5]
    assert total.composites[1, 0].tolist() == [5.0, 2.5, 1.25]


def test_a_group_that_all_have_left_is_gone() -> None:
    total = add_up([(1, counts((WEB, 2, 0.3), (HALL, 1, 0.7))), (-1, counts((WEB, 2, 0.3)))])

    assert total.groups == (HALL,)


def test_where_no_composite_is_left_no_rounding_is() -> None:
    both = counts((WEB, 2, 0.1))
    left = counts((WEB, 1, 0.1))
    # One more response, which answered nothing that counts.
    both.counts[0, 0] += 1

    total = add_up([(1, both), (-1, left), (-1, left)])

    assert total.n.tolist() == [1]
    assert not total.sums.any()


def test_nothing_adds_up_to_nothing() -> None:
    total = add_up([(1, GroupedCounts.empty(3)), (-1, GroupedCounts.empty(3))])

    assert total.groups == ()
    assert total.marks.shape == (0, 3, 7)
    assert total.composites.shape == (0, 4, 3)


def test_without_measures_responses_are_counted_all_the_same() -> None:
    nothing_measured = GroupedCounts((WEB,), np.array([[4, 0, 0, 0, 0]]), np.zeros((1, 8)))

    total = add_up([(1, nothing_measured), (1, nothing_measured)])

    assert total.n.tolist() == [8]
    assert total.marks.shape == (1, 0, 7)
