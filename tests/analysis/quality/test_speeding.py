"""Speeding is judged by the time for each rated item, against a fixed limit and the median."""

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.quality import Speeding
from analysis.quality.speeding import FEWEST_FOR_MEDIAN, flag_speeding
from tests.analysis.quality.response_sets import a_response_set


def test_less_time_than_reading_takes_is_flagged() -> None:
    responses = a_response_set(2, seconds=[14.9, 15.0], shown=[10, 10])

    flags = flag_speeding(responses, Speeding(share_of_median=0, seconds_per_item=1.5))

    assert flags.flagged.tolist() == [True, False]
    assert flags.value.tolist() == [14.9, 15.0]
    assert flags.limit.tolist() == [15.0, 15.0]


def test_far_less_time_than_others_is_flagged() -> None:
    seconds = [200.0] * FEWEST_FOR_MEDIAN + [79.0, 81.0]
    responses = a_response_set(len(seconds), seconds=seconds, shown=[10] * len(seconds))

    flags = flag_speeding(responses, Speeding(share_of_median=0.4, seconds_per_item=1.5))

    assert flags.limit == pytest.approx(np.full(len(seconds), 80.0))
    assert np.flatnonzero(flags.flagged).tolist() == [FEWEST_FOR_MEDIAN]


def test_whoever_is_shown_fewer_items_may_take_less_time() -> None:
    seconds = [200.0] * FEWEST_FOR_MEDIAN + [60.0, 60.0]
    responses = a_response_set(
        len(seconds), seconds=seconds, shown=[10] * FEWEST_FOR_MEDIAN + [10, 5]
    )

    flags = flag_speeding(responses, Speeding(share_of_median=0.4, seconds_per_item=1.5))

    assert flags.flagged[-2:].tolist() == [True, False]


def test_a_program_that_sends_most_of_a_set_does_not_move_the_fixed_limit() -> None:
    responses = a_response_set(100, seconds=[2.0] * 90 + [200.0] * 10, shown=[10] * 100)

    flags = flag_speeding(responses, Speeding())

    assert flags.flagged.tolist() == [True] * 90 + [False] * 10


def test_the_median_of_a_few_is_not_used() -> None:
    seconds = [200.0] * (FEWEST_FOR_MEDIAN - 2) + [40.0]
    responses = a_response_set(len(seconds), seconds=seconds, shown=[10] * len(seconds))

    flags = flag_speeding(responses, Speeding())

    assert not flags.flagged.any()


@pytest.mark.parametrize(("seconds", "shown"), [(np.nan, 10), (1.0, 0)])
def test_without_a_time_or_a_rated_item_nothing_is_judged(seconds: float, shown: int) -> None:
    responses = a_response_set(1, seconds=[seconds], shown=[shown])

    flags = flag_speeding(responses, Speeding())

    assert not flags.flagged[0]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"share_of_median": 1.0}, "share_out_of_range"),
        ({"share_of_median": float("nan")}, "share_out_of_range"),
        ({"seconds_per_item": -1.0}, "negative_limit"),
    ],
)
def test_parameters_out_of_range_are_refused(parameters: dict[str, float], code: str) -> None:
    with pytest.raises(AnalysisError) as error:
        Speeding(**parameters)

    assert error.value.code == code
