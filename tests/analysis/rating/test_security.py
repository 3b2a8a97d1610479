from datetime import date

import pytest

from analysis.rating.assessment import SecurityDeduction, SecurityRecord
from analysis.rating.security import SecurityOutcome, judge_security
from tests.analysis.rating.standards import LEAKS, SECURITY


def record(*points: float, major_incident: bool = False) -> SecurityRecord:
    deductions = (SecurityDeduction(date(2024, 3, 1), each, "通报") for each in points)
    return SecurityRecord(tuple(deductions), major_incident)


def test_no_incident_costs_nothing() -> None:
    assert judge_security(SECURITY, record()) == SecurityOutcome()


@pytest.mark.parametrize(
    ("points", "vetoes"),
    [
        pytest.param([20], (), id="exactly twenty"),
        pytest.param([5, 5, 10], (), id="twenty in three notices"),
        pytest.param([0.1] * 200, (), id="twenty in two hundred notices, but for rounding"),
        pytest.param([19.99], (), id="a hair below twenty"),
        pytest.param([20.01], ("security_points",), id="a hair above twenty"),
        pytest.param([20, 0.01], ("security_points",), id="a hair above twenty in two notices"),
    ],
)
def test_more_than_twenty_points_void_the_whole(
    points: list[float], vetoes: tuple[str, ...]
) -> None:
    outcome = judge_security(SECURITY, record(*points))

    assert outcome.vetoes == vetoes


def test_points_of_all_notices_are_deducted() -> None:
    assert judge_security(SECURITY, record(2, 3.5)).points == 5.5


def test_the_sum_of_points_is_exact_in_any_order() -> None:
    assert judge_security(SECURITY, record(*[0.1] * 200)) == SecurityOutcome(points=20.0)
    assert judge_security(SECURITY, record(19.7, 0.2, 0.1)).points == 20.0


def test_points_are_deducted_beside_a_veto() -> None:
    outcome = judge_security(SECURITY, record(12, 12))

    assert (outcome.points, outcome.vetoes) == (24, ("security_points",))


def test_a_major_incident_voids_the_whole() -> None:
    outcome = judge_security(SECURITY, record(major_incident=True))

    assert outcome == SecurityOutcome(vetoes=("major_incident",))


@pytest.mark.parametrize(("leaks", "share"), [(0, 0.0), (1, 0.02), (3, 0.06), (50, 1.0), (51, 1.0)])
def test_each_leak_costs_two_per_cent_of_the_total(leaks: int, share: float) -> None:
    outcome = judge_security(LEAKS, record(*[1.0] * leaks))

    assert (outcome.points, outcome.share) == (0.0, pytest.approx(share))


def test_a_row_without_the_rule_knows_no_major_incident() -> None:
    assert judge_security(LEAKS, record(major_incident=True)).vetoes == ()
