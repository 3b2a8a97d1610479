import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.estimation import estimate
from analysis.margins import Margin, Margins
from analysis.tabulation import Tabulation
from analysis.weighting import rake, unweighted
from tests.analysis.respondents import some_respondents, tabulate

DISTRICT = Margin("district", ("A", "B"), (60.0, 40.0))
RESIDENCE = Margin("residence", ("urban", "rural"), (70.0, 30.0))
VARIABLES = ("district", "residence")


def tabulated(*cells: tuple[str, str], base_weight: list[float] | None = None) -> Tabulation:
    answers = [float(position % 2) for position in range(len(cells))]
    return tabulate(some_respondents(cells, answers, variables=VARIABLES, base_weight=base_weight))


def test_one_margin_is_met_in_one_sweep() -> None:
    tabulation = tabulated(("A", "urban"), ("A", "urban"), ("B", "urban"))

    weights = rake(tabulation, Margins((DISTRICT,)))

    assert list(weights.factor) == pytest.approx([30.0, 40.0])
    assert (weights.converged, weights.iterations) == (True, 1)


def test_the_diagnostics_of_a_margin_name_wanted_reached_and_respondents() -> None:
    tabulation = tabulated(("A", "urban"), ("A", "urban"), ("B", "urban"))

    first, second = rake(tabulation, Margins((DISTRICT,))).margins

    assert (first.variable, first.category, first.population, first.respondents) == (
        "district",
        "A",
        60.0,
        2,
    )
    assert (first.weighted, second.weighted) == pytest.approx((60.0, 40.0))


def test_margins_that_the_sample_cannot_meet_do_not_converge_and_say_so() -> None:
    # All of A is urban and all of B rural, so 60 : 40 and 70 : 30 cannot both hold.
    tabulation = tabulated(("A", "urban"), ("B", "rural"), ("A", "urban"))

    weights = rake(tabulation, Margins((DISTRICT, RESIDENCE)), max_iterations=50)

    assert not weights.converged
    assert weights.iterations == 50
    assert weights.discrepancy > 0.1
    assert np.isfinite(weights.factor).all()


def test_margins_whose_totals_differ_by_rounding_are_met_in_their_shares() -> None:
    residence = Margin("residence", ("urban", "rural"), (70.00005, 30.0))
    tabulation = tabulated(("A", "urban"), ("B", "urban"), ("A", "rural"), ("B", "rural"))

    weights = rake(tabulation, Margins((DISTRICT, residence)))

    assert weights.converged
    assert weights.margins[2].weighted == pytest.approx(70.00005 * 100.0 / 100.00005, rel=1e-12)


def test_a_variable_that_repeats_another_in_the_sample_changes_no_standard_error() -> None:
    # Residence is district under another name here: the margins' columns are dependent.
    cells = [("A", "urban"), ("A", "urban"), ("B", "rural"), ("B", "rural"), ("B", "rural")]
    tabulation = tabulated(*cells)
    repeated = Margin("residence", ("urban", "rural"), DISTRICT.populations)

    both = rake(tabulation, Margins((DISTRICT, repeated)))

    one = rake(tabulation, Margins((DISTRICT,)))
    assert both.basis.shape == one.basis.shape == (2, 2)
    assert estimate(tabulation, both, "y").se == pytest.approx(estimate(tabulation, one, "y").se)


def test_a_respondent_of_base_weight_0_counts_for_nothing() -> None:
    cells = [("A", "urban"), ("B", "urban"), ("A", "rural"), ("B", "rural"), ("A", "rural")]
    tabulation = tabulated(*cells, base_weight=[1.0, 2.0, 1.0, 2.0, 0.0])

    weights = rake(tabulation, Margins((DISTRICT, RESIDENCE)))

    assert weights.converged
    assert weights.summary.minimum == 0.0


@pytest.mark.parametrize(
    ("cells", "code", "category"),
    [
        pytest.param(
            [("A", "urban")], "category_without_respondents", "B", id="nobody in a category"
        ),
        pytest.param(
            [("A", "urban"), ("B", "urban"), ("C", "urban")],
            "category_without_population",
            "C",
            id="a category that the margin does not have",
        ),
        pytest.param(
            [("A", "urban"), ("B", "urban"), ("", "urban")],
            "category_without_population",
            "",
            id="no answer",
        ),
    ],
)
def test_categories_without_a_counterpart_are_named(
    cells: list[tuple[str, str]], code: str, category: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        rake(tabulated(*cells), Margins((DISTRICT,)))

    assert (caught.value.code, caught.value.arguments) == (
        code,
        {"variable": "district", "category": category},
    )


def test_without_margins_raking_is_no_weighting() -> None:
    tabulation = tabulated(("A", "urban"), ("B", "urban"), base_weight=[1.0, 3.0])

    raked, plain = rake(tabulation, Margins(())), unweighted(tabulation)

    assert raked.converged
    assert raked.summary == plain.summary
    assert estimate(tabulation, raked, "y") == estimate(tabulation, plain, "y")


def test_weights_that_differ_have_kishs_design_effect() -> None:
    tabulation = tabulated(("A", "urban"), ("B", "urban"), base_weight=[1.0, 3.0])

    summary = unweighted(tabulation).summary

    assert (summary.minimum, summary.maximum, summary.mean) == (1.0, 3.0, 2.0)
    assert (summary.cv, summary.deff_kish, summary.n_effective) == pytest.approx((0.5, 1.25, 1.6))
