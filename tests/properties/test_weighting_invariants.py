"""What must hold of every weighting method for any cells: margins, bounds, agreement, order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.margins import Margin, Margins
from analysis.tabulation import Floats, Tabulation, merge
from analysis.weighting import weigh
from tests.analysis.respondents import Respondents, tabulate
from tests.properties.test_analysis_invariants import populations, respondents

BOUNDS = ((0.3, 3.0), (0.5, 2.0), (0.05, 1.5), (0.8, 1.2))
METHODS = st.sampled_from(["rake", "linear"])


def one_weight_a_cell(people: Respondents, data: st.DataObject) -> Tabulation:
    """Base weights of very different sizes, equal within a cell as bounds need them."""
    sizes = {own: data.draw(st.floats(0.01, 100.0)) for own in dict.fromkeys(people.categories)}
    return tabulate(people.with_base_weight(np.array([sizes[own] for own in people.categories])))


def margins_within(tabulation: Tabulation, variables: int, multiples: Floats) -> Margins:
    """The margins that respondents of these weights, as multiples of their mean, add up to."""
    weighted = multiples * tabulation.n
    found = []
    for variable in tabulation.variables[:variables]:
        names = tabulation.categories(variable)
        codes = tabulation.codes(variable, names)
        sums = np.bincount(codes, weights=weighted, minlength=len(names))
        found.append(Margin(variable, names, tuple(float(value) for value in sums)))
    return Margins(tuple(found))


@given(respondents(), st.sampled_from(BOUNDS), METHODS, st.integers(1, 3), st.data())
def test_bounds_that_some_weights_keep_are_kept_and_the_margins_met(
    people: Respondents,
    bounds: tuple[float, float],
    method: str,
    variables: int,
    data: st.DataObject,
) -> None:
    tabulation, (low, high) = one_weight_a_cell(people, data), bounds
    # Weights at and between the bounds, drawn towards one of them until their mean is 1.
    some = np.array([data.draw(st.floats(low, high)) for _ in tabulation.cells])
    mean = float(tabulation.n @ some) / tabulation.respondents
    end = low if mean > 1.0 else high
    multiples = end + (some - end) * ((1.0 - end) / (mean - end))
    margins = margins_within(tabulation, variables, multiples)

    weights = weigh(tabulation, margins, method, bounds)

    assert weights.converged
    assert weights.summary.minimum is not None
    assert weights.summary.maximum is not None
    scale = margins.total / tabulation.respondents
    assert low * scale <= weights.summary.minimum
    assert weights.summary.maximum <= high * scale


@given(respondents(), populations(), st.sampled_from(["rake", "linear"]))
def test_with_one_margin_every_method_is_post_stratification(
    people: Respondents, margins: Margins, method: str
) -> None:
    tabulation, one = tabulate(people), Margins(margins.margins[:1])

    weights = weigh(tabulation, one, method)

    assert weights.factor == pytest.approx(weigh(tabulation, one, "poststratify").factor, rel=1e-9)


@given(respondents(), populations(), METHODS)
def test_everyone_twice_has_half_the_factor(
    people: Respondents, margins: Margins, method: str
) -> None:
    once = merge(tabulate(people))

    twice = weigh(merge(once, once), margins, method)

    # Linear factors pass through 0, where only the size of the others is a measure.
    factor = weigh(once, margins, method).factor
    assert 2.0 * twice.factor == pytest.approx(factor, rel=1e-9, abs=1e-9 * np.abs(factor).max())


@given(respondents(), populations(), METHODS, st.data())
def test_the_order_of_the_cells_changes_no_factor(
    people: Respondents, margins: Margins, method: str, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(people.categories))))
    tabulation, shuffled = tabulate(people), tabulate(people.take(order))

    factor = weigh(shuffled, margins, method).factor

    own = dict(zip(shuffled.cells, factor, strict=True))
    expected = weigh(tabulation, margins, method).factor
    assert np.array([own[cell] for cell in tabulation.cells]) == pytest.approx(
        expected, rel=1e-9, abs=1e-9 * np.abs(expected).max()
    )
