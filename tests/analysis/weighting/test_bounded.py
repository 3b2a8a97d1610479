import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins
from analysis.weighting import calibrate_within, weigh
from tests.analysis.respondents import some_respondents, tabulate
from tests.reference.case import load_case

VARIABLES = ("district", "sex")
DISTRICT = Margin("district", ("A", "B"), (60.0, 40.0))


@pytest.mark.parametrize(
    ("method", "key"),
    [("rake", "calibrate_raking_bounded"), ("linear", "calibrate_linear_bounded")],
)
def test_with_equal_base_weights_the_weights_are_those_of_r(method: str, key: str) -> None:
    case = load_case("v5_syn_trim")
    tabulation = case.tabulation({"y": case.satisfied("q1")}, base_weight="w")
    expected = case.expected[key]

    weights = weigh(tabulation, case.margins, method, (0.6, 1.7))

    summary = weights.summary
    assert weights.converged
    # R stops a little short of the margins: its weights add up to 64999.9999996.
    assert [summary.minimum, summary.maximum, summary.deff_kish] == pytest.approx(
        [expected["weights"][name] for name in ("min", "max", "deff_kish")], rel=1e-7
    )


@pytest.mark.parametrize("method", ["rake", "linear"])
def test_bounded_weights_meet_the_margins_to_the_last_digits(method: str) -> None:
    case = load_case("v5_syn_trim")
    tabulation = case.tabulation({"y": case.satisfied("q1")}, base_weight="w")

    weights = weigh(tabulation, case.margins, method, (0.62, 1.6))

    for fit in weights.margins:
        assert fit.weighted == pytest.approx(fit.population, rel=1e-11)
    assert weights.summary.minimum is not None
    assert weights.summary.maximum is not None
    assert weights.summary.minimum >= 0.62 * 81.25
    assert weights.summary.maximum <= 1.6 * 81.25


def test_bounds_that_cannot_meet_the_margins_do_not_converge_and_name_the_worst() -> None:
    tabulation = tabulate(some_respondents([("A",)] * 9 + [("B",)], [1.0] * 10))

    weights = calibrate_within(tabulation, Margins((DISTRICT,)), "rake", (0.5, 2.0))

    assert not weights.converged
    assert weights.worst is not None
    assert (weights.worst.variable, weights.worst.category) == ("district", "B")


def test_bounds_that_do_not_bind_change_nothing() -> None:
    case = load_case("v5_syn_trim")
    tabulation = case.tabulation({"y": case.satisfied("q1")}, base_weight="w")

    free = weigh(tabulation, case.margins, "rake")
    wide = weigh(tabulation, case.margins, "rake", (0.01, 100.0))

    assert wide.factor == pytest.approx(free.factor, rel=1e-9)


def test_base_weights_of_any_size_lead_to_the_same_weights() -> None:
    case = load_case("v5_syn_trim")
    measures = {"y": case.satisfied("q1")}
    scaled = case.tabulation(measures, base_weight="w")
    plain = case.tabulation(measures)

    for method in ("rake", "linear"):
        first = weigh(scaled, case.margins, method, (0.6, 1.7))
        second = weigh(plain, case.margins, method, (0.6, 1.7))

        assert second.converged
        assert second.factor == pytest.approx(81.25 * first.factor, rel=1e-9)


def test_without_margins_bounds_keep_the_total_of_the_base_weights() -> None:
    people = some_respondents(
        [(str(i),) for i in range(4)], [1.0] * 4, base_weight=[1.0, 1.0, 1.0, 9.0]
    )
    tabulation = tabulate(people)

    weights = weigh(tabulation, Margins(()), "none", (0.1, 2.0))

    weighted = tabulation.weight * weights.factor
    assert weighted.sum() == pytest.approx(12.0)
    assert weighted.max() == pytest.approx(6.0)
    assert weights.basis.shape == (4, 0)


def test_unequal_base_weights_in_one_cell_are_refused() -> None:
    tabulation = tabulate(some_respondents([("A",), ("A",)], [1.0, 0.0], base_weight=[1.0, 2.0]))

    with pytest.raises(AnalysisError, match="bounds_need_equal_base_weights"):
        weigh(tabulation, Margins(()), "none", (0.5, 2.0))


@pytest.mark.parametrize(
    "bounds", [(-0.1, 2.0), (1.0, 2.0), (0.5, 1.0), (0.5, np.inf), (np.nan, 2.0)]
)
def test_bounds_that_no_weights_can_keep_are_refused(bounds: tuple[float, float]) -> None:
    tabulation = tabulate(some_respondents([("A",), ("B",)], [1.0, 0.0]))

    with pytest.raises(AnalysisError, match="bounds_wrong"):
        weigh(tabulation, Margins((DISTRICT,)), "rake", bounds)
