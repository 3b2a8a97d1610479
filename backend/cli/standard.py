"""`minsheng standard`: the indicator standards that ship, whole and with their sources."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli.language import Lang, Translate, translator
from backend.cli.opening import one_line, refuse

if TYPE_CHECKING:
    from analysis.rating.standard import Indicator, LeveledIndicator, Standard

app = typer.Typer(help="The indicator standards that ship.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


@app.command("list")
def show_all(as_json: AsJson = False) -> None:
    """List the standards."""
    from analysis.shipped import standard, standard_ids
    from backend.ratings.shape import shape_summary

    items = [shape_summary(standard(each)).model_dump(mode="json") for each in standard_ids()]
    if as_json:
        typer.echo(json.dumps({"items": items}, ensure_ascii=False))
        return
    for item in items:
        typer.echo(f"{item['id']}\t{item['title']}\t{item['indicators']}\t{item['document']}")


@app.command()
def show(
    standard_id: Annotated[str, typer.Argument(metavar="ID", help="Such as shandong-2023-city.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print every row of a standard, with the names that `minsheng rate` takes."""
    from analysis.errors import AnalysisError
    from analysis.shipped import standard
    from backend.ratings.shape import shape_standard
    from backend.ratings.wording import refusal

    translate = translator(lang)
    try:
        found = standard(standard_id)
    except AnalysisError as error:
        refuse(one_line(refusal(error, translate)))
    if as_json:
        document: dict[str, Any] = shape_standard(found).model_dump(mode="json")
        typer.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
        return
    _print(found, translate)


def _print(standard: "Standard", translate: Translate) -> None:
    document = standard.document
    typer.echo(f"{standard.title}\n{document.number}《{document.title}》{document.table}")
    heading = ""
    for row in standard.indicators:
        group = " / ".join(part for part in (row.table, row.first, row.second) if part)
        if group != heading:
            typer.echo(f"\n## {group}")
            heading = group
        _print_row(row, translate)
    typer.echo("")
    for star in standard.stars:
        typer.echo(star.text)


def _print_row(row: "Indicator", translate: Translate) -> None:
    from analysis.rating.standard import LeveledIndicator

    departments = f"（{'、'.join(row.departments)}）" if row.departments else ""
    typer.echo(f"\n{row.number}. {row.name}{departments}")
    typer.echo(f"   {row.definition}")
    for text in (*row.formulas, *row.notes):
        typer.echo(f"   {text}")
    if isinstance(row, LeveledIndicator):
        _print_levels(row, translate)
    else:
        typer.echo(f"   {row.text}")


def _print_levels(row: "LeveledIndicator", translate: Translate) -> None:
    from backend.ratings.wording import KIND_WORDS, LEVEL_WORDS, number_text

    for level, requirement in row.requirements.items():
        points = f" {number_text(requirement.points)}" if requirement.points else ""
        typer.echo(f"   [{translate(LEVEL_WORDS[level])}{points}] {requirement.text}")
    for name, measure in row.measures.items():
        unit = measure.unit or translate(KIND_WORDS[measure.kind])
        typer.echo(f"   {name}: {measure.name} ({unit})")
    for name, condition in row.conditions.items():
        typer.echo(f"   {name}: {condition.name} (true / false)")
