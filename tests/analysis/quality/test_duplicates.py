"""The first response of a source stands, later ones are flagged with the count."""

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.quality import Duplicates
from analysis.quality.duplicates import flag_duplicates
from tests.analysis.quality.response_sets import a_response_set


def test_all_but_the_first_of_a_device_are_flagged_with_the_count() -> None:
    responses = a_response_set(5, device=[7, 8, 7, 7, 9])

    flags = flag_duplicates(responses, Duplicates())

    assert flags.flagged.tolist() == [False, False, True, True, False]
    assert flags.value.tolist() == [3, 1, 3, 3, 1]
    assert flags.limit.tolist() == [1] * 5


def test_the_first_is_the_first_to_arrive_wherever_it_stands() -> None:
    responses = a_response_set(3, device=[7, 7, 7], arrival=[30, 10, 20])

    flags = flag_duplicates(responses, Duplicates())

    assert flags.flagged.tolist() == [True, False, True]


def test_responses_of_unknown_devices_are_no_duplicates_of_each_other() -> None:
    responses = a_response_set(3)

    flags = flag_duplicates(responses, Duplicates())

    assert not flags.flagged.any()
    assert np.isnan(flags.value).all()


def test_a_person_is_known_again_on_another_device() -> None:
    responses = a_response_set(3, device=[1, 2, 3], identity=[5, 5, -1])

    flags = flag_duplicates(responses, Duplicates(by=("device", "identity")))

    assert flags.flagged.tolist() == [False, True, False]
    assert flags.value.tolist() == [2, 2, 1]


def test_duplicates_of_no_source_are_refused() -> None:
    with pytest.raises(AnalysisError) as error:
        Duplicates(by=())

    assert error.value.code == "no_sources"
