"""What an estimate from files is asked to be, and which columns that needs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.errors import AnalysisError
from analysis.estimation import Options
from analysis.margins import Margins
from analysis.metrics import Metric
from analysis.tabulation import CROSS
from backend.tabulation.request import CompositeColumns, ItemColumn, TabulationRequest


@dataclass(frozen=True)
class ScoreOptions:
    """The options of `minsheng score`, read and checked by themselves.

    Attributes
    ----------
    method
        `none`, `poststratify`, `rake` or `linear`.
    cross
        Variables whose joint table is a margin: it is then named `a*b`.
    bounds
        Least and greatest weight as multiples of the mean weight.
    merges
        (variable, from, to): categories joined in the margins and in the responses.
    collapses, fewest
        Whether a category with fewer respondents than `fewest` joins its neighbour, or is refused
        when it has none.
    compare
        Variables whose categories are compared with each other, pair by pair.
    suppress_below
        Domains with fewer respondents than this are named without figures.
    """

    measures: tuple[ItemColumn | CompositeColumns, ...]
    metric: Metric
    margins: Margins | None = None
    method: str = "none"
    cross: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    merges: tuple[tuple[str, str, str], ...] = ()
    collapses: bool = False
    fewest: int = 1
    base_weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    population: str | None = None
    domains: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    wave: str | None = None
    missing: frozenset[str] = frozenset()
    interval: str = "logit"
    confidence_level: float = 0.95
    lonely_psu: str = "error"
    suppress_below: int = 0

    @property
    def estimation(self) -> Options:
        """The options of an estimate."""
        return Options(
            confidence_level=self.confidence_level,
            interval=self.interval,
            is_share=self.metric.is_share,
            lonely_psu=self.lonely_psu,
        )

    def request(self) -> TabulationRequest:
        """The columns that the estimate needs of the responses."""
        weighting = self.margins.variables if self.margins else ()
        waves = (self.wave,) if self.wave else ()
        variables = (*plain_variables(weighting), *self.domains, *self.compare, *waves)
        return TabulationRequest(
            measures=self.measures,
            metric=self.metric,
            variables=tuple(dict.fromkeys(variables)),
            missing=self.missing,
            base_weight=self.base_weight,
            strata=self.strata,
            psu=self.psu,
            population=self.population,
            by_base_weight=self.bounds is not None and self.base_weight is not None,
        )


def plain_variables(names: Sequence[str]) -> tuple[str, ...]:
    """The columns behind variables of which some are crossed, each once."""
    return tuple(dict.fromkeys(part for name in names for part in name.split(CROSS)))


def choose_margins(margins: Margins, method: str, cross: Sequence[str]) -> Margins:
    """The margins that the method uses: post-stratification only the crossed one, if one is named.

    Raises AnalysisError `cross_without_margin` when the joint table is missing.
    """
    if not cross:
        return margins
    name = CROSS.join(cross)
    joint = tuple(margin for margin in margins.margins if margin.variable == name)
    if not joint:
        raise AnalysisError("cross_without_margin", variable=name)
    return Margins(joint, margins.source) if method == "poststratify" else margins
