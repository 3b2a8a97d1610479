"""How many respondents a share needs: for an interval of a given width, or to tell it from a line.

How a given number is spread over districts is `allocation`'s. Formulas and sources:
docs/methods.md, "Sample size".
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scipy.special import ndtri

from analysis.errors import AnalysisError

# A size this little above a whole number is that number: the sum behind it was rounded.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class SampleSize:
    """How many have to answer, and how many have to be invited for that.

    Attributes
    ----------
    respondents
        Complete responses needed, rounded up.
    invitations
        Respondents divided by the share of the invited who take part, rounded up.
    population
        From which they come; None when it was taken as endless.
    """

    respondents: int
    invitations: int
    population: float | None

    @property
    def is_attainable(self) -> bool:
        """Whether there are as many people as have to be invited."""
        return self.population is None or self.invitations <= self.population


@dataclass(frozen=True)
class DistrictSize:
    """What one district needs so that its own figure reaches the goal."""

    district: str
    size: SampleSize


@dataclass(frozen=True)
class DistrictSizes:
    """What every district needs, and the city as a whole.

    `city` is what the city needs for its own figure alone; `respondents` and `invitations` are
    the sums over the districts when each is to reach the goal by itself.
    """

    districts: tuple[DistrictSize, ...]
    city: SampleSize

    @property
    def respondents(self) -> int:
        """Responses of all districts together."""
        return sum(district.size.respondents for district in self.districts)

    @property
    def invitations(self) -> int:
        """Invitations of all districts together."""
        return sum(district.size.invitations for district in self.districts)


def for_half_width(
    share: float,
    half_width: float,
    confidence_level: float = 0.95,
    *,
    deff: float = 1.0,
    population: float | None = None,
    participation: float = 1.0,
) -> SampleSize:
    """The size at which the interval reaches no further than `half_width` from the estimate.

    Parameters
    ----------
    share
        The share expected, between 0 and 1; 0.5 needs the most and is safe when nothing is known.
    half_width
        Half of the interval's length, as a share between 0 and 1.
    deff
        Design effect expected: the variance as a multiple of a simple random sample's; positive.
    population
        How many people there are; None for no finite population correction.
    participation
        Share of the invited who take part, above 0 and up to 1.

    Raises
    ------
    AnalysisError
        `out_of_range` for a parameter outside its range.

    Notes
    -----
    n0 = z² p(1-p)/e² · deff, and in a population of N n = n0/(1 + (n0 - 1)/N) (Cochran 1977,
    Sampling Techniques, 3rd ed., section 4.4; the design effect of Kish 1965, Survey
    Sampling, section 8.2).
    """
    require_between("share", share)
    require_between("half_width", half_width)
    z = _quantile("confidence_level", confidence_level, two_sided=True)
    needed = z**2 * share * (1.0 - share) / half_width**2
    return _size(needed, deff, population, participation)


def for_power(
    share: float,
    line: float = 0.7,
    power: float = 0.8,
    significance: float = 0.05,
    *,
    two_sided: bool = False,
    deff: float = 1.0,
    population: float | None = None,
    participation: float = 1.0,
) -> SampleSize:
    """The size at which a true `share` is told apart from the line with the given power.

    Parameters
    ----------
    share, line
        The true share, and the line that the test asks about; both between 0 and 1, not equal.
    power
        Probability that the test then says that the share is not at the line; 0.5 to 1.
    significance
        Probability that it says so of a share that is at the line; 0 to 1.
    two_sided
        Whether the test looks to both sides, as a 95 % interval at 0.05 does. One-sided, the
        test asks only whether the share lies on the side of the line on which it is expected.
    deff, population, participation
        As for `for_half_width`.

    Raises
    ------
    AnalysisError
        `out_of_range`; `share_on_the_line` when nothing could tell the two apart.

    Notes
    -----
    n0 = [(z_a √(p0(1-p0)) + z_b √(p1(1-p1))) / (p1 - p0)]² · deff, with the variance of the line
    p0 under the null hypothesis and of the share p1 under the alternative (Fleiss, Levin & Paik
    2003, Statistical Methods for Rates and Proportions, 3rd ed., chapter 2).
    """
    require_between("share", share)
    require_between("line", line)
    require_between("power", power, 0.5)
    if share == line:
        raise AnalysisError("share_on_the_line", share=share, line=line)
    z_significance = _quantile("significance", 1.0 - significance, two_sided=two_sided)
    spread = z_significance * math.sqrt(line * (1.0 - line))
    spread += float(ndtri(power)) * math.sqrt(share * (1.0 - share))
    return _size((spread / (share - line)) ** 2, deff, population, participation)


def by_district(
    populations: Mapping[str, float], size: Callable[[float], SampleSize]
) -> DistrictSizes:
    """The size that every district needs for its own figure, and that the city needs.

    Parameters
    ----------
    populations
        People by district.
    size
        The size for a population, for example
        ``lambda people: for_half_width(0.7, 0.05, population=people)``.
    """
    if not populations:
        raise AnalysisError("no_districts")
    return DistrictSizes(
        tuple(DistrictSize(name, size(people)) for name, people in populations.items()),
        size(sum(populations.values())),
    )


def two_sided_quantile(confidence_level: float) -> float:
    """z with the confidence level between -z and z; raises AnalysisError `out_of_range`."""
    return _quantile("confidence_level", confidence_level, two_sided=True)


def require_between(
    name: str, value: float, low: float = 0.0, high: float = 1.0, *, is_closed: bool = False
) -> None:
    """Raise AnalysisError `out_of_range` for what is not between `low` and `high`.

    Neither is included; with `is_closed`, `high` is.
    """
    if not (low < value < high or (is_closed and value == high)):
        raise AnalysisError("out_of_range", name=name, value=value, low=low, high=high)


def require_positive(name: str, value: float) -> None:
    """Raise AnalysisError `out_of_range` for what is not above 0 and finite."""
    require_between(name, value, 0.0, math.inf)


def _size(needed: float, deff: float, population: float | None, participation: float) -> SampleSize:
    require_positive("deff", deff)
    require_between("participation", participation, is_closed=True)
    needed *= deff
    if population is not None:
        require_positive("population", population)
        needed = max(needed, 1.0)
        needed = needed / (1.0 + (needed - 1.0) / population)
    respondents = max(math.ceil(needed - _ROUNDING), 1)
    invitations = math.ceil(respondents / participation - _ROUNDING)
    return SampleSize(respondents, invitations, population)


def _quantile(name: str, confidence_level: float, *, two_sided: bool) -> float:
    require_between(name, confidence_level)
    return float(ndtri((1.0 + confidence_level) / 2.0 if two_sided else confidence_level))
