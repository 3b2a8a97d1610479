"""Every figure of the reference cases, as R has it, to 1e-9 of its size."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.estimation import Estimate, domain_estimates, estimate
from analysis.estimation.intervals import Precision, interval_of
from analysis.tabulation import Tabulation
from analysis.weighting import Weights, rake, unweighted
from tests.reference.case import load_case

# Our names of the intervals, and where R's output has them.
R_INTERVALS = {
    "logit": "logit",
    "beta": "beta",
    "normal": "mean",
    "wilson": "wilson_proptest_at_neff_variance",
}
V2_POPULATION = 6194.0


def near(expected: float | list[float]) -> Any:
    """Within 1e-9 of the expected value, relative to it."""
    return pytest.approx(expected, rel=1e-9, abs=0.0)


def raked_schools() -> tuple[Tabulation, Weights, dict[str, Any]]:
    case = load_case("v2_apisrs_rake2")
    measures = {"awards01": case.numbers("awards01"), "api00": case.numbers("api00")}
    tabulation = case.tabulation(measures, base_weight="pw")
    return tabulation, rake(tabulation, case.margins), case.expected["calibrate_raking"]


def raked_citizens() -> tuple[Tabulation, Weights, dict[str, Any]]:
    case = load_case("v4_syn_rake3_unequal")
    measures = {"y": case.satisfied("q1"), "q1_mean": case.numbers("q1")}
    tabulation = case.tabulation(measures, base_weight="w")
    return tabulation, rake(tabulation, case.margins), case.expected["calibrate_raking"]


RAKED = [
    pytest.param(raked_schools, "awards01", "api00", V2_POPULATION, id="v2"),
    pytest.param(raked_citizens, "y", "q1_mean", None, id="v4"),
]
Case = Callable[[], tuple[Tabulation, Weights, dict[str, Any]]]


@pytest.mark.parametrize(("case", "share", "mean", "population"), RAKED)
def test_raked_weights_are_those_of_r(
    case: Case, share: str, mean: str, population: float | None
) -> None:
    _, weights, expected = case()

    summary = weights.summary

    assert weights.converged
    assert [
        summary.minimum,
        summary.maximum,
        summary.mean,
        summary.deff_kish,
        summary.n_effective,
        summary.cv,
    ] == near(
        [
            expected["weights"][key]
            for key in ("min", "max", "mean", "deff_kish", "n_effective_kish", "cv")
        ]
    )


@pytest.mark.parametrize("interval", R_INTERVALS)
@pytest.mark.parametrize(("case", "share", "mean", "population"), RAKED)
def test_a_raked_share_and_its_uncertainty_are_those_of_r(
    case: Case, share: str, mean: str, population: float | None, interval: str
) -> None:
    tabulation, weights, expected = case()

    result = estimate(tabulation, weights, share, interval=interval, fpc=population)

    assert figures(result) == near(
        [
            expected[share]["estimate"],
            expected[share]["se"],
            *expected[share]["ci"][R_INTERVALS[interval]],
        ]
    )
    assert result.df == expected[share]["ci"]["df"]


@pytest.mark.parametrize(("case", "share", "mean", "population"), RAKED)
def test_a_raked_mean_and_its_standard_error_are_those_of_r(
    case: Case, share: str, mean: str, population: float | None
) -> None:
    tabulation, weights, expected = case()

    result = estimate(tabulation, weights, mean, fpc=population, is_share=False)

    assert figures(result)[:2] == near([expected[mean]["estimate"], expected[mean]["se"]])


@pytest.mark.parametrize("interval", ["logit", "beta"])
@pytest.mark.parametrize(
    ("case", "share", "variable", "population"),
    [
        pytest.param(raked_schools, "awards01", "stype", V2_POPULATION, id="v2"),
        pytest.param(raked_citizens, "y", "district", None, id="v4"),
    ],
)
def test_domains_are_subpopulations_of_the_calibrated_whole_as_in_r(
    case: Case, share: str, variable: str, population: float | None, interval: str
) -> None:
    tabulation, weights, expected = case()

    domains = domain_estimates(
        tabulation, weights, share, variable, interval=interval, fpc=population
    )

    assert [(domain.category, domain.estimate.n, domain.estimate.df) for domain in domains] == [
        (row["category"], row["n"], row["df"]) for row in expected[f"domains_{variable}"]
    ]
    for domain, row in zip(domains, expected[f"domains_{variable}"], strict=True):
        assert figures(domain.estimate) == near(
            [row["estimate"], row["se"], *row[f"ci_{interval}"]]
        )


@pytest.mark.parametrize("interval", R_INTERVALS)
def test_an_unweighted_share_and_its_uncertainty_are_those_of_r(interval: str) -> None:
    case = load_case("v7_unweighted_intervals")
    tabulation = case.tabulation({"y": case.satisfied("q1")})
    expected = case.expected["y"]

    result = estimate(tabulation, unweighted(tabulation), "y", interval=interval)

    assert (result.n, result.df) == (case.expected["n"], expected["ci"]["df"])
    assert figures(result) == near(
        [expected["estimate"], expected["se"], *expected["ci"][R_INTERVALS[interval]]]
    )


@pytest.mark.parametrize(
    ("textbook", "interval", "confidence_level"),
    [("wilson", "wilson", 0.95), ("wilson_90", "wilson", 0.9), ("clopper_pearson", "beta", 0.95)],
)
def test_at_the_variance_of_a_simple_random_sample_the_intervals_are_the_textbook_ones(
    textbook: str, interval: str, confidence_level: float
) -> None:
    expected = load_case("v7_unweighted_intervals").expected
    n, share = expected["n"], expected["k"] / expected["n"]
    point = Precision(share, (share * (1 - share) / n) ** 0.5, n - 1, n, float(n))

    limits = interval_of(point, interval, confidence_level)

    assert list(limits) == near(expected[textbook])


def figures(result: Estimate) -> list[float | None]:
    """Estimate, standard error and limits in one list."""
    assert result.interval is not None
    return [result.estimate, result.se, *result.interval]
