"""What must hold for any respondents: raking meets margins, tabulations add, order is nothing."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimation import Estimate, domain_estimates, estimate
from analysis.margins import Margin, Margins, collapse_empty
from analysis.tabulation import Floats, Tabulation, merge
from analysis.weighting import Weights, rake, weigh
from tests.analysis.respondents import (
    Respondents,
    mean_and_se_by_respondent,
    some_respondents,
    tabulate,
)

VARIABLES = ("district", "sex", "age")
CATEGORIES = (("A", "B", "C"), ("female", "male"), ("18-39", "40+"))
EVERY_CELL = tuple(itertools.product(*CATEGORIES))

answers = st.one_of(st.none(), st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))
base_weights = st.floats(0.1, 20.0)


@st.composite
def respondents(draw: st.DrawFn) -> Respondents:
    """At least one respondent in each cell, so that any margins can be met; two who answer."""
    cells = [*EVERY_CELL, *draw(st.lists(st.sampled_from(EVERY_CELL), max_size=30))]
    n = len(cells)
    values = draw(st.lists(answers, min_size=n, max_size=n))
    values[:2] = [0.25, 0.75]
    weight = draw(st.lists(base_weights, min_size=n, max_size=n))
    order = draw(st.permutations(range(n)))
    people = some_respondents(cells, values, variables=VARIABLES, base_weight=weight)
    return people.take(order)


@st.composite
def populations(draw: st.DrawFn) -> Margins:
    """Margins of one population, no category under a fiftieth of the others'."""
    margins = []
    for variable, categories in zip(VARIABLES, CATEGORIES, strict=True):
        shares = np.array([draw(st.floats(1.0, 50.0)) for _ in categories])
        margins.append(Margin(variable, categories, tuple(1000.0 * shares / shares.sum())))
    return Margins(tuple(margins))


def estimated(tabulation: Tabulation, margins: Margins) -> Estimate:
    return estimate(tabulation, rake(tabulation, margins), "y")


def same(first: Estimate, second: Estimate) -> bool:
    """Equal in all that does not depend on the number of respondents alone, up to rounding."""
    assert first.estimate is not None
    assert second.estimate is not None
    assert first.se is not None
    assert second.se is not None
    return second.estimate == pytest.approx(first.estimate, rel=1e-9, abs=1e-9) and (
        second.se == pytest.approx(first.se, rel=1e-6, abs=1e-7)
    )


def weights_of_respondents(people: Respondents, cells: Tabulation, weights: Weights) -> Floats:
    factor = dict(zip(cells.cells, weights.factor, strict=True))
    by_respondent: Floats = np.array([factor[own] for own in people.categories])
    return people.base_weight * by_respondent


@given(respondents(), populations())
def test_raked_weights_meet_every_margin(people: Respondents, margins: Margins) -> None:
    tabulation = tabulate(people)

    weights = rake(tabulation, margins)

    assert weights.converged
    assert [fit.weighted for fit in weights.margins] == pytest.approx(
        [fit.population for fit in weights.margins], rel=1e-9
    )


@given(respondents(), populations())
def test_cell_moments_give_what_respondents_one_by_one_give(
    people: Respondents, margins: Margins
) -> None:
    tabulation = tabulate(people)
    weights = rake(tabulation, margins)

    result = estimate(tabulation, weights, "y")

    weight = weights_of_respondents(people, tabulation, weights)
    expected = mean_and_se_by_respondent(people, weight, margins.margins)
    assert (result.estimate, result.se) == pytest.approx(expected, rel=1e-8, abs=1e-8)


@given(respondents(), populations())
def test_a_domain_from_cell_moments_is_the_subpopulation_of_respondents_one_by_one(
    people: Respondents, margins: Margins
) -> None:
    tabulation = tabulate(people)
    weights = rake(tabulation, margins)

    domains = domain_estimates(tabulation, weights, ("y",), "district")

    weight = weights_of_respondents(people, tabulation, weights)
    for domain in (domain for domain in domains if domain.estimate.n > 1):
        inside = [own[0] == domain.category for own in people.categories]
        expected = mean_and_se_by_respondent(people, weight, margins.margins, inside=inside)
        assert (domain.estimate.estimate, domain.estimate.se) == pytest.approx(
            expected, rel=1e-8, abs=1e-8
        )


@given(respondents(), st.integers(1, 40))
def test_tabulations_of_parts_merge_to_the_tabulation_of_the_whole(
    people: Respondents, cut: int
) -> None:
    n = len(people.categories)
    first = people.take(range(min(cut, n - 1)))
    rest = people.take(range(min(cut, n - 1), n))

    merged = merge(tabulate(first), tabulate(rest))

    whole = merge(tabulate(people))
    assert merged.cells == whole.cells
    for name in ("n", "weight_min", "weight_max", "answered"):
        assert np.array_equal(getattr(merged, name), getattr(whole, name))
    for name in ("weight", "weight_squared", "w", "wy", "wyy", "ww", "wwy", "wwyy"):
        assert np.allclose(getattr(merged, name), getattr(whole, name), rtol=1e-12, atol=0.0)


@given(respondents(), populations(), st.data())
def test_the_order_of_respondents_and_cells_changes_nothing(
    people: Respondents, margins: Margins, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(people.categories))))

    shuffled = estimated(tabulate(people.take(order)), margins)

    assert same(estimated(tabulate(people), margins), shuffled)


