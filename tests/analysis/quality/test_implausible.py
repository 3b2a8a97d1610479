"""A condition that holds flags the response."""

import pytest

from analysis.errors import AnalysisError
from analysis.quality import Implausible
from analysis.quality.implausible import flag_implausible
from tests.analysis.quality.response_sets import a_response_set


def test_one_contradiction_is_enough_unless_more_are_asked_for() -> None:
    responses = a_response_set(3, contradictions=[0, 1, 2])

    once, twice = (flag_implausible(responses, Implausible(fewest)) for fewest in (1, 2))

    assert once.flagged.tolist() == [False, True, True]
    assert twice.flagged.tolist() == [False, False, True]


def test_flagging_without_a_contradiction_is_refused() -> None:
    with pytest.raises(AnalysisError):
        Implausible(0)
