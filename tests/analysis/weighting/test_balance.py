import pytest

from analysis.margins import Margin, Margins
from analysis.weighting import rake, unweighted
from analysis.weighting.balance import balance
from tests.analysis.respondents import some_respondents, tabulate

MARGINS = Margins((Margin("district", ("A", "B"), (60.0, 40.0)),))
RESPONDENTS = tabulate(some_respondents([("A",), ("B",), ("B",), ("B",)], [1.0, 0.0, 1.0, 1.0]))


def test_each_category_is_compared_before_and_after_weighting() -> None:
    weights = rake(RESPONDENTS, MARGINS)

    first, _ = balance(RESPONDENTS, weights, MARGINS).categories

    assert (first.variable, first.category, first.respondents) == ("district", "A", 1)
    assert (first.population_share, first.sample_share) == (0.6, 0.25)
    assert first.difference == pytest.approx(-0.35)
    assert first.weighted_difference == pytest.approx(0.0)


def test_differences_are_standardised_by_the_population() -> None:
    weights = rake(RESPONDENTS, MARGINS)

    first, _ = balance(RESPONDENTS, weights, MARGINS).categories

    # -0.35 / √(0.6 · 0.4)
    assert first.standardised_difference == pytest.approx(-0.714435)
    assert first.weighted_standardised_difference == pytest.approx(0.0)


def test_a_variable_that_did_not_weigh_may_be_compared_too() -> None:
    people = tabulate(
        some_respondents(
            [("A", "F"), ("B", "F"), ("B", "F"), ("B", "M")],
            [1.0, 0.0, 1.0, 1.0],
            variables=("district", "sex"),
        )
    )
    sexes = Margins((Margin("sex", ("F", "M"), (50.0, 50.0)),))

    _, men = balance(people, rake(people, MARGINS), sexes).categories

    # A man weighs as everybody in B: 40/3 of 100.
    assert (men.sample_share, men.weighted_share) == pytest.approx((0.25, 0.4 / 3))


def test_the_largest_gaps_and_the_price_of_closing_them_are_named() -> None:
    skewed = Margins((Margin("district", ("A", "B"), (90.0, 10.0)),))
    weights = unweighted(RESPONDENTS)

    found = balance(RESPONDENTS, weights, skewed)

    assert found.largest_before is not None
    assert found.largest_before.category == "A"
    assert found.largest_after == found.largest_before
    assert found.deff_kish == pytest.approx(1.0)


def test_respondents_of_no_category_are_left_out_of_the_shares() -> None:
    people = tabulate(some_respondents([("A",), ("B",), ("",)], [1.0, 0.0, 1.0]))

    first, second = balance(people, unweighted(people), MARGINS).categories

    assert (first.sample_share, second.sample_share) == (0.5, 0.5)


def test_without_respondents_there_is_no_balance() -> None:
    nobody = tabulate(some_respondents([], []))

    found = balance(nobody, unweighted(nobody), MARGINS)

    assert (found.categories, found.largest_before, found.deff_kish) == ((), None, None)


def test_a_category_that_is_everybody_has_no_standard_deviation() -> None:
    everybody = Margins((Margin("district", ("A",), (60.0,)),))

    (only,) = balance(RESPONDENTS, unweighted(RESPONDENTS), everybody).categories

    assert only.standardised_difference is None