@given(respondents(), populations(), st.floats(0.001, 1000.0))
def test_a_constant_multiple_of_the_base_weights_changes_no_estimate(
    people: Respondents, margins: Margins, multiple: float
) -> None:
    multiplied = people.with_base_weight(people.base_weight * multiple)

    result = estimated(tabulate(multiplied), margins)

    assert same(estimated(tabulate(people), margins), result)


@given(respondents(), populations(), st.floats(0.001, 1000.0))
def test_margins_in_other_units_change_no_estimate(
    people: Respondents, margins: Margins, multiple: float
) -> None:
    scaled = Margins(
        tuple(
            Margin(own.variable, own.categories, tuple(p * multiple for p in own.populations))
            for own in margins.margins
        )
    )

    result = estimated(tabulate(people), scaled)

    assert same(estimated(tabulate(people), margins), result)


@given(respondents(), populations())
def test_everyone_twice_keeps_the_estimate_and_shrinks_the_variance_as_the_formula_says(
    people: Respondents, margins: Margins
) -> None:
    once = estimated(tabulate(people), margins)

    twice = estimated(merge(tabulate(people), tabulate(people)), margins)

    n = len(people.categories)
    shrinkage = (2 * n / (2 * n - 1)) / (n / (n - 1)) / 2
    assert twice.estimate == pytest.approx(once.estimate, rel=1e-9)
    assert once.se is not None
    assert twice.se == pytest.approx(once.se * shrinkage**0.5, rel=1e-6, abs=1e-7)


@given(respondents(), populations())
def test_one_probability_and_one_interval_tell_the_same_of_each_limit(
    people: Respondents, margins: Margins
) -> None:
    tabulation = tabulate(people)
    weights = rake(tabulation, margins)
    for interval in ("logit", "wilson", "normal"):
        lower, upper = estimate(tabulation, weights, "y", interval=interval).interval or (0, 0)
        # A limit at the end of the scale, or a point, has no probability on both of its sides.
        if 0.0 < lower < upper - 1e-6 and upper < 1.0 - 1e-9:
            result = estimate(
                tabulation, weights, "y", interval=interval, thresholds=(lower, upper)
            )

            assert list(result.p_below.values()) == pytest.approx([0.025, 0.975], abs=1e-7)


@given(populations(), st.sets(st.sampled_from(CATEGORIES[0])), st.booleans())
def test_after_collapsing_every_category_has_respondents_and_no_population_is_lost(
    margins: Margins, empty: set[str], only_women: bool
) -> None:
    cells = [
        cell
        for cell in EVERY_CELL
        if cell[0] not in empty and not (only_women and cell[1] == "male")
    ]
    tabulation = (
        tabulate(some_respondents(cells, [1.0] * len(cells), variables=VARIABLES))
        if (cells)
        else empty_tabulation()
    )

    collapsed = collapse_empty(margins, tabulation)

    for margin in collapsed.margins.margins:
        assert set(margin.categories) == set(collapsed.tabulation.categories(margin.variable))
        assert margin.total == pytest.approx(margins.total)
    dropped = {note.variable for note in collapsed.notes if note.code == "dropped"}
    assert dropped == set(VARIABLES) - set(collapsed.margins.variables)
    assert rake(collapsed.tabulation, collapsed.margins).converged


def empty_tabulation() -> Tabulation:
    return Tabulation.from_counts(
        variables=VARIABLES, cells=(), n=(), measures=("y",), answered=(), y=(), yy=()
    )


@given(respondents(), populations(), st.sampled_from(["rake", "linear"]))
def test_every_method_meets_every_margin(
    people: Respondents, margins: Margins, method: str
) -> None:
    weights = weigh(tabulate(people), margins, method)

    for fit in weights.margins:
        assert fit.weighted == pytest.approx(fit.population, rel=1e-9)


@given(respondents(), populations(), st.sampled_from(["rake", "linear"]))
def test_bounded_weights_keep_bounds_and_margins_or_say_that_they_cannot(
    people: Respondents, margins: Margins, method: str
) -> None:
    tabulation = tabulate(people.with_base_weight(np.ones(len(people.categories))))
    mean = margins.total / tabulation.respondents

    weights = weigh(tabulation, margins, method, (0.2, 4.0))

    assert weights.summary.minimum is not None
    assert weights.summary.maximum is not None
    assert weights.summary.minimum >= 0.2 * mean
    assert weights.summary.maximum <= 4.0 * mean
    if weights.converged:
        for fit in weights.margins:
            assert fit.weighted == pytest.approx(fit.population, rel=1e-11)


@given(respondents(), populations())
def test_wide_bounds_always_converge(people: Respondents, margins: Margins) -> None:
    tabulation = tabulate(people.with_base_weight(np.ones(len(people.categories))))
    mean = margins.total / tabulation.respondents
    free = rake(tabulation, margins)

    # Bounds that the raked weights keep are met by weights that exist: the raked ones.
    lowest, highest = float(free.factor.min()) / mean, float(free.factor.max()) / mean
    weights = weigh(tabulation, margins, "rake", (lowest * 0.99, highest * 1.01))

    assert weights.converged
    assert weights.factor == pytest.approx(free.factor, rel=1e-8)
