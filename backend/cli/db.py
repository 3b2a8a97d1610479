"""`minsheng db`: brings the database to the current schema, and tells where it is."""

import json
from typing import Annotated

import typer

from backend.cli.opening import open_database

app = typer.Typer(help="Migrations of the database.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


@app.command()
def upgrade() -> None:
    """Run the migrations that are missing; a new database is created."""
    from backend.db import migrate

    with open_database(must_be_migrated=False) as database:
        status = migrate.upgrade(database)
    typer.echo(f"The database is at {status.current}.", err=True)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Tell the revision of the database, and whether migrations are missing (exit code 1)."""
    from backend.db import migrate

    with open_database(must_be_migrated=False) as database:
        status = migrate.status(database)
    if as_json:
        answer = {"current": status.current, "head": status.head, "is_current": status.is_current}
        typer.echo(json.dumps(answer))
    else:
        typer.echo(f"database: {status.current or 'empty'}\nprogram:  {status.head}")
    if not status.is_current:
        typer.echo("Migrations are missing: run `minsheng db upgrade`.", err=True)
        raise typer.Exit(1)
