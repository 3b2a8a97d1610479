"""What every method that fits margins does with its factors: say how well they fit."""

from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.projection import project
from analysis.weighting.wanted import Wanted
from analysis.weighting.weights import MarginFit, Weights, summarise

# Largest relative difference between a weighted and a wanted category that counts as met.
TOLERANCE = 1e-12


def fitted(
    method: str,
    tabulation: Tabulation,
    margins: Margins,
    wanted: Wanted,
    factor: Floats,
    iterations: int,
    tolerance: float = TOLERANCE,
) -> Weights:
    """The weights that a method arrived at, with whether they meet the margins."""
    discrepancy = wanted.discrepancy(tabulation.weight * factor)
    return Weights(
        method=method,
        factor=factor,
        basis=project(wanted, tabulation.weight).basis,
        converged=discrepancy <= tolerance,
        iterations=iterations,
        discrepancy=discrepancy,
        margins=_fits(margins, tabulation, wanted, factor),
        summary=summarise(tabulation, factor),
    )


def _fits(
    margins: Margins, tabulation: Tabulation, wanted: Wanted, factor: Floats
) -> tuple[MarginFit, ...]:
    """Every category of every margin, wanted and reached."""
    named = [
        (margin.variable, category, population)
        for margin in margins.margins
        for category, population in zip(margin.categories, margin.populations, strict=True)
    ]
    weighted = wanted.sums(tabulation.weight * factor)[: len(named)].tolist()
    respondents = wanted.sums(tabulation.n)[: len(named)].tolist()
    return tuple(
        MarginFit(*name, weighted=reached, respondents=round(count))
        for name, reached, count in zip(named, weighted, respondents, strict=True)
    )
