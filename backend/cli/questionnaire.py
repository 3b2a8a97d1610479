"""`minsheng questionnaire`: checks definitions and publishes them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.language import Lang, Translate, translator
from backend.cli.opening import open_database, refuse

if TYPE_CHECKING:
    from survey_forms.findings import Finding

app = typer.Typer(help="Questionnaire definitions.", no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The definition (YAML).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]

SEVERITIES = {"error": "错误", "warning": "提示"}
CAN_BE_PUBLISHED = "检查通过，可以发布"
NOT_UTF8 = "不是 UTF-8 编码。请用文本编辑器另存为 UTF-8。"
PUBLISHED = "当前是第 {number} 版"


@app.command()
def check(file: File, as_json: AsJson = False, lang: Lang = None) -> None:
    """Find every mistake in a definition at once, with line, item and cure."""
    from backend.surveys.references import examine

    translate = translator(lang)
    examined = examine(_read(file, translate))
    is_valid = examined.questionnaire is not None
    if as_json:
        findings = _as_json(examined.findings, translate)
        answer = {"file": str(file), "is_valid": is_valid, "findings": findings}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _print(file, examined.findings, translate)
    if not is_valid:
        raise typer.Exit(1)
    typer.echo(f"{file}: {translate(CAN_BE_PUBLISHED)}", err=True)


@app.command()
def publish(
    file: File,
    slug: Annotated[str, typer.Option(help="The address, such as citizen-experience-2023.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Publish a definition: a new survey, or the next version of the one at this address."""
    from datetime import UTC, datetime
    from getpass import getuser

    from backend.surveys import service
    from survey_forms.findings import DefinitionError

    translate = translator(lang)
    text = _read(file, translate)
    with open_database() as database:
        try:
            with database.write() as session:
                published = service.publish(session, slug, text, getuser(), datetime.now(UTC))
        except service.BadSlug as error:
            refuse(f"--slug {slug}: {translate(error.detail)}")
        except DefinitionError as error:
            _print(file, error.findings, translate)
            raise typer.Exit(1) from error
        except (service.Incomparable, service.AlreadyClosed) as error:
            refuse(f"{file}: {translate(error.detail)}")
    if as_json:
        answer = {"slug": slug, "version": published.number, "is_new": published.is_new}
        typer.echo(json.dumps(answer))
    typer.echo(f"{slug}: {translate(PUBLISHED).format(number=published.number)}", err=True)


def _read(file: Path, translate: Translate) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        refuse(f"{file}:{line}:1: {translate(NOT_UTF8)}")


def _print(file: Path, findings: "tuple[Finding, ...]", translate: Translate) -> None:
    for finding in findings:
        severity = translate(SEVERITIES[finding.severity])
        place = f"{file}:{finding.line}:{finding.column}: {severity}: "
        item = f"[{finding.item}] " if finding.item else ""
        typer.echo(f"{place}{item}{_sentence(finding, translate)}", err=True)


def _as_json(findings: "tuple[Finding, ...]", translate: Translate) -> list[dict[str, object]]:
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "line": finding.line,
            "column": finding.column,
            "item": finding.item,
            "message": _sentence(finding, translate),
        }
        for finding in findings
    ]


def _sentence(finding: "Finding", translate: Translate) -> str:
    from backend.web.finding_words import finding_sentence

    return finding_sentence(finding, translate)
