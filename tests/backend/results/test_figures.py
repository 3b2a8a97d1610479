"""How figures are written for readers."""

import pytest

from analysis.estimation import Estimate
from backend.results import figures


def an_estimate(
    value: float | None = 0.7122, interval: tuple[float, float] | None = (0.6975, 0.7264)
) -> Estimate:
    return Estimate(
        "composite", 100, value, 0.01, interval, 1.0, 100.0, None, {0.7: 0.1, 0.6: 0.0}, 99
    )


@pytest.mark.parametrize(
    ("share", "digits", "written"),
    [
        (0.7, 2, "70.00%"),
        (0.69998, 1, "70.0%"),
        (0.0, 1, "0.0%"),
        (1.0, 0, "100%"),
        (None, 1, "—"),
    ],
)
def test_shares_are_written_as_per_cent(share: float | None, digits: int, written: str) -> None:
    assert figures.percent(share, digits) == written


@pytest.mark.parametrize(
    ("probability", "written"),
    [(0.0515, "5.1%"), (6e-43, "< 0.1%"), (0.99999, "> 99.9%"), (None, "—")],
)
def test_a_probability_never_pretends_to_be_certain(
    probability: float | None, written: str
) -> None:
    assert figures.probability(probability) == written


@pytest.mark.parametrize(
    ("difference", "written"), [(0.141, "+14.1"), (-0.0278, "-2.8"), (-0.0001, "+0.0"), (None, "—")]
)
def test_differences_are_points_with_a_sign(difference: float | None, written: str) -> None:
    assert figures.points(difference) == written


def test_an_interval_that_is_not_known_is_a_dash() -> None:
    assert figures.interval(an_estimate(interval=None)) == "—"


def test_a_bar_places_the_estimate_its_interval_and_the_lines() -> None:
    bar = figures.bar(an_estimate(), (0.6, 0.7))

    assert bar is not None
    assert (bar.value, bar.low, bar.high, bar.width) == (71.22, 69.75, 72.64, 2.89)
    assert bar.lines == pytest.approx((60.0, 70.0))


def test_a_bar_without_an_interval_shows_the_estimate_alone() -> None:
    bar = figures.bar(an_estimate(interval=None), (0.6, 0.7))

    assert bar is not None
    assert bar.width == 0


def test_without_an_estimate_there_is_no_bar() -> None:
    assert figures.bar(an_estimate(value=None, interval=None), (0.6, 0.7)) is None
