"""`minsheng rate`: the rating of a file, as JSON or as a table to read."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.language import Lang, Translate, translator
from backend.cli.opening import one_line, refuse

if TYPE_CHECKING:
    from backend.ratings.schemas import RatingOut

# All faults of a file stand on one line; who has put this many right runs it again.
FAULTS_SHOWN = 8


def rate(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A YAML file.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
    lang: Lang = None,
) -> None:
    """Rate a city or county by an indicator standard: points, deductions, vetoes, star."""
    from analysis.errors import AnalysisError
    from analysis.rating.rate import rate as rate_assessment
    from backend.ratings.rating_file import BadFile, read_rating_file
    from backend.ratings.shape import shape_rating
    from backend.ratings.wording import fault_text, refusal

    translate = translator(lang)
    try:
        assessment = read_rating_file(file.read_text(encoding="utf-8-sig"))
        rating = rate_assessment(assessment)
    except UnicodeDecodeError:
        refuse(f"{file}: is not UTF-8")
    except BadFile as error:
        faults = [fault_text(each, translate) for each in error.faults[:FAULTS_SHOWN]]
        more = ["…"] if len(error.faults) > FAULTS_SHOWN else []
        refuse(one_line(f"{file}: {'; '.join(faults + more)}"))
    except AnalysisError as error:
        refuse(one_line(f"{file}: {refusal(error, translate)}"))
    shaped = shape_rating(assessment, rating, translate)
    if as_json:
        document = shaped.model_dump(mode="json")
        typer.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
        return
    _print(shaped, translate)


def _print(rating: "RatingOut", translate: Translate) -> None:
    from backend.ratings.wording import LEVEL_WORDS, STAR_WORDS, number_text

    for line in rating.lines:
        level = translate(LEVEL_WORDS[line.level]) if line.level else ""
        points = "" if line.points is None else number_text(line.points)
        typer.echo(f"{line.indicator}\t{line.name}\t{level}\t{points}")
    for table in rating.tables if rating.total is None else ():
        reached = "\t".join(f"{translate(LEVEL_WORDS[k])} {n}" for k, n in table.reached.items())
        typer.echo(f"{table.table}\t{reached}\t/ {table.indicators}")
    if rating.total is not None and rating.maximum is not None and rating.star is not None:
        total, maximum = number_text(rating.total), number_text(rating.maximum)
        typer.echo(f"{total} / {maximum}\t{translate(STAR_WORDS[rating.star])}")
    for text in (*rating.veto_reasons, *rating.star_conditions, *rating.notes):
        typer.echo(text, err=True)
