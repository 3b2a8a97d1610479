import pytest

from analysis.rating.star import star_of
from tests.analysis.rating.standards import a_standard

STANDARD = a_standard()


@pytest.mark.parametrize(
    ("total", "star"),
    [
        (0, None),
        (39.99, None),
        (40, "three"),
        (40.01, "three"),
        (69.99, "three"),
        (70, "four_basic"),
        (70.01, "four_basic"),
        (79.99, "four_basic"),
        (80, "four_growth"),
        (80.01, "four_growth"),
        (89.99, "four_growth"),
        (90, "five"),
        (90.01, "five"),
        (100, "five"),
    ],
)
def test_a_star_is_held_from_its_line_on(total: float, star: str | None) -> None:
    standing = star_of(STANDARD, total, national_benchmark=True)

    assert (standing.star.star if standing.star else None) == star


@pytest.mark.parametrize("total", [90, 95, 100])
def test_five_stars_are_not_held_without_the_judgement(total: float) -> None:
    standing = star_of(STANDARD, total, national_benchmark=False)

    assert standing.star is not None
    assert standing.star.star == "four_growth"


def test_a_total_that_only_rounding_keeps_below_the_line_holds_the_star() -> None:
    standing = star_of(STANDARD, 0.1 * 3 + 39.7 - 1e-12, national_benchmark=False)

    assert standing.star is not None


@pytest.mark.parametrize(
    ("total", "following", "points_missing"),
    [
        (0, "three", 40),
        (39.5, "three", 0.5),
        (40, "four_basic", 30),
        (79.99, "four_growth", 0.01),
        (80, "five", 10),
        (95, "five", 0),
    ],
)
def test_the_next_star_says_how_many_points_are_missing(
    total: float, following: str, points_missing: float
) -> None:
    next_star = star_of(STANDARD, total, national_benchmark=False).next_star

    assert next_star is not None
    assert (next_star.star.star, next_star.points_missing) == (
        following,
        pytest.approx(points_missing),
    )


@pytest.mark.parametrize(
    ("national_benchmark", "conditions"), [(False, ("national_benchmark",)), (True, ())]
)
def test_the_next_star_says_what_it_wants_beside_points(
    national_benchmark: bool, conditions: tuple[str, ...]
) -> None:
    next_star = star_of(STANDARD, 85, national_benchmark).next_star

    assert next_star is not None
    assert next_star.conditions == conditions


def test_only_the_judgement_is_missing_where_rounding_keeps_the_total_below_the_line() -> None:
    next_star = star_of(STANDARD, 90 - 1e-12, national_benchmark=False).next_star

    assert next_star is not None
    assert (next_star.points_missing, next_star.conditions) == (0.0, ("national_benchmark",))


def test_after_five_stars_there_is_no_next() -> None:
    assert star_of(STANDARD, 90, national_benchmark=True).next_star is None


def test_a_document_without_stars_gives_none() -> None:
    standing = star_of(a_standard(stars=()), 0, national_benchmark=True)

    assert (standing.star, standing.next_star) == (None, None)
