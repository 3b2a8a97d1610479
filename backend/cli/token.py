"""`minsheng token`: API tokens for the programs that pull results or responses."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.opening import open_database, refuse
from backend.staff.rights import Scope

if TYPE_CHECKING:
    from datetime import datetime

    from backend.staff.models import ApiToken

app = typer.Typer(help="API tokens.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Who will use it, such as provincial-evaluation.")],
    scope: Annotated[list[Scope], typer.Option(help="What it opens; give it again for more.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is valid.")] = 365,
    as_json: AsJson = False,
) -> None:
    """Make a token and print it, this once: only its hash is kept."""
    from datetime import UTC, datetime, timedelta

    from backend.settings import load_settings
    from backend.staff.service import add_token

    if not 0 < len(name) <= 100:
        refuse("NAME: may have 1 to 100 characters.")
    secret_key, lifetime = load_settings().secret_key, timedelta(days=days)
    with open_database() as database, database.write() as session:
        text, record = add_token(session, secret_key, name, scope, datetime.now(UTC), lifetime)
        described = _as_json(record)
    typer.echo(json.dumps({"token": text, **described}, ensure_ascii=False) if as_json else text)
    typer.echo("Keep it now: it cannot be shown again.", err=True)


@app.command("list")
def show(as_json: AsJson = False) -> None:
    """List the tokens, ended ones too; none can be shown in full."""
    from backend.staff.service import list_tokens

    with open_database() as database, database.read() as session:
        tokens = list_tokens(session)
    if as_json:
        typer.echo(json.dumps({"items": [_as_json(each) for each in tokens]}, ensure_ascii=False))
        return
    for token in tokens:
        until = f"until {_iso(token.expires_at)}"
        state = f"revoked {_iso(token.revoked_at)}" if token.revoked_at else until
        typer.echo(f"{token.prefix}…\t{token.name}\t{token.scopes}\t{state}")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="As `token list` prints it.")]) -> None:
    """End every token of a name at once."""
    from datetime import UTC, datetime

    from backend.staff.service import revoke_tokens

    with open_database() as database, database.write() as session:
        count = revoke_tokens(session, name, datetime.now(UTC))
    if count == 0:
        refuse(f"{name}: there is no valid token of this name.")
    typer.echo(f"{name}: {count} revoked.", err=True)


def _as_json(record: "ApiToken") -> dict[str, object]:
    return {
        "name": record.name,
        "prefix": record.prefix,
        "scopes": record.scopes.split(),
        "created_at": _iso(record.created_at),
        "last_used_at": _iso(record.last_used_at),
        "expires_at": _iso(record.expires_at),
        "revoked_at": _iso(record.revoked_at),
    }


def _iso(moment: "datetime | None") -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
