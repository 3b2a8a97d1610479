"""`minsheng demo`: loads the demonstration city; running it again adds nothing."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.opening import open_database, refuse

if TYPE_CHECKING:
    from backend.demo.service import Loaded


def demo(
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
) -> None:
    """Load the demonstration city: two surveys, simulated responses, an account for each role.

    Passwords and the API token are printed when they are made, and never again.
    """
    from dataclasses import asdict
    from datetime import UTC, datetime

    from backend.demo.service import SlugTaken, load
    from backend.settings import load_settings

    settings = load_settings()
    with open_database() as database:
        try:
            loaded = load(database, settings.secret_key, datetime.now(UTC), settings.zone)
        except SlugTaken as error:
            refuse(f"{error.slug}: a survey of this address exists and is no demonstration")
    typer.echo(json.dumps(asdict(loaded), ensure_ascii=False) if as_json else _described(loaded))


def _described(loaded: "Loaded") -> str:
    lines = [
        f"{survey.slug}: {survey.responses} responses, {survey.added} of them simulated just now"
        for survey in loaded.surveys
    ]
    lines.append(f"ratings: {loaded.rounds} rounds made up just now")
    lines += [
        f"{account.role}: {account.email}  password {account.password}"
        for account in loaded.accounts
    ]
    if loaded.token is not None:
        lines.append(f"API token (evaluate, export): {loaded.token}")
    return "\n".join(lines)
