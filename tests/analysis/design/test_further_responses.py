import pytest

from analysis.design import further_responses
from analysis.estimation import Estimate, estimate
from analysis.margins import Margin, Margins
from analysis.tabulation import Tabulation
from analysis.weighting import rake, unweighted


def tabulated(n: list[float], satisfied: list[float]) -> Tabulation:
    return Tabulation.from_counts(
        variables=("district",),
        cells=[("A",), ("B",)],
        n=n,
        measures=("y",),
        answered=[[count] for count in n],
        y=[[count] for count in satisfied],
        yy=[[count] for count in satisfied],
    )


def raked(tabulation: Tabulation) -> Estimate:
    margins = Margins((Margin("district", ("A", "B"), (50.0, 50.0)),))
    return estimate(tabulation, rake(tabulation, margins), "y")


def test_more_in_a_raked_category_leave_the_estimate_and_narrow_the_error() -> None:
    tabulation = tabulated([300.0, 50.0], [210.0, 30.0])

    gain = next(g for g in further_responses(tabulation, [("district", "B")], raked))

    assert gain.after is not None
    assert gain.se_saved is not None
    assert gain.after.n == 450
    assert gain.after.estimate == pytest.approx(0.65)
    assert gain.se_saved > 0


def test_the_result_is_that_of_really_asking_the_same_people_again() -> None:
    tabulation = tabulated([300.0, 50.0], [210.0, 30.0])

    (gain,) = further_responses(tabulation, [("district", "B")], raked, responses=100)

    # 150 respondents in B of whom 90 are satisfied.
    assert gain.after == raked(tabulated([300.0, 150.0], [210.0, 90.0]))


def test_the_category_that_is_short_comes_first() -> None:
    tabulation = tabulated([300.0, 50.0], [210.0, 30.0])

    gains = further_responses(tabulation, [("district", "A"), ("district", "B")], raked)

    assert [(gain.category, gain.n) for gain in gains] == [("B", 50), ("A", 300)]


def test_of_a_category_that_nobody_is_in_nothing_can_be_said() -> None:
    tabulation = tabulated([300.0, 50.0], [210.0, 30.0])

    gains = further_responses(tabulation, [("district", "C"), ("district", "A")], raked)

    assert [gain.category for gain in gains] == ["A", "C"]
    assert (gains[1].n, gains[1].after, gains[1].se_saved) == (0, None, None)


def test_a_single_respondent_has_no_error_to_save() -> None:
    tabulation = tabulated([1.0, 0.0], [1.0, 0.0])

    (gain,) = further_responses(
        tabulation, [("district", "A")], lambda t: estimate(t, unweighted(t), "y")
    )

    assert gain.after is not None
    assert gain.se_saved is None


def test_single_cells_are_asked_for_by_a_crossed_variable() -> None:
    tabulation = Tabulation.from_counts(
        variables=("district", "sex"),
        cells=[("A", "F"), ("A", "M"), ("B", "F")],
        n=[10.0, 20.0, 30.0],
        measures=("y",),
        answered=[[10.0], [20.0], [30.0]],
        y=[[5.0], [15.0], [20.0]],
        yy=[[5.0], [15.0], [20.0]],
    ).cross(("district", "sex"))

    (gain,) = further_responses(
        tabulation,
        [("district*sex", "A*M")],
        lambda t: estimate(t, unweighted(t), "y"),
        responses=20,
    )

    assert gain.after is not None
    assert gain.after.estimate == pytest.approx((5 + 2 * 15 + 20) / 80)
