"""Options that say what a file of respondents holds, for every command that reads one."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from analysis.metrics import Metric
    from backend.tabulation.request import CompositeColumns, ItemColumn


class MetricName(StrEnum):
    """What is estimated of the codes."""

    TOP_BOX = "top_box"
    MEAN = "mean"
    SCORED = "scored"


class Engine(StrEnum):
    """What reads the file."""

    DUCKDB = "duckdb"
    PANDAS = "pandas"
    SPARK = "spark"


Items = Annotated[list[str] | None, typer.Option("--item", help="A column; may come again.")]
Composites = Annotated[
    list[str] | None,
    typer.Option(
        "--composite", help="NAME=COLUMN:WEIGHT,…: a weighted mean of columns; may come again."
    ),
]
SatisfiedFrom = Annotated[float, typer.Option(help="Answers at or above are satisfied (top_box).")]
Scores = Annotated[str, typer.Option(help="What the codes 1 to 5 are worth, in per cent (scored).")]
Missing = Annotated[list[str] | None, typer.Option(help="Codes that are no answer, comma between.")]

BaseWeight = Annotated[str | None, typer.Option(help="Column of the base weight.")]
Strata = Annotated[str | None, typer.Option(help="Column of the stratum.")]
Psu = Annotated[str | None, typer.Option(help="Column of the primary sampling unit.")]
Population = Annotated[
    str | None,
    typer.Option("--fpc", help="Column: population size of the stratum; with --psu its PSUs."),
]
EngineOption = Annotated[Engine, typer.Option(help="What reads the file.")]


def metric_of(name: MetricName, satisfied_from: float, scores: str) -> "Metric":
    """Return the metric of that name; a usage error when `--scores` holds no numbers."""
    from analysis.metrics import RawMean, Scored, TopBox

    if name is MetricName.TOP_BOX:
        return TopBox(satisfied_from)
    if name is MetricName.MEAN:
        return RawMean()
    try:
        return Scored(tuple(float(part) / 100 for part in scores.split(",")))
    except ValueError as error:
        hint = "wants numbers such as 0,30,60,80,100"
        raise typer.BadParameter(hint, param_hint="--scores") from error


def measures_of(
    items: list[str] | None, composites: list[str] | None
) -> "tuple[ItemColumn | CompositeColumns, ...]":
    """Return the measures asked for; a usage error when there are none, or one is misspelt."""
    from backend.tabulation.request import ItemColumn

    columns = [ItemColumn(name) for name in dict.fromkeys(items or ())]
    means = [_composite(text) for text in composites or ()]
    if not (columns or means):
        raise typer.BadParameter("wants at least one column", param_hint="--item")
    return (*columns, *means)


def missing_codes(texts: list[str] | None) -> frozenset[str]:
    """Return the codes that are no answer."""
    return frozenset(code.strip() for text in texts or () for code in text.split(","))


def _composite(text: str) -> "CompositeColumns":
    from backend.tabulation.request import CompositeColumns

    name, _, parts = text.partition("=")
    try:
        pairs = tuple(
            (column, float(weight))
            for column, _, weight in (part.rpartition(":") for part in parts.split(","))
        )
    except ValueError:
        pairs = ()
    if not name or not pairs or any(not column or weight <= 0 for column, weight in pairs):
        raise typer.BadParameter(
            f"{text} is not NAME=COLUMN:WEIGHT,COLUMN:WEIGHT", param_hint="--composite"
        )
    return CompositeColumns(name, pairs)
