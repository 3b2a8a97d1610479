"""Every figure of the reference cases, as R has it, to 1e-9 of its size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from analysis.estimation import (
    Estimate,
    domain_differences,
    domain_estimates,
    estimate,
    sample_difference,
)
from analysis.estimation.intervals import Precision, interval_of
from analysis.tabulation import Tabulation
from analysis.weighting import Weights, rake, unweighted, weigh
from tests.reference.case import load_case

# Our names of the intervals, and where R's output has them.
R_INTERVALS = {
    "logit": "logit",
    "beta": "beta",
    "normal": "mean",
    "wilson": "wilson_proptest_at_neff_variance",
}


def near(expected: float | list[float]) -> Any:
    """Within 1e-9 of the expected value, relative to it."""
    return pytest.approx(expected, rel=1e-9, abs=0.0)


@dataclass(frozen=True)
class Weighted:
    """A weighted case: its share and its mean by name, and what R says of them."""

    tabulation: Tabulation
    weights: Weights
    share: str
    mean: str
    expected: Mapping[str, Any]
    domains: str


def stratified_schools() -> Weighted:
    case = load_case("v1_apistrat_poststratify")
    tabulation = case.tabulation(
        {"awards01": case.numbers("awards01"), "api00": case.numbers("api00")},
        base_weight="pw",
        strata="stype",
        population="fpc",
    )
    weights = weigh(tabulation, case.margins, "poststratify")
    return Weighted(tabulation, weights, "awards01", "api00", case.expected, "stype")


def raked_schools() -> Weighted:
    case = load_case("v2_apisrs_rake2")
    tabulation = case.tabulation(
        {"awards01": case.numbers("awards01"), "api00": case.numbers("api00")},
        base_weight="pw",
        population="fpc",
    )
    expected = case.expected["calibrate_raking"]
    return Weighted(
        tabulation, rake(tabulation, case.margins), "awards01", "api00", expected, "stype"
    )


def clustered_schools() -> Weighted:
    case = load_case("v3_apiclus1_linear")
    tabulation = case.tabulation(
        {"awards01": case.numbers("awards01"), "api00": case.numbers("api00")},
        base_weight="pw",
        psu="dnum",
        population="fpc",
    )
    weights = weigh(tabulation, case.margins, "linear")
    return Weighted(tabulation, weights, "awards01", "api00", case.expected, "stype")


def citizens(method: str, key: str) -> Callable[[], Weighted]:
    def made() -> Weighted:
        case = load_case("v4_syn_rake3_unequal")
        measures = {"y": case.satisfied("q1"), "q1_mean": case.numbers("q1")}
        tabulation = case.tabulation(measures, base_weight="w")
        weights = weigh(tabulation, case.margins, method)
        return Weighted(tabulation, weights, "y", "q1_mean", case.expected[key], "district")

    return made


CASES = [
    pytest.param(stratified_schools, id="v1"),
    pytest.param(raked_schools, id="v2"),
    pytest.param(clustered_schools, id="v3"),
    pytest.param(citizens("rake", "calibrate_raking"), id="v4 raked"),
    pytest.param(citizens("linear", "calibrate_linear"), id="v4 linear"),
]


@pytest.mark.parametrize("make", CASES)
def test_weights_are_those_of_r(make: Callable[[], Weighted]) -> None:
    case = make()

    summary = case.weights.summary

    assert case.weights.converged
    assert [
        summary.minimum,
        summary.maximum,
        summary.mean,
        summary.deff_kish,
        summary.n_effective,
        summary.cv,
    ] == near(
        [
            case.expected["weights"][key]
            for key in ("min", "max", "mean", "deff_kish", "n_effective_kish", "cv")
        ]
    )


@pytest.mark.parametrize("interval", R_INTERVALS)
@pytest.mark.parametrize("make", CASES)
def test_a_share_and_its_uncertainty_are_those_of_r(
    make: Callable[[], Weighted], interval: str
) -> None:
    case = make()
    expected = case.expected[case.share]

    result = estimate(case.tabulation, case.weights, case.share, interval=interval)

    assert figures(result) == near(
        [expected["estimate"], expected["se"], *expected["ci"][R_INTERVALS[interval]]]
    )
    assert result.df == expected["ci"]["df"]
    assert result.deff_design == near(expected["deff_srs_wr"])


@pytest.mark.parametrize("make", CASES)
def test_a_mean_and_its_standard_error_are_those_of_r(make: Callable[[], Weighted]) -> None:
    case = make()
    expected = case.expected[case.mean]

    result = estimate(case.tabulation, case.weights, case.mean, is_share=False)

    assert figures(result)[:2] == near([expected["estimate"], expected["se"]])


@pytest.mark.parametrize("interval", ["logit", "beta"])
@pytest.mark.parametrize("make", [case for case in CASES if case.id != "v4 linear"])
def test_domains_are_subpopulations_of_the_calibrated_whole_as_in_r(
    make: Callable[[], Weighted], interval: str
) -> None:
    case = make()
    expected = case.expected[f"domains_{case.domains}"]

    domains = domain_estimates(
        case.tabulation, case.weights, (case.share,), case.domains, interval=interval
    )

    assert [(domain.category, domain.estimate.n, domain.estimate.df) for domain in domains] == [
        (row["category"], row["n"], row["df"]) for row in expected
    ]
    for domain, row in zip(domains, expected, strict=True):
        assert figures(domain.estimate)[:2] == near([row["estimate"], row["se"]])
        # R finds a logit interval by fitting a regression, which stops near 1e-9 of the limit.
        assert list(domain.estimate.interval or ()) == pytest.approx(
            row[f"ci_{interval}"], rel=1e-8 if interval == "logit" else 1e-9
        )


def test_two_waves_and_their_difference_are_those_of_r() -> None:
    case = load_case("v6_syn_two_waves")
    whole = case.tabulation(
        {"y": case.satisfied("q1")}, variables=("wave", "sex", "age"), base_weight="w"
    ).cross(("sex", "age"))
    waves = {
        name: estimate(part, weigh(part, case.margins, "poststratify"), "y")
        for name, part in whole.split("wave").items()
    }

    difference = sample_difference(("1", waves["1"]), ("2", waves["2"]))

    for name, result in waves.items():
        expected = case.expected[f"wave{name}"]
        assert figures(result) == near(
            [expected["estimate"], expected["se"], *expected["ci"]["logit"]]
        )
    assert [difference.estimate, difference.se] == near(
        [case.expected["difference"], case.expected["difference_se"]]
    )
    assert difference.df == case.expected["df_one_design"]


@pytest.mark.parametrize("key", ["none", "raking", "without_psu"])
@pytest.mark.parametrize("rule", ["adjust", "certainty", "average"])
def test_strata_psus_and_a_lonely_one_are_treated_as_in_r(rule: str, key: str) -> None:
    case = load_case("v8_syn_strata_psu")
    expected = case.expected[rule][key]
    tabulation = case.tabulation(
        {"y": case.satisfied("q1"), "q1": case.numbers("q1")},
        base_weight="w",
        strata="stratum",
        psu=None if key == "without_psu" else "psu",
        population=None if key == "without_psu" else "fpc",
    )
    weights = weigh(tabulation, case.margins, "rake" if key == "raking" else "none")

    share = estimate(tabulation, weights, "y", lonely_psu=rule)
    mean = estimate(tabulation, weights, "q1", is_share=False, lonely_psu=rule)
    domains = domain_estimates(tabulation, weights, ("y",), "sex", lonely_psu=rule)
    beta = estimate(tabulation, weights, "y", interval="beta", lonely_psu=rule)
    (between,) = domain_differences(
        tabulation, weights, "y", "age", categories=("18-39", "40-59"), lonely_psu=rule
    )

    assert figures(share) == near([expected["estimate"], expected["se"], *expected["logit"]])
    assert share.deff_design == near(expected["deff_srs_wr"])
    assert figures(mean)[:2] == near([expected["mean"], expected["mean_se"]])
    assert share.df == expected["df"]
    assert list(beta.interval or ()) == near(expected["beta"])
    assert [between.estimate, between.se] == near(
        [expected["contrast"]["estimate"], expected["contrast"]["se"]]
    )
    for domain, row in zip(domains, expected["domains"], strict=True):
        assert (domain.estimate.n, domain.estimate.df) == (row["n"], row["df"])
        assert figures(domain.estimate) == near([row["estimate"], row["se"], *row["logit"]])


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
