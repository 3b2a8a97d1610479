"""What is to be tabulated from a file of respondents: which columns, and what they mean.

Every engine for files takes one of these and gives the same `Tabulation`.
"""

from dataclasses import dataclass

from analysis.metrics import Metric


@dataclass(frozen=True)
class ItemColumn:
    """One measure: the codes of a column. The measure is named like the column."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.name,)


@dataclass(frozen=True)
class CompositeColumns:
    """One measure: each respondent's weighted mean over the columns answered.

    `parts` are pairs of a column and its item weight, a positive number; they need not sum to 1.
    Who answered none of them has no value (`analysis.scoring.composite`).
    """

    name: str
    parts: tuple[tuple[str, float], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return tuple(column for column, _ in self.parts)


@dataclass(frozen=True)
class TabulationRequest:
    """Columns of a file by their part in the tabulation.

    Attributes
    ----------
    measures, metric
        What is measured, and how its codes become values.
    variables
        Columns that weight, that make domains, and that tell waves apart; `strata` and `psu` come
        on top when they are not among them.
    missing
        Codes that are item nonresponse, besides the empty cell.
    base_weight, strata, psu, population
        Columns of the design; None for base weights of 1, one stratum, respondents drawn one by
        one, and sampling with replacement.
    by_base_weight
        Put respondents with different base weights into different cells: bounds on single weights
        need it. The variable that does it is named `BASE_WEIGHT`.
    """

    measures: tuple[ItemColumn | CompositeColumns, ...]
    metric: Metric
    variables: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    base_weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    population: str | None = None
    by_base_weight: bool = False

    @property
    def cell_variables(self) -> tuple[str, ...]:
        """The columns that make the cells, each once, those of the design last."""
        design = (name for name in (self.strata, self.psu) if name is not None)
        return tuple(dict.fromkeys((*self.variables, *design)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        numeric = (self.base_weight, self.population)
        return tuple(
            dict.fromkeys(
                (
                    *self.cell_variables,
                    *(name for measure in self.measures for name in measure.columns),
                    *(name for name in numeric if name is not None),
                )
            )
        )


# The variable of `by_base_weight`; no column of a file can be named so.
BASE_WEIGHT = "\x00base_weight"
