"""What a reader must know about a result besides its numbers. Pure; words are in `wording.py`."""

from collections.abc import Iterator

from analysis.estimation import Estimate
from analysis.rating.survey_rule import SurveyVerdict
from analysis.weighting import Weights
from backend.results.result import Caution, Collection

# Kish's design effect above which weights cost more than half of the respondents
# (docs/methods.md).
HIGH_DEFF = 2.0
FEWEST_IN_CATEGORY = 20
# A simple random sample of 385 has a 95 % half-width of 5 points at one half.
FEWEST_EFFECTIVE = 385


def find_cautions(
    composite: Estimate,
    verdict: SurveyVerdict | None,
    weights: Weights,
    collection: Collection,
) -> Iterator[Caution]:
    """Yield the cautions of a result, the most important first."""
    if collection.simulated:
        yield Caution(
            "simulated", {"simulated": collection.simulated, "responses": collection.responses}
        )
    if not weights.converged:
        yield Caution("not_converged", {"discrepancy": f"{weights.discrepancy:.1e}"})
    if verdict is not None and verdict.rounds_onto_line:
        yield Caution("rounds_onto_line", {"value": f"{composite.estimate:.6%}"})
    if composite.deff_kish is not None and composite.deff_kish > HIGH_DEFF:
        yield Caution("high_deff", {"deff": f"{composite.deff_kish:.2f}"})
    if composite.n_effective is not None and composite.n_effective < FEWEST_EFFECTIVE:
        yield Caution(
            "few_effective",
            {"n_effective": round(composite.n_effective), "wanted": FEWEST_EFFECTIVE},
        )
    for fit in weights.margins:
        if fit.respondents < FEWEST_IN_CATEGORY:
            yield Caution(
                "few_in_category",
                {"variable": fit.variable, "category": fit.category, "n": fit.respondents},
            )
