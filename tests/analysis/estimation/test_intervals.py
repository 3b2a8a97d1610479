import pytest

from analysis.estimation.intervals import INTERVALS, Precision, interval_of, probability_below

INSIDE = Precision(estimate=0.68, se=0.02, df=399, n=400, n_effective=380.0)
ALL = Precision(estimate=1.0, se=0.0, df=19, n=20, n_effective=16.0)
NONE = Precision(estimate=0.0, se=0.0, df=19, n=20, n_effective=16.0)


@pytest.mark.parametrize("method", INTERVALS)
def test_the_probability_below_a_line_rises_from_0_to_1(method: str) -> None:
    lines = [0.01, 0.6, 0.66, 0.68, 0.70, 0.76, 0.99]

    probabilities = [probability_below(INSIDE, method, line) for line in lines]

    assert probabilities == sorted(probabilities)
    assert probabilities[0] == pytest.approx(0.0, abs=1e-9)
    assert probabilities[3] == pytest.approx(0.5, abs=0.02)
    assert probabilities[-1] == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("confidence_level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("method", ["logit", "wilson", "normal"])
def test_the_limits_are_quantiles_of_the_probability(method: str, confidence_level: float) -> None:
    lower, upper = interval_of(INSIDE, method, confidence_level)

    tail = (1.0 - confidence_level) / 2.0
    assert probability_below(INSIDE, method, lower) == pytest.approx(tail)
    assert probability_below(INSIDE, method, upper) == pytest.approx(1.0 - tail)


@pytest.mark.parametrize("method", ["logit", "beta", "normal"])
def test_at_0_and_1_the_interval_is_clopper_pearsons_at_kishs_effective_n(method: str) -> None:
    reach = 0.025 ** (1.0 / 16.0)

    assert interval_of(ALL, method, 0.95) == pytest.approx((reach, 1.0))
    assert interval_of(NONE, method, 0.95) == pytest.approx((0.0, 1.0 - reach))
    assert probability_below(ALL, method, reach) == pytest.approx(0.025)
    assert probability_below(NONE, method, 1.0 - reach) == pytest.approx(0.975)


def test_at_0_and_1_wilsons_interval_is_at_kishs_effective_n() -> None:
    # z²/(n + z²) with z = 1.959964 and n = 16.
    reach = 3.841458820694124 / (16.0 + 3.841458820694124)

    assert interval_of(ALL, "wilson", 0.95) == pytest.approx((1.0 - reach, 1.0))
    assert interval_of(NONE, "wilson", 0.95) == pytest.approx((0.0, reach))
    assert probability_below(ALL, "wilson", 1.0 - reach) == pytest.approx(0.025)


@pytest.mark.parametrize("method", INTERVALS)
def test_a_share_that_everyone_has_alike_is_a_point(method: str) -> None:
    alike = Precision(estimate=0.8, se=0.0, df=19, n=20, n_effective=20.0)

    assert interval_of(alike, method, 0.95) == (0.8, 0.8)
    assert [probability_below(alike, method, line) for line in (0.7, 0.8, 0.9)] == [0.0, 0.0, 1.0]


def test_fewer_degrees_of_freedom_widen_the_beta_interval() -> None:
    clustered = Precision(estimate=0.68, se=0.02, df=9, n=400, n_effective=380.0)

    lower, upper = interval_of(clustered, "beta", 0.95)

    narrow_lower, narrow_upper = interval_of(INSIDE, "beta", 0.95)
    assert lower < narrow_lower
    assert upper > narrow_upper
