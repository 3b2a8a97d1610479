import pytest

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins
from analysis.weighting import poststratify, rake
from tests.analysis.respondents import some_respondents, tabulate

DISTRICT = Margin("district", ("A", "B"), (60.0, 40.0))
JOINT = Margin("district*sex", ("A*f", "A*m", "B*f", "B*m"), (30.0, 30.0, 10.0, 30.0))


def test_each_respondent_stands_for_an_equal_part_of_their_stratum() -> None:
    tabulation = tabulate(some_respondents([("A",), ("A",), ("A",), ("B",)], [1.0, 0.0, 1.0, 1.0]))

    weights = poststratify(tabulation, Margins((DISTRICT,)))

    assert list(weights.factor) == pytest.approx([20.0, 40.0])
    assert (weights.method, weights.converged) == ("poststratify", True)


def test_base_weights_keep_their_proportions_within_a_stratum() -> None:
    people = some_respondents([("A",), ("A",), ("B",)], [1.0, 0.0, 1.0], base_weight=[1, 3, 2])

    weights = poststratify(tabulate(people), Margins((DISTRICT,)))

    assert list(weights.factor) == pytest.approx([15.0, 20.0])


def test_a_crossed_margin_is_met_in_every_combination() -> None:
    cells = [("A", "f"), ("A", "m"), ("A", "m"), ("B", "f"), ("B", "m")]
    people = some_respondents(cells, [1.0] * 5, variables=("district", "sex"))
    tabulation = tabulate(people).cross(("district", "sex"))

    weights = poststratify(tabulation, Margins((JOINT,)))

    assert [fit.weighted for fit in weights.margins] == pytest.approx([30.0, 30.0, 10.0, 30.0])


def test_with_one_margin_raking_is_post_stratification() -> None:
    people = some_respondents([("A",), ("A",), ("B",)], [1.0, 0.0, 1.0], base_weight=[1, 3, 2])
    tabulation = tabulate(people)

    assert list(rake(tabulation, Margins((DISTRICT,))).factor) == pytest.approx(
        list(poststratify(tabulation, Margins((DISTRICT,))).factor)
    )


def test_several_margins_are_refused() -> None:
    tabulation = tabulate(
        some_respondents([("A", "f"), ("B", "m")], [1.0, 0.0], variables=("district", "sex"))
    )
    margins = Margins((DISTRICT, Margin("sex", ("f", "m"), (50.0, 50.0))))

    with pytest.raises(AnalysisError) as caught:
        poststratify(tabulation, margins)

    assert (caught.value.code, caught.value.arguments) == ("poststratify_one_margin", {"count": 2})
