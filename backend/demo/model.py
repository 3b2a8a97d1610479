"""The model of the demonstration city: who lives there, who answers, and how satisfied they are.

Pure: numbers in, arrays out, chance only from the generator that is handed in. Everything here is
invented except the census margins; `docs/demonstration-city.md` describes it in words. Turning
the arrays into answers to a questionnaire is `answers.py`'s work, storing them `service.py`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.margins import Margins

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

VARIABLES = ("district", "sex", "age_band", "residence")

# Urban share of the residents of each county-level unit, 2020 census (the source is that of the
# shipped margins). Ties residence to district; the city totals stay those of the margins.
URBAN_SHARE = {
    "370811": 0.794, "370812": 0.788, "370826": 0.529, "370827": 0.431, "370828": 0.603,
    "370829": 0.429, "370830": 0.559, "370831": 0.438, "370832": 0.423, "370871": 0.852,
    "370881": 0.636, "370883": 0.648,
}  # fmt: skip

# Effects of a category on the log odds of taking part, and on the latent satisfaction in units
# of its standard deviation. A category that is not named has none.
TURNOUT: Mapping[str, float] = {
    "370811": 0.75, "370871": 0.65, "370812": 0.15, "370883": 0.1, "370831": -0.35,
    "370832": -0.4, "370829": -0.25, "370827": -0.2,
    "female": 0.15,
    "18-29": 0.6, "30-39": 0.5, "40-49": 0.2, "50-59": -0.2, "60-69": -0.6, "70+": -1.0,
    "urban": 0.3, "rural": -0.3,
}  # fmt: skip
SATISFACTION: Mapping[str, float] = {
    "370811": 0.12, "370871": 0.14, "370881": 0.06, "370812": 0.04, "370831": -0.11,
    "370832": -0.1, "370826": -0.05, "370829": -0.06, "370827": -0.03,
    "18-29": 0.1, "30-39": 0.05, "50-59": -0.05, "60-69": -0.11, "70+": -0.18,
    "urban": 0.08, "rural": -0.1,
}  # fmt: skip

# How much better or worse a field is felt to be than the city as a whole, by the last part of
# the measure's key.
FIELD: Mapping[str, float] = {
    "government": 0.24, "education": 0.0, "health": -0.14, "social_security": 0.12,
    "medical_insurance": 0.16, "employment": -0.26, "culture_tourism": 0.14, "sports": -0.05,
    "elderly_care": -0.18, "community": -0.08, "travel": 0.06, "parking": -0.52, "safety": 0.18,
    "network": 0.2, "feedback": -0.34, "waiting": -0.3, "machines": -0.1, "staff": 0.25,
}  # fmt: skip
# Share of people who do not know or use a field, by age band; fields that all use are absent.
NOT_USED = {"18-29": 0.06, "30-39": 0.05, "40-49": 0.06, "50-59": 0.09, "60-69": 0.14, "70+": 0.22}
USED_BY_ALL = frozenset({"overall"})

# The city's mean on the latent scale, and where the levels 1|2|3|4|5 part on it.
CITY_MEAN = 0.05
CUT_POINTS = (-1.9, -1.35, -0.55, 0.55)
# Share of the variance that is the person's, the same for all fields.
PERSON_VARIANCE = 0.5

NOT_APPLICABLE = 0


@dataclass(frozen=True)
class Population:
    """The city's adults by cell: `categories[v]` are the axes of `people`, in `VARIABLES` order."""

    categories: tuple[tuple[str, ...], ...]
    people: Floats

    def effect(self, effects: Mapping[str, float]) -> Floats:
        """Return the sum of the effects of each cell's categories, in the shape of `people`."""
        axes = [
            np.array([effects.get(category, 0.0) for category in categories])
            for categories in self.categories
        ]
        total: Floats = sum(np.ix_(*axes), start=np.zeros(self.people.shape))
        return total


def populate(margins: Margins) -> Population:
    """Return the joint table that has the margins, and ties residence to district.

    Within that, sex, age and residence are independent: the census gives no more. Iterative
    proportional fitting from the seed `URBAN_SHARE`.
    """
    by_name = {margin.variable: margin for margin in margins.margins}
    axes = [by_name[variable] for variable in VARIABLES]
    categories = tuple(tuple(margin.categories) for margin in axes)
    urban = np.array([URBAN_SHARE[code] for code in categories[0]])
    table = np.ones([len(names) for names in categories])
    for index, name in enumerate(categories[3]):
        table[..., index] *= (urban if name == "urban" else 1 - urban)[:, None, None]
    for _ in range(200):
        for axis, margin in enumerate(axes):
            others = tuple(other for other in range(table.ndim) if other != axis)
            factor = np.asarray(margin.populations) / table.sum(axis=others)
            table *= np.expand_dims(factor, others)
    return Population(categories, table)


def turnout(population: Population) -> Population:
    """Return those who would answer: each cell times its odds of taking part."""
    return Population(population.categories, population.people * np.exp(population.effect(TURNOUT)))


@dataclass(frozen=True)
class People:
    """Persons drawn: `categories` as in the population, `cells` (n, 4) indices into them."""

    categories: tuple[tuple[str, ...], ...]
    cells: Integers

    def names(self, variable: str) -> list[str]:
        """Return each person's category of a variable."""
        axis = VARIABLES.index(variable)
        return [self.categories[axis][index] for index in self.cells[:, axis]]

    def effect(self, effects: Mapping[str, float]) -> Floats:
        """Return the sum of the effects of each person's categories, (n,)."""
        total = np.zeros(len(self.cells))
        for axis, names in enumerate(self.categories):
            total += np.array([effects.get(name, 0.0) for name in names])[self.cells[:, axis]]
        return total


def draw_people(population: Population, count: int, generator: np.random.Generator) -> People:
    """Draw persons with replacement, each cell by its share of the table."""
    shares = population.people.ravel() / population.people.sum()
    flat = generator.choice(shares.size, size=count, p=shares)
    return People(
        population.categories, np.stack(np.unravel_index(flat, population.people.shape), axis=1)
    )


def draw_levels(
    people: People, measures: Sequence[str], generator: np.random.Generator
) -> Integers:
    """Draw the answer of each person to each measure.

    Returns
    -------
    (n, M) array: 1 to 5, or `NOT_APPLICABLE`.
    """
    fields = [measure.rpartition(".")[2] for measure in measures]
    shape = (len(people.cells), len(measures))
    person = generator.normal(size=(shape[0], 1)) * np.sqrt(PERSON_VARIANCE)
    noise = generator.normal(size=shape) * np.sqrt(1 - PERSON_VARIANCE)
    field = np.array([FIELD.get(name, 0.0) for name in fields])
    felt = CITY_MEAN + people.effect(SATISFACTION)[:, None] + field + person + noise
    levels: Integers = 1 + np.searchsorted(np.asarray(CUT_POINTS), felt).astype(np.int64)
    unused = people.effect(NOT_USED)[:, None] * [name not in USED_BY_ALL for name in fields]
    levels[generator.random(shape) < unused] = NOT_APPLICABLE
    return levels
