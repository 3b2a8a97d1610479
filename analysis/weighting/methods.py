"""One table of the weighting methods, and the one way in that chooses among them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from analysis.margins import Margins
from analysis.tabulation import Tabulation
from analysis.weighting.bounded import calibrate_within
from analysis.weighting.linear import calibrate_linear
from analysis.weighting.none import unweighted
from analysis.weighting.poststratify import poststratify
from analysis.weighting.rake import rake
from analysis.weighting.weights import Weights

METHODS: Mapping[str, Callable[[Tabulation, Margins], Weights]] = MappingProxyType(
    {
        "none": lambda tabulation, _margins: unweighted(tabulation),
        "poststratify": poststratify,
        "rake": rake,
        "linear": calibrate_linear,
    }
)


def weigh(
    tabulation: Tabulation,
    margins: Margins,
    method: str,
    bounds: tuple[float, float] | None = None,
) -> Weights:
    """Weights by a method of `METHODS`; `none` ignores the margins.

    Raises AnalysisError as the method does, ValueError for a method that does not exist.
    """
    if method not in METHODS:
        raise ValueError(f"no weighting method is named {method}")
    used = Margins(()) if method == "none" else margins
    if bounds is None:
        return METHODS[method](tabulation, used)
    return calibrate_within(tabulation, used, method, bounds)
