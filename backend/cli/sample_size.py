"""`minsheng sample-size`: how many responses each district and the city need."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli.language import Lang, Translate, translator
from backend.cli.opening import refuse

if TYPE_CHECKING:
    from analysis.design import SampleSize
    from backend.sample_size.service import Needed


def sample_size(
    margins: Annotated[
        str | None, typer.Option(help="Id of a shipped population, by its districts.")
    ] = None,
    population: Annotated[
        float | None, typer.Option(help="In place of --margins: how many people there are.")
    ] = None,
    half_width: Annotated[
        float | None,
        typer.Option(help="Goal: an interval that reaches so far to each side, as a share."),
    ] = None,
    power: Annotated[
        float | None,
        typer.Option(help="Goal instead: tell --expect from --line with this probability."),
    ] = None,
    expect: Annotated[float, typer.Option(help="The share expected.")] = 0.7,
    line: Annotated[float, typer.Option(help="The line to tell it from.")] = 0.7,
    one_sided: Annotated[
        bool, typer.Option(help="A one-sided test; else the whole interval clears the line.")
    ] = False,
    level: Annotated[float, typer.Option(help="Confidence level.")] = 0.95,
    deff: Annotated[float, typer.Option(help="Design effect expected.")] = 1.0,
    participation: Annotated[float, typer.Option(help="Share of the invited who take part.")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
    lang: Lang = None,
) -> None:
    """Say how many responses each district and the city need, before fieldwork."""
    from analysis.errors import AnalysisError
    from backend.sample_size.service import EVERYBODY, Goal, district_populations, needed
    from backend.sample_size.wording import refusal

    if (half_width is None) == (power is None):
        raise typer.BadParameter("wants one of --half-width and --power", param_hint="goal")
    if (margins is None) == (population is None):
        raise typer.BadParameter("wants one of --margins and --population", param_hint="population")
    translate = translator(lang)
    goal = Goal(
        share=expect,
        half_width=half_width,
        line=line,
        power=power if power is not None else Goal.power,
        confidence_level=level,
        two_sided=not one_sided,
        deff=deff,
        participation=participation,
    )
    try:
        people = district_populations(margins) if margins else {EVERYBODY: population or 0.0}
        found = needed(people, goal)
    except AnalysisError as error:
        refuse(refusal(error, translate))
    if as_json:
        typer.echo(json.dumps(_shape(found), ensure_ascii=False, allow_nan=False))
    else:
        _print(found, translate)


def _shape(found: "Needed") -> dict[str, Any]:
    from backend.sample_size.service import district_name

    sizes, goal = found.sizes, found.goal
    return {
        "goal": "power" if goal.half_width is None else "half_width",
        "expect": goal.share,
        "city": {**_size(sizes.city), "half_width": goal.half_width},
        "districts": [
            {
                "district": part.district,
                "name": district_name(part.district),
                **_size(part.size),
            }
            for part in sizes.districts
        ],
        "all_districts": {
            "respondents": sizes.respondents,
            "invitations": sizes.invitations,
            "city_half_width": found.precision.half_width,
        },
        "allocations": [
            {
                "allocation": way.allocation,
                "respondents": dict(way.respondents),
                "deff": way.precision.deff_allocation,
                "city_half_width": way.precision.half_width,
            }
            for way in found.allocations
        ],
    }


def _size(size: "SampleSize") -> dict[str, Any]:
    return {
        "population": size.population,
        "respondents": size.respondents,
        "invitations": size.invitations,
        "attainable": size.is_attainable,
    }


def _print(found: "Needed", translate: Translate) -> None:
    from backend.sample_size import wording
    from backend.sample_size.service import EVERYBODY, district_name

    sizes = found.sizes
    rows = [
        (district_name(part.district), part.size)
        for part in sizes.districts
        if part.district != EVERYBODY
    ]
    for name, size in [*rows, (translate(wording.EVERYBODY), sizes.city)]:
        typer.echo(
            translate(wording.ROW).format(
                name=name,
                respondents=f"{size.respondents:,}",
                invitations=f"{size.invitations:,}",
            )
        )
    if rows:
        typer.echo(
            translate(wording.TOGETHER).format(
                respondents=f"{sizes.respondents:,}",
                half_width=f"{100 * found.precision.half_width:.2f}",
            )
        )
    for way in found.allocations:
        typer.echo(
            translate(wording.ALLOCATED).format(
                allocation=translate(wording.ALLOCATIONS[way.allocation]),
                half_width=f"{100 * way.precision.half_width:.2f}",
                smallest=f"{min(way.respondents.values()):,}",
                largest=f"{max(way.respondents.values()):,}",
            )
        )
