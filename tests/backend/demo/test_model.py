"""The documented model of the demonstration city."""

import numpy as np
import pytest

from analysis.shipped import margins
from backend.demo import model
from backend.demo.service import MARGINS

MEASURES = ("overall", "environment.parking")


def draw(seed: int, count: int = 2000) -> tuple[model.People, np.ndarray]:
    generator = np.random.default_rng(seed)
    people = model.draw_people(model.populate(margins(MARGINS)), count, generator)
    return people, model.draw_levels(people, MEASURES, generator)


def test_the_population_has_every_census_margin() -> None:
    shipped = {margin.variable: margin for margin in margins(MARGINS).margins}

    population = model.populate(margins(MARGINS))

    for axis, variable in enumerate(model.VARIABLES):
        others = tuple(other for other in range(4) if other != axis)
        assert population.people.sum(axis=others) == pytest.approx(
            np.array(shipped[variable].populations), rel=1e-9
        )


def test_city_districts_are_more_urban_than_the_counties() -> None:
    population = model.populate(margins(MARGINS))
    districts, _, _, residence = population.categories

    by_district = population.people.sum(axis=(1, 2))
    urban = by_district[:, residence.index("urban")] / by_district.sum(axis=1)

    assert urban[districts.index("370811")] > urban[districts.index("370832")] + 0.2


def test_the_young_the_urban_and_the_city_centre_answer_more_often() -> None:
    population = model.populate(margins(MARGINS))
    answering = model.turnout(population)

    def share(table: model.Population, axis: int, name: str) -> float:
        index = table.categories[axis].index(name)
        return float(table.people.take(index, axis=axis).sum() / table.people.sum())

    for axis, name in ((0, "370811"), (2, "18-29"), (3, "urban")):
        assert share(answering, axis, name) > share(population, axis, name) + 0.05


def test_the_same_seed_gives_the_same_people_and_answers() -> None:
    first_people, first = draw(seed=7)
    second_people, second = draw(seed=7)

    assert np.array_equal(first_people.cells, second_people.cells)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, draw(seed=8)[1])


def test_all_know_the_city_as_a_whole_and_not_all_use_every_field() -> None:
    _, levels = draw(seed=1)

    assert (levels[:, 0] >= 1).all()
    assert 0.02 < (levels[:, 1] == model.NOT_APPLICABLE).mean() < 0.2
    assert set(np.unique(levels[:, 1])) == {model.NOT_APPLICABLE, 1, 2, 3, 4, 5}


def test_parking_is_felt_to_be_worse_than_the_city_as_a_whole() -> None:
    _, levels = draw(seed=1)
    rated = levels[:, 1] != model.NOT_APPLICABLE

    assert (levels[rated, 1] >= 4).mean() < (levels[:, 0] >= 4).mean() - 0.1
