"""Packed counts come back as they were."""

import numpy as np
import pytest

from backend.tabulation.groups import Group, GroupedCounts
from backend.tabulation.packing import pack, unpack

CHANNEL_OF_ANY_TEXT = '微信 "\\|\u2028\ud800'


@pytest.mark.parametrize("largest", [0, 200, 70_000, 5_000_000_000, 2**62])
def test_whole_numbers_of_any_size_and_sums_come_back_exactly(largest: int) -> None:
    empty = GroupedCounts.empty(2)
    counts = np.full((2, empty.counts.shape[1]), largest)
    counts[0, 0] = 1
    sums = np.full((2, empty.sums.shape[1]), 0.1 + 0.2)
    groups = (
        Group("370811|female", CHANNEL_OF_ANY_TEXT, True, False, "duplicate"),
        Group("", "web", False, True, ""),
    )

    back = unpack(pack(GroupedCounts(groups, counts, sums)))

    assert back.groups == groups
    assert all(isinstance(group.simulated, bool) for group in back.groups)
    assert np.array_equal(back.counts, counts)
    assert back.counts.dtype == np.int64
    assert np.array_equal(back.sums, sums)


def test_no_groups_come_back_as_none() -> None:
    back = unpack(pack(GroupedCounts.empty(16)))

    assert back.groups == ()
    assert back.counts.shape == GroupedCounts.empty(16).counts.shape
