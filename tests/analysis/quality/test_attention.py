"""A failed attention check flags the response."""

import pytest

from analysis.errors import AnalysisError
from analysis.quality import Attention
from analysis.quality.attention import flag_failed_checks
from tests.analysis.quality.response_sets import a_response_set


def test_one_failed_check_is_enough_unless_more_are_asked_for() -> None:
    responses = a_response_set(3, failed_checks=[0, 1, 2])

    once, twice = (flag_failed_checks(responses, Attention(fewest)) for fewest in (1, 2))

    assert once.flagged.tolist() == [False, True, True]
    assert twice.flagged.tolist() == [False, False, True]
    assert once.value.tolist() == [0, 1, 2]


def test_flagging_without_a_failed_check_is_refused() -> None:
    with pytest.raises(AnalysisError):
        Attention(0)
