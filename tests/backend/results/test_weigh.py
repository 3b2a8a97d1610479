"""Which responses can be weighted, and what weighting them leads to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.margins import Margin, Margins
from backend.results.weigh import choose, weigh
from backend.tabulation.counts import CellCounts
from backend.tabulation.groups import MARKS

MARGINS = Margins(
    (
        Margin("district", ("A", "B", "C"), (50.0, 30.0, 20.0)),
        Margin("sex", ("male", "female"), (40.0, 60.0)),
    )
)


def counts(n: dict[tuple[str, str], int]) -> CellCounts:
    """Counts of one measure that everybody answered with level 5."""
    total = np.array(list(n.values()), dtype=float)
    marks = np.zeros((len(n), 1, len(MARKS)))
    marks[:, 0, 4] = total
    return CellCounts(
        variables=("district", "sex"),
        cells=tuple(n),
        measures=("overall",),
        n=total,
        marks=marks,
        composites=np.stack([np.stack([total] * 3, axis=1)] * 4, axis=1),
    )


def test_responses_without_a_category_or_outside_the_population_are_left_out() -> None:
    counted = counts({("A", "male"): 5, ("", "male"): 2, ("B", ""): 1, ("X", "female"): 3})

    chosen = choose(counted, MARGINS)

    assert chosen.counts.cells == (("A", "male"),)
    assert chosen.excluded == {"no_weighting_variable": 3, "not_in_population": 3}


def test_nothing_is_left_out_of_an_unweighted_survey() -> None:
    chosen = choose(counts({("", ""): 4}), None)

    assert chosen.counts.n.sum() == 4
    assert chosen.excluded == {}


def test_weighted_respondents_have_the_shares_of_the_population() -> None:
    counted = counts({("A", "male"): 6, ("A", "female"): 2, ("B", "male"): 1, ("C", "female"): 4})

    weighted = weigh(counted, MARGINS)

    assert weighted.weights.converged
    for fit in weighted.weights.margins:
        assert fit.weighted == pytest.approx(fit.population)


def test_a_category_without_respondents_joins_its_neighbour_with_a_note() -> None:
    counted = counts({("A", "male"): 6, ("A", "female"): 2, ("C", "female"): 4})

    weighted = weigh(counted, MARGINS)

    (note,) = weighted.cautions
    assert note.code == "category_merged"
    assert note.arguments == {"variable": "district", "category": "B", "into": "A"}


def test_without_respondents_nothing_is_weighted() -> None:
    weighted = weigh(counts({}), MARGINS)

    assert weighted.weights.method == "none"
    assert weighted.cautions == ()


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["A", "B", "C"]), st.sampled_from(["male", "female"])),
    st.integers(1, 50),
    max_size=6,
)


@settings(deadline=None)
@given(CELLS)
def test_however_few_respond_the_weights_meet_the_margins_or_say_that_they_do_not(
    n: dict[tuple[str, str], int],
) -> None:
    weighted = weigh(counts(n), MARGINS)

    assert np.isfinite(weighted.weights.factor).all()
    assert (weighted.weights.factor >= 0).all()
    if weighted.weights.converged:
        assert (weighted.weights.factor > 0).all()
        for fit in weighted.weights.margins:
            assert fit.weighted == pytest.approx(fit.population)


@settings(deadline=None)
@given(CELLS)
def test_weighting_neither_adds_nor_loses_respondents(n: dict[tuple[str, str], int]) -> None:
    weighted = weigh(counts(n), MARGINS)

    assert weighted.tabulation.respondents == sum(n.values())
