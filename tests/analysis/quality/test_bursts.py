"""Bursts are found by a window that slides over the responses of one network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.quality import Bursts
from analysis.quality.bursts import flag_bursts
from tests.analysis.quality.response_sets import a_response_set

MINUTE = 60


def test_everyone_in_a_burst_is_flagged_and_nobody_else() -> None:
    at = [0, 20 * MINUTE, 21 * MINUTE, 22 * MINUTE, 23 * MINUTE, 60 * MINUTE]
    responses = a_response_set(6, network=[1] * 6, submitted_at=at)

    flags = flag_bursts(responses, Bursts(most=3, minutes=5))

    assert flags.flagged.tolist() == [False, True, True, True, True, False]
    assert flags.value.tolist() == [1, 4, 4, 4, 4, 1]
    assert flags.limit.tolist() == [3] * 6


def test_as_many_as_allowed_are_no_burst() -> None:
    responses = a_response_set(3, network=[1] * 3, submitted_at=[0, 1, 2])

    flags = flag_bursts(responses, Bursts(most=3, minutes=5))

    assert not flags.flagged.any()


@pytest.mark.parametrize(("last", "flagged"), [(5 * MINUTE, True), (5 * MINUTE + 1, False)])
def test_the_ends_of_a_window_belong_to_it(last: float, flagged: bool) -> None:
    responses = a_response_set(3, network=[1] * 3, submitted_at=[0, 1, last])

    flags = flag_bursts(responses, Bursts(most=2, minutes=5))

    assert flags.flagged.tolist() == [flagged] * 3


def test_two_bursts_of_one_network_are_told_apart() -> None:
    at = [0, 1, 2, 3600, 3601, 3602, 3603]
    responses = a_response_set(7, network=[1] * 7, submitted_at=at)

    flags = flag_bursts(responses, Bursts(most=2, minutes=1))

    assert flags.value.tolist() == [3, 3, 3, 4, 4, 4, 4]


def test_networks_are_judged_each_by_itself_and_unknown_ones_not_at_all() -> None:
    responses = a_response_set(6, network=[1, 2, 1, 2, -1, -1], submitted_at=[0] * 6)

    flags = flag_bursts(responses, Bursts(most=1, minutes=1))

    assert flags.flagged.tolist() == [True] * 4 + [False] * 2
    assert np.isnan(flags.value[4:]).all()


@given(
    st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 400)), max_size=40),
    st.integers(1, 4),
)
def test_a_response_is_flagged_when_some_window_around_it_is_too_full(
    sent: list[tuple[int, int]], most: int
) -> None:
    network, at = [each[0] for each in sent], [each[1] for each in sent]
    responses = a_response_set(len(sent), network=network, submitted_at=at)

    flags = flag_bursts(responses, Bursts(most=most, minutes=1))

    full = [
        begin
        for begin in sent
        if begin[0] >= 0 and sum(_is_in(each, begin) for each in sent) > most
    ]
    assert flags.flagged.tolist() == [any(_is_in(each, begin) for begin in full) for each in sent]


def _is_in(each: tuple[int, int], begin: tuple[int, int]) -> bool:
    return each[0] == begin[0] and begin[1] <= each[1] <= begin[1] + MINUTE


@pytest.mark.parametrize("parameters", [{"most": 0}, {"minutes": 0.0}])
def test_parameters_out_of_range_are_refused(parameters: dict[str, int]) -> None:
    with pytest.raises(AnalysisError):
        Bursts(**parameters)
