"""Of 95 % intervals, how many hold the truth, in samples drawn again and again from a known city.

A city of six districts, two sexes and three age groups; who answers depends on all three, and so
does satisfaction, so an unweighted mean would be wrong. Slow: run by `make simulate`.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.estimation import domain_differences, estimate
from analysis.margins import Margin, Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting import Weights, unweighted, weigh

pytestmark = pytest.mark.slow

SAMPLES = 2000
CELLS = tuple(itertools.product("ABCDEF", ("f", "m"), ("18-39", "40-59", "60+")))
VARIABLES = ("district", "sex", "age")
DISTRICT, SEX, AGE = (
    np.array([tuple(dict.fromkeys(cell[at] for cell in CELLS)).index(cell[at]) for cell in CELLS])
    for at in range(3)
)
POPULATION = (
    np.array([30, 25, 15, 12, 10, 8.0])[DISTRICT]
    * np.array([51, 49.0])[SEX]
    * np.array([40, 35, 25.0])[AGE]
    * (1.0 + 0.2 * ((DISTRICT + AGE) % 2))
)
READINESS = np.array([0.8, 1.0, 1.3, 0.6, 1.5, 1.0])[DISTRICT] * np.array([1.4, 0.8])[SEX]
READINESS = READINESS * np.array([1.8, 1.0, 0.5])[AGE]
LOGIT = 0.75 + np.array([0.3, 0.0, -0.2, 0.4, -0.5, 0.1])[DISTRICT]
LOGIT = LOGIT + np.array([0.25, -0.1])[SEX] + np.array([-0.4, 0.1, 0.5])[AGE]
SATISFIED = 1.0 / (1.0 + np.exp(-LOGIT))
SCORES = np.array([0.0, 0.3, 0.6, 0.8, 1.0])

MARGINS = Margins(
    tuple(
        Margin(
            variable,
            tuple(dict.fromkeys(cell[at] for cell in CELLS)),
            tuple(np.bincount(codes, weights=POPULATION).tolist()),
        )
        for at, (variable, codes) in enumerate(zip(VARIABLES, (DISTRICT, SEX, AGE), strict=True))
    )
)
AGES = Margins((MARGINS.margins[2],))

Covers = Callable[[np.random.Generator], bool | None]


def drawn(chance: np.random.Generator, n: int, satisfied: Floats = SATISFIED) -> Tabulation:
    """n respondents, ready as their cell is; y is 1 for the satisfied."""
    chosen = POPULATION * READINESS
    counts = chance.multinomial(n, chosen / chosen.sum())
    y = chance.binomial(counts, satisfied)
    return counted(counts, counts, y, y)


def counted(n: Floats, answered: Floats, y: Floats, yy: Floats) -> Tabulation:
    seen = n > 0
    return Tabulation.from_counts(
        variables=VARIABLES,
        cells=[cell for cell, is_seen in zip(CELLS, seen, strict=True) if is_seen],
        n=n[seen],
        measures=("y",),
        answered=answered[seen][:, None],
        y=y[seen][:, None],
        yy=yy[seen][:, None],
    )


def share(of: Floats = SATISFIED, where: Floats | None = None) -> float:
    weight = POPULATION if where is None else POPULATION * where
    return float(weight @ of / weight.sum())


def raked(n: int, interval: str = "logit", satisfied: Floats = SATISFIED) -> Covers:
    def covers(chance: np.random.Generator) -> bool:
        tabulation = drawn(chance, n, satisfied)
        weights = weigh(tabulation, MARGINS, "rake")
        result = estimate(tabulation, weights, "y", interval=interval)
        return holds(result.interval, share(satisfied))

    return covers


def by_method(method: str, margins: Margins, n: int = 500) -> Covers:
    """Post-stratified to ages the estimate is right where satisfaction depends on age alone."""
    satisfied = SATISFIED if method == "linear" else np.array([0.6, 0.72, 0.85])[AGE]

    def covers(chance: np.random.Generator) -> bool:
        tabulation = drawn(chance, n, satisfied)
        weights = weigh(tabulation, margins, method)
        return holds(estimate(tabulation, weights, "y").interval, share(satisfied))

    return covers


def bounded(chance: np.random.Generator) -> bool:
    tabulation = drawn(chance, 800)
    weights = weigh(tabulation, MARGINS, "rake", (0.2, 4.0))
    return holds(estimate(tabulation, weights, "y").interval, share())


def in_a_district(chance: np.random.Generator) -> bool:
    tabulation = drawn(chance, 1500)
    weights = weigh(tabulation, MARGINS, "rake")
    result = estimate(tabulation, weights, "y", domain=("district", "C"))
    return holds(result.interval, share(where=(DISTRICT == 2).astype(float)))


def between_districts(chance: np.random.Generator) -> bool:
    tabulation = drawn(chance, 1500)
    weights = weigh(tabulation, MARGINS, "rake")
    (found,) = domain_differences(tabulation, weights, "y", "district", categories=("A", "E"))
    truth = share(where=(DISTRICT == 4).astype(float)) - share(where=(DISTRICT == 0).astype(float))
    return holds(found.interval, truth)


def scored(chance: np.random.Generator) -> bool:
    """Five levels, and one in ten gives no answer."""
    levels = np.stack(
        [0.3 * (1 - SATISFIED), 0.2 * (1 - SATISFIED), 0.5 * (1 - SATISFIED), 0.6 * SATISFIED]
    ).T
    levels = np.column_stack([levels, 1.0 - levels.sum(axis=1)])
    chosen = POPULATION * READINESS
    n = chance.multinomial(600, chosen / chosen.sum())
    answered = chance.binomial(n, 0.9)
    counts = np.array([chance.multinomial(k, p) for k, p in zip(answered, levels, strict=True)])
    tabulation = counted(n, answered, counts @ SCORES, counts @ SCORES**2)
    result = estimate(tabulation, weigh(tabulation, MARGINS, "rake"), "y")
    return holds(result.interval, share(levels @ SCORES))


def clustered(chance: np.random.Generator) -> bool:
    """Ten strata of four PSUs whose satisfaction differs; 20 respondents each."""
    strata, psus = 10, 4
    at = np.linspace(0.3, 1.6, strata).repeat(psus) + chance.normal(0.0, 0.5, strata * psus)
    satisfied = chance.binomial(20, 1.0 / (1.0 + np.exp(-at)))
    cells = [(str(h), str(i)) for h in range(strata) for i in range(psus)]
    people = np.full(strata * psus, 20.0)
    tabulation = replace(
        Tabulation.from_counts(
            variables=("stratum", "psu"),
            cells=cells,
            n=people,
            measures=("y",),
            answered=people[:, None],
            y=satisfied[:, None],
            yy=satisfied[:, None],
        ),
        strata="stratum",
        psu="psu",
    )
    weights: Weights = unweighted(tabulation)
    return holds(estimate(tabulation, weights, "y").interval, CLUSTERED_TRUTH)


# The mean over strata of 1/(1+exp(-x)) for x normal about the stratum's centre: 40 nodes.
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
CLUSTERED_TRUTH = float(
    np.mean(
        [
            NODE_WEIGHTS @ (1.0 / (1.0 + np.exp(-(centre + 0.5 * NODES)))) / NODE_WEIGHTS.sum()
            for centre in np.linspace(0.3, 1.6, 10)
        ]
    )
)


def holds(limits: tuple[float, float] | None, truth: float) -> bool:
    return limits is not None and limits[0] <= truth <= limits[1]


@pytest.mark.parametrize(
    "covers",
    [
        pytest.param(raked(300), id="raked, 300"),
        pytest.param(raked(1000), id="raked, 1,000"),
        pytest.param(raked(500, "wilson"), id="raked, Wilson"),
        pytest.param(raked(500, "normal"), id="raked, normal"),
        pytest.param(raked(500, "beta"), id="raked, Korn-Graubard"),
        pytest.param(raked(1000, satisfied=0.97 - 0.05 * SATISFIED), id="nearly all satisfied"),
        pytest.param(by_method("linear", MARGINS), id="linear calibration"),
        pytest.param(by_method("poststratify", AGES), id="post-stratified"),
        pytest.param(bounded, id="raked with bounded weights"),
        pytest.param(in_a_district, id="a district"),
        pytest.param(between_districts, id="a difference of districts"),
        pytest.param(scored, id="scored, with item nonresponse"),
        pytest.param(clustered, id="strata and PSUs"),
    ],
)
def test_about_95_of_100_intervals_hold_the_truth(covers: Covers) -> None:
    chance = np.random.default_rng(20231101)

    held = np.mean([covers(chance) for _ in range(SAMPLES)])

    assert 0.93 <= held <= 0.97
