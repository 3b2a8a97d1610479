"""`minsheng score`: estimates with their uncertainty from a file of respondents."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.language import Lang, translator
from backend.cli.measures import (
    BaseWeight,
    Composites,
    Engine,
    EngineOption,
    Items,
    MetricName,
    Missing,
    Population,
    Psu,
    SatisfiedFrom,
    Scores,
    Strata,
    measures_of,
    metric_of,
    missing_codes,
)
from backend.cli.opening import refuse

if TYPE_CHECKING:
    from analysis.margins import Margins
    from analysis.tabulation import Tabulation
    from backend.scoring.options import ScoreOptions


class Method(StrEnum):
    """How respondents are weighted to the margins."""

    NONE = "none"
    POSTSTRATIFY = "poststratify"
    RAKE = "rake"
    LINEAR = "linear"


class Interval(StrEnum):
    """The confidence interval of a share."""

    LOGIT = "logit"
    WILSON = "wilson"
    BETA = "beta"
    NORMAL = "normal"


class Collapse(StrEnum):
    """What becomes of a margin category without respondents."""

    AUTO = "auto"
    ERROR = "error"


class LonelyPsu(StrEnum):
    """What a stratum with one sampled unit adds to the variance."""

    ERROR = "error"
    ADJUST = "adjust"
    CERTAINTY = "certainty"
    AVERAGE = "average"


File = Annotated[
    Path,
    typer.Argument(
        exists=True,
        readable=True,
        help="Respondents: CSV, Parquet (a file or a folder), or a tabulation (.json).",
    ),
]


def score(
    responses: File,
    item: Items = None,
    composite: Composites = None,
    metric: MetricName = MetricName.TOP_BOX,
    satisfied_from: SatisfiedFrom = 4.0,
    scores: Scores = "0,30,60,80,100",
    missing: Missing = None,
    margins: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="CSV: variable,category,population."),
    ] = None,
    method: Annotated[
        Method | None, typer.Option(help="With margins rake, else none.", show_default=False)
    ] = None,
    cross: Annotated[
        str | None, typer.Option(help="VARIABLE,VARIABLE whose joint table is a margin.")
    ] = None,
    trim: Annotated[
        str | None, typer.Option(help="LO:HI, bounds of the weights as multiples of the mean.")
    ] = None,
    merge: Annotated[
        list[str] | None,
        typer.Option(help="VARIABLE:FROM=TO joins two categories; may come again."),
    ] = None,
    collapse: Annotated[
        Collapse,
        typer.Option(help="A category without respondents: join its neighbour, or refuse."),
    ] = Collapse.ERROR,
    collapse_below: Annotated[
        int, typer.Option(min=1, help="With auto: the fewest respondents of a category.")
    ] = 1,
    base_weight: BaseWeight = None,
    strata: Strata = None,
    psu: Psu = None,
    fpc: Population = None,
    lonely_psu: Annotated[
        LonelyPsu, typer.Option(help="A stratum with one sampled unit.")
    ] = LonelyPsu.ERROR,
    domain: Annotated[
        list[str] | None, typer.Option(help="Column that makes domains; may come again.")
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(help="Column whose categories are compared pairwise; may come again."),
    ] = None,
    wave: Annotated[str | None, typer.Option(help="Column of the wave: each by itself.")] = None,
    ci: Annotated[Interval, typer.Option(help="Confidence interval of a share.")] = Interval.LOGIT,
    level: Annotated[float, typer.Option(help="Confidence level, between 0 and 1.")] = 0.95,
    suppress_below: Annotated[
        int, typer.Option(min=0, help="Domains with fewer respondents have no figures.")
    ] = 0,
    engine: EngineOption = Engine.DUCKDB,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
    lang: Lang = None,
) -> None:
    """Estimate satisfaction with its uncertainty from a file of respondents."""
    from analysis.errors import AnalysisError
    from backend.scoring.options import ScoreOptions, choose_margins
    from backend.scoring.service import score as score_tabulation
    from backend.scoring.shape import shape_score
    from backend.scoring.table import print_scores
    from backend.tabulation.error_words import error_sentence

    translate = translator(lang)
    if not 0.0 < level < 1.0:
        raise typer.BadParameter("wants a number between 0 and 1", param_hint="--level")
    measures = measures_of(item, composite)
    chosen = method or (Method.RAKE if margins else Method.NONE)
    if margins is None and chosen is not Method.NONE:
        raise typer.BadParameter(f"{chosen} wants --margins", param_hint="--method")
    named = tuple(name.strip() for name in cross.split(",")) if cross else ()
    if named and margins is None:
        raise typer.BadParameter("wants --margins", param_hint="--cross")
    file = margins or responses
    try:
        population = None
        if margins is not None and chosen is not Method.NONE:
            population = choose_margins(_margins(margins), chosen, named)
        file = responses
        options = ScoreOptions(
            measures=measures,
            metric=metric_of(metric, satisfied_from, scores),
            margins=population,
            method=chosen.value,
            cross=named,
            bounds=_bounds(trim),
            merges=tuple(_merge(text) for text in merge or ()),
            collapses=collapse is Collapse.AUTO,
            fewest=collapse_below,
            base_weight=base_weight,
            strata=strata,
            psu=psu,
            population=fpc,
            domains=tuple(domain or ()),
            compare=tuple(compare or ()),
            wave=wave,
            missing=missing_codes(missing),
            interval=ci.value,
            confidence_level=level,
            lonely_psu=lonely_psu.value,
            suppress_below=suppress_below,
        )
        found = score_tabulation(_tabulation(responses, options, engine), options)
    except AnalysisError as error:
        refuse(f"{file}: {error_sentence(error, translate)}")
    shape = shape_score(found, options, translate)
    if as_json:
        typer.echo(json.dumps(shape, ensure_ascii=False, allow_nan=False))
    else:
        print_scores(shape, translate)


def _tabulation(responses: Path, options: "ScoreOptions", engine: Engine) -> "Tabulation":
    from backend.tabulation.files import tabulate_file
    from backend.tabulation.json_form import read_tabulation

    if responses.suffix == ".json":
        return read_tabulation(responses).select([part.name for part in options.measures])
    return tabulate_file(responses, options.request(), engine.value)


def _margins(path: Path) -> "Margins":
    from backend.scoring.margins_file import read_margins

    return read_margins(path)


def _bounds(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    low, _, high = text.partition(":")
    try:
        return float(low), float(high)
    except ValueError as error:
        raise typer.BadParameter("wants LO:HI such as 0.3:3", param_hint="--trim") from error


def _merge(text: str) -> tuple[str, str, str]:
    variable, _, categories = text.partition(":")
    from_, _, to = categories.partition("=")
    if not (variable and from_ and to):
        raise typer.BadParameter(f"{text} is not VARIABLE:FROM=TO", param_hint="--merge")
    return variable, from_, to
