import pytest

from analysis.margins import Margin, Margins
from analysis.weighting import calibrate_linear
from tests.analysis.respondents import some_respondents, tabulate

VARIABLES = ("district", "sex")
DISTRICT = Margin("district", ("A", "B"), (60.0, 40.0))
SEX = Margin("sex", ("f", "m"), (45.0, 55.0))


def test_weights_meet_several_margins_at_once() -> None:
    cells = [("A", "f"), ("A", "f"), ("A", "m"), ("B", "f"), ("B", "m")]
    tabulation = tabulate(some_respondents(cells, [1.0] * 5, variables=VARIABLES))

    weights = calibrate_linear(tabulation, Margins((DISTRICT, SEX)))

    assert weights.converged
    assert [fit.weighted for fit in weights.margins] == pytest.approx([60, 40, 45, 55])


def test_a_weight_may_be_negative_and_says_so() -> None:
    cells = [("A", "f")] * 12 + [("A", "m"), ("B", "f"), ("B", "m"), ("B", "m")]
    tabulation = tabulate(some_respondents(cells, [1.0] * 16, variables=VARIABLES))
    margins = Margins(
        (
            Margin("district", ("A", "B"), (10.0, 90.0)),
            Margin("sex", ("f", "m"), (10.0, 90.0)),
        )
    )

    weights = calibrate_linear(tabulation, margins)

    assert weights.converged
    assert weights.summary.minimum is not None
    assert weights.summary.minimum < 0


def test_margins_that_the_sample_cannot_meet_do_not_converge() -> None:
    tabulation = tabulate(
        some_respondents([("A", "f"), ("B", "m")], [1.0, 0.0], variables=VARIABLES)
    )

    weights = calibrate_linear(tabulation, Margins((DISTRICT, SEX)))

    assert not weights.converged
    assert weights.worst is not None


def test_without_margins_the_base_weights_stay() -> None:
    tabulation = tabulate(some_respondents([("A",), ("B",)], [1.0, 0.0]))

    weights = calibrate_linear(tabulation, Margins(()))

    assert list(weights.factor) == [1.0, 1.0]
