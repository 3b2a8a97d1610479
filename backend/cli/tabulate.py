"""`minsheng tabulate`: tabulations as files, which add up across machines, and their roll-up."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from backend.cli.language import Lang, Translate, translator
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
from backend.cli.opening import find_published, open_database, refuse

if TYPE_CHECKING:
    from analysis.tabulation import Tabulation

DEFAULT = "survey"
WRITTEN = "{respondents} 份答卷，{cells} 个单元，{measures} 项指标"
EXACT = "汇总与逐份统计一致（{respondents} 份答卷）"
DIFFERENT = "{group} {of}：汇总为 {rolled_up:g}，逐份统计为 {counted:g}"
DIFFERENCES = "有 {count} 处与逐份统计不同"
REFRESHED = "汇总已更新，新计入 {added} 份答卷"
OVERTAKEN = "另一个进程正在更新汇总，请稍后再试"
CANNOT_WRITE = "无法写入文件"
REFRESHING = "正在更新汇总"


class SlugFirst(TyperGroup):
    """A group whose first argument may be a survey's address instead of a command.

    An address that is also the name of a command here is written after `survey`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before anything that names none."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=SlugFirst,
    help="Tabulate a survey (`tabulate SLUG --out F.json`), or one of these:",
    no_args_is_help=True,
)

Slug = Annotated[str, typer.Argument(help="The survey's address.")]
Out = Annotated[Path, typer.Option(dir_okay=False, help="Where the tabulation goes (.json).")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


@app.command(DEFAULT)
def survey(slug: Slug, out: Out, as_json: AsJson = False, lang: Lang = None) -> None:
    """Tabulate the responses of a survey; `tabulate SLUG` is short for it."""
    from backend.tabulation.service import tabulate_survey

    translate = translator(lang)
    with open_database() as database, database.read() as session:
        tabulation = tabulate_survey(session, find_published(session, slug, translate))
    _write(tabulation, out, as_json, translate)


@app.command()
def file(
    responses: Annotated[
        Path, typer.Argument(exists=True, readable=True, help="CSV, or Parquet (file or folder).")
    ],
    out: Out,
    item: Items = None,
    composite: Composites = None,
    metric: MetricName = MetricName.TOP_BOX,
    satisfied_from: SatisfiedFrom = 4.0,
    scores: Scores = "0,30,60,80,100",
    missing: Missing = None,
    variable: Annotated[
        list[str] | None,
        typer.Option(help="A column to weight by, or that makes domains; may come again."),
    ] = None,
    base_weight: BaseWeight = None,
    by_base_weight: Annotated[
        bool, typer.Option("--by-base-weight", help="Keep apart, to bound single weights.")
    ] = False,
    strata: Strata = None,
    psu: Psu = None,
    fpc: Population = None,
    engine: EngineOption = Engine.DUCKDB,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Tabulate a file of respondents."""
    from analysis.errors import AnalysisError
    from backend.tabulation.error_words import error_sentence
    from backend.tabulation.files import tabulate_file
    from backend.tabulation.request import TabulationRequest

    translate = translator(lang)
    measures = measures_of(item, composite)
    try:
        request = TabulationRequest(
            measures=measures,
            metric=metric_of(metric, satisfied_from, scores),
            variables=tuple(dict.fromkeys(variable or ())),
            missing=missing_codes(missing),
            base_weight=base_weight,
            strata=strata,
            psu=psu,
            population=fpc,
            by_base_weight=by_base_weight,
        )
        tabulation = tabulate_file(responses, request, engine.value)
    except AnalysisError as error:
        refuse(f"{responses}: {error_sentence(error, translate)}")
    _write(tabulation, out, as_json, translate)


@app.command()
def merge(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, help="Tabulations (.json)."),
    ],
    out: Out,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Add up tabulations of different respondents: counties to a city, shards to a whole."""
    from analysis.errors import AnalysisError
    from analysis.tabulation import merge as add_up
    from backend.tabulation.error_words import error_sentence
    from backend.tabulation.json_form import read_tabulation

    translate = translator(lang)

    def read_onto(total: "Tabulation | None", path: Path) -> "Tabulation":
        try:
            part = read_tabulation(path)
            return part if total is None else add_up(total, part)
        except AnalysisError as error:
            refuse(f"{path}: {error_sentence(error, translate)}")

    # One after the other, so that the file that does not fit can be named.
    total = read_onto(None, files[0])
    for path in files[1:]:
        total = read_onto(total, path)
    _write(total, out, as_json, translate)


@app.command()
def verify(slug: Slug, as_json: AsJson = False, lang: Lang = None) -> None:
    """Compare the roll-up of a survey with a count of every response; exit 1 where they differ."""
    from dataclasses import asdict

    from backend.tabulation.verification import verify as compare

    translate = translator(lang)
    with open_database() as database, database.read() as session:
        published = find_published(session, slug, translate)
        compared = compare(session, published.id, published.questionnaire)
    differences = [{**asdict(one), "group": one.group._asdict()} for one in compared.differences]
    if as_json:
        answer = {
            "slug": slug,
            "is_exact": not differences,
            "responses": compared.responses,
            "differences": differences,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
    for one in compared.differences:
        group = "/".join(str(part) for part in one.group)
        numbers = {"rolled_up": one.rolled_up, "counted": one.counted}
        typer.echo(translate(DIFFERENT).format(group=group, of=one.of, **numbers), err=True)
    if differences:
        refuse(f"{slug}: {translate(DIFFERENCES).format(count=len(differences))}")
    typer.echo(f"{slug}: {translate(EXACT).format(respondents=compared.responses)}", err=True)


@app.command()
def refresh(slug: Slug, as_json: AsJson = False, lang: Lang = None) -> None:
    """Bring the roll-up of a survey up to date, as the server does by itself."""
    from datetime import UTC, datetime

    from backend.tabulation.service import count_new_responses, refresh_survey

    translate = translator(lang)
    added = 0
    with open_database() as database:
        with database.read() as session:
            published = find_published(session, slug, translate)
            waiting = count_new_responses(session, published)
        with typer.progressbar(
            length=waiting,
            label=translate(REFRESHING),
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
        ) as bar:

            def on_step(count: int) -> None:
                nonlocal added
                added += count
                bar.update(count)

            is_done = refresh_survey(database, published, datetime.now(UTC), on_step)
    if not is_done:
        refuse(f"{slug}: {translate(OVERTAKEN)}")
    if as_json:
        typer.echo(json.dumps({"slug": slug, "added": added}))
    typer.echo(f"{slug}: {translate(REFRESHED).format(added=added)}", err=True)


def _write(tabulation: "Tabulation", out: Path, as_json: bool, translate: Translate) -> None:
    from backend.tabulation.json_form import to_json

    try:
        out.write_text(to_json(tabulation), encoding="utf-8")
    except OSError as error:
        refuse(f"{out}: {translate(CANNOT_WRITE)}: {error.strerror}")
    size = {
        "respondents": tabulation.respondents,
        "cells": len(tabulation.cells),
        "measures": len(tabulation.measures),
    }
    if as_json:
        typer.echo(json.dumps({"out": str(out), **size}, ensure_ascii=False))
    typer.echo(f"{out}: {translate(WRITTEN).format(**size)}", err=True)
