"""`minsheng quality`: screens a survey's responses, and puts on record what people decide."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.language import Lang, Translate, translator
from backend.cli.opening import find_published, open_database, refuse
from backend.fieldwork.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from backend.fieldwork.repository import Flagged
    from backend.fieldwork.service import Decided, Selection
    from backend.surveys.service import PublishedSurvey

app = typer.Typer(help="Data quality: flagged responses and decisions.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The survey's address.")]
Rule = Annotated[
    str | None, typer.Option(help="All responses that this rule flags.", show_default=False)
]
Receipts = Annotated[
    list[str] | None,
    typer.Option("--receipt", help="A receipt number; may be repeated.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]

SCREENED = "共 {responses} 份答卷，标记 {flagged} 份。标记不等于排除。"
NOTHING_FLAGGED = "没有被标记的答卷。"
IS_EXCLUDED = "已排除：{reason}"
DECIDED = "已处理 {changed} 份，另有 {unchanged} 份无需处理。"

Decide = Callable[["Session", "PublishedSurvey", "Selection", str, "datetime"], "Decided"]


@app.command()
def screen(slug: Slug, as_json: AsJson = False, lang: Lang = None) -> None:
    """Judge every response by the survey's quality rules; excludes nothing."""
    from datetime import UTC, datetime

    from backend.fieldwork.service import screen as screen_responses
    from backend.fieldwork.wording import RULE_WORDS

    translate = translator(lang)
    with open_database() as database:
        with database.read() as session:
            survey = find_published(session, slug, translate)
        found = screen_responses(database, survey, datetime.now(UTC))
    if as_json:
        rules = [{"rule": rule, "flagged": count} for rule, count in found.by_rule.items()]
        counts = {"responses": found.responses, "flagged": found.flagged}
        typer.echo(json.dumps({"slug": slug, **counts, "rules": rules}))
        return
    for rule, count in found.by_rule.items():
        typer.echo(f"{rule}\t{count}\t{translate(RULE_WORDS[rule])}")
    counts_text = translate(SCREENED).format(responses=found.responses, flagged=found.flagged)
    typer.echo(f"{slug}: {counts_text}", err=True)


@app.command("list")
def show(slug: Slug, rule: Rule = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """List flagged responses: receipt number, rules and evidence, never answers."""
    from backend.fieldwork.service import list_flagged
    from backend.settings import load_settings

    translate = translator(lang)
    _check_rule(rule)
    with open_database() as database, database.read() as session:
        flagged = list_flagged(session, find_published(session, slug, translate), rule)
    if as_json:
        zone = load_settings().zone
        items = [_as_json(each, each.submitted_at.astimezone(zone)) for each in flagged]
        typer.echo(json.dumps({"items": items}))
        return
    for each in flagged:
        typer.echo(_line(each, translate))
    if not flagged:
        typer.echo(f"{slug}: {translate(NOTHING_FLAGGED)}", err=True)


@app.command()
def exclude(
    slug: Slug,
    reason: Annotated[Reason, typer.Option(help="Why; it is shown with every result.")],
    rule: Rule = None,
    receipt: Receipts = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Leave responses out of every result; `include` takes them back."""
    from backend.fieldwork import service

    def decide(
        session: "Session",
        survey: "PublishedSurvey",
        selection: "Selection",
        decided_by: str,
        now: "datetime",
    ) -> "Decided":
        return service.exclude(session, survey, selection, reason, decided_by, now)

    _decide(slug, rule, receipt, decide, as_json, translator(lang))


@app.command()
def include(
    slug: Slug,
    rule: Rule = None,
    receipt: Receipts = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Count excluded responses again, exactly as before."""
    from backend.fieldwork import service

    _decide(slug, rule, receipt, service.include, as_json, translator(lang))


@app.command()
def keep(
    slug: Slug,
    rule: Rule = None,
    receipt: Receipts = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Put on record that responses were looked at and stay in the results."""
    from backend.fieldwork import service

    _decide(slug, rule, receipt, service.keep, as_json, translator(lang))


def _decide(
    slug: str,
    rule: str | None,
    receipts: list[str] | None,
    decide: Decide,
    as_json: bool,
    translate: Translate,
) -> None:
    from datetime import UTC, datetime
    from getpass import getuser

    from backend.errors import NotFound
    from backend.fieldwork.service import Selection

    if (rule is None) is (not receipts):
        raise typer.BadParameter("give either --rule or --receipt")
    _check_rule(rule)
    selection = Selection(rule, tuple(receipts or ()))
    with open_database() as database:
        try:
            with database.write() as session:
                survey = find_published(session, slug, translate)
                decided = decide(session, survey, selection, getuser(), datetime.now(UTC))
        except NotFound as error:
            refuse(f"{slug}: {translate(error.detail).format(**error.arguments)}")
    counts = {"changed": decided.changed, "unchanged": decided.unchanged}
    if as_json:
        typer.echo(json.dumps({"slug": slug, **counts}))
    typer.echo(f"{slug}: {translate(DECIDED).format(**counts)}", err=True)


def _check_rule(rule: str | None) -> None:
    from analysis.quality import RULE_NAMES

    if rule is not None and rule not in RULE_NAMES:
        raise typer.BadParameter(f"wants one of {', '.join(RULE_NAMES)}", param_hint="--rule")


def _as_json(flagged: "Flagged", received_at: "datetime") -> dict[str, object]:
    return {
        "id": flagged.public_id,
        "received_at": received_at.isoformat(timespec="seconds"),
        "channel": flagged.channel,
        "excluded": flagged.excluded_reason,
        "flags": [
            {"rule": each.rule, "value": each.value, "limit": each.limit}
            for each in flagged.evidence
        ],
    }


def _line(flagged: "Flagged", translate: Translate) -> str:
    from backend.fieldwork.wording import EVIDENCE_WORDS, REASON_WORDS, evidence_arguments

    parts = [
        translate(EVIDENCE_WORDS[each.rule]).format(**evidence_arguments(each))
        for each in flagged.evidence
    ]
    if (reason := flagged.excluded_reason) is not None:
        words = translate(REASON_WORDS.get(reason, reason))
        parts.append(translate(IS_EXCLUDED).format(reason=words))
    return "\t".join([flagged.public_id, *parts])
