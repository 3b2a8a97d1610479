import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.margins import Margin, Margins
from analysis.quality.robustness import best_placed, fakes_to_cross
from analysis.tabulation import Tabulation
from analysis.weighting import Weights, rake, unweighted

PEOPLE = (50.0, 30.0, 20.0)
MARGINS = Margins((Margin("district", ("A", "B", "C"), PEOPLE),))


def tabulated(n: list[int], satisfied: list[int]) -> Tabulation:
    return Tabulation.from_counts(
        variables=("district",),
        cells=[(name,) for name in "ABC"[: len(n)]],
        n=n,
        measures=("y",),
        answered=np.array(n)[:, None],
        y=np.array(satisfied)[:, None],
        yy=np.array(satisfied)[:, None],
    )


def raked(tabulation: Tabulation) -> Weights:
    return rake(tabulation, MARGINS)


def post_stratified(
    n: list[int], satisfied: list[int], fakes: tuple[int, ...], value: int
) -> float:
    return sum(
        people / 100 * (y + value * m) / (count + m)
        for people, count, y, m in zip(PEOPLE, n, satisfied, fakes, strict=True)
    )


def fewest_by_brute_force(n: list[int], satisfied: list[int], line: float) -> int:
    """Try every placement of 1, 2, 3 … fakes."""
    goes_below = post_stratified(n, satisfied, (0, 0, 0), 0) >= line - 1e-12
    for fakes in itertools.count(1):
        for first in range(fakes + 1):
            for second in range(fakes - first + 1):
                placed = (first, second, fakes - first - second)
                share = post_stratified(n, satisfied, placed, 0 if goes_below else 1)
                if share < line - 1e-12 if goes_below else share >= line - 1e-12:
                    return fakes
    raise AssertionError


def test_fakes_spread_like_the_sample_dilute_it() -> None:
    tabulation = tabulated([500, 300, 200], [400, 240, 160])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=raked, variables=("district",))

    # 0.8·1000/(1000 + k) < 0.7 from k = 143 on.
    assert crossing is not None
    assert (crossing.goes_below, crossing.n, crossing.spread) == (True, 1000, 143)
    assert crossing.spread_share == pytest.approx(143 / 1143)


def test_from_below_fakes_need_to_bring_the_estimate_only_to_the_line() -> None:
    tabulation = tabulated([500, 300, 200], [300, 180, 120])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=raked, variables=("district",))

    # (0.6·1000 + k)/(1000 + k) >= 0.7 from k = 333.3 on.
    assert crossing is not None
    assert (crossing.goes_below, crossing.spread) == (False, 334)


def test_exactly_on_the_line_one_dissatisfied_fake_is_enough() -> None:
    tabulation = tabulated([50, 30, 20], [35, 21, 14])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=raked, variables=("district",))

    assert crossing is not None
    assert (crossing.goes_below, crossing.spread, crossing.aimed) == (True, 1, 1)


def test_who_aims_at_a_thin_district_of_many_people_needs_far_fewer() -> None:
    tabulation = tabulated([10, 500, 490], [8, 400, 392])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=raked, variables=("district",))

    # Half of the people speak through ten responses: four fakes there cost eleven points.
    assert crossing is not None
    assert (crossing.spread, crossing.aimed) == (143, 4)


@settings(max_examples=60)
@given(
    counts=st.lists(st.tuples(st.integers(1, 8), st.integers(0, 8)), min_size=3, max_size=3),
    line=st.sampled_from([0.3, 0.6, 0.7]),
)
def test_aimed_fakes_are_as_few_as_trying_every_placement_finds(
    counts: list[tuple[int, int]], line: float
) -> None:
    n = [count for count, _ in counts]
    satisfied = [min(y, count) for count, y in counts]

    crossing = fakes_to_cross(
        tabulated(n, satisfied), "y", line, weigh=raked, variables=("district",)
    )

    assert crossing is not None
    assert crossing.aimed == fewest_by_brute_force(n, satisfied, line)


@given(
    groups=st.lists(st.tuples(st.integers(1, 30), st.floats(0.0, 1.0)), min_size=1, max_size=4),
    fakes=st.integers(0, 12),
)
def test_no_placement_moves_more_than_the_best_one(
    groups: list[tuple[int, float]], fakes: int
) -> None:
    n = np.array([count for count, _ in groups], dtype=float)
    reach = np.array([part for _, part in groups])

    placed = best_placed(fakes, n, reach)

    every = itertools.product(range(fakes + 1), repeat=len(groups))
    moved = [
        sum(r * m / (c + m) for r, c, m in zip(reach, n, trial, strict=True))
        for trial in every
        if sum(trial) == fakes
    ]
    assert placed.sum() == fakes
    assert float((reach * placed / (n + placed)).sum()) == pytest.approx(max(moved))


def test_aimed_fakes_never_need_to_be_more_than_spread_ones_under_two_margins() -> None:
    margins = Margins(
        (
            Margin("district", ("A", "B"), (60.0, 40.0)),
            Margin("sex", ("F", "M"), (50.0, 50.0)),
        )
    )
    n = np.array([[5.0], [80.0], [70.0], [60.0]])
    tabulation = Tabulation.from_counts(
        variables=("district", "sex", "channel"),
        cells=[("A", "F", "web"), ("A", "M", "web"), ("B", "F", "web"), ("B", "M", "web")],
        n=n[:, 0],
        measures=("y",),
        answered=n,
        y=n * 0.8,
        yy=n * 0.8,
    )

    crossing = fakes_to_cross(
        tabulation,
        "y",
        0.7,
        weigh=lambda cells: rake(cells, margins),
        variables=("district", "sex"),
    )

    assert crossing is not None
    assert crossing.aimed is not None
    assert crossing.spread is not None
    assert crossing.aimed < crossing.spread


def test_without_weights_there_is_nothing_to_aim_at() -> None:
    tabulation = tabulated([50, 30], [40, 24])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=unweighted, variables=())

    assert crossing is not None
    assert crossing.aimed == crossing.spread == math.floor(80 * (0.8 / 0.7 - 1)) + 1


def test_without_answers_there_is_no_estimate_to_carry_anywhere() -> None:
    tabulation = tabulated([0, 0], [0, 0])

    crossing = fakes_to_cross(tabulation, "y", 0.7, weigh=unweighted, variables=())

    assert crossing is None


def test_weights_that_do_not_converge_answer_nothing() -> None:
    tabulation = tabulated([60, 30, 10], [48, 24, 8])

    crossing = fakes_to_cross(
        tabulation,
        "y",
        0.7,
        weigh=lambda cells: rake(cells, MARGINS, max_iterations=0),
        variables=("district",),
    )

    assert crossing is None
