"""`minsheng survey`: opens, pauses and closes surveys."""

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.opening import open_database, refuse

if TYPE_CHECKING:
    from backend.surveys.service import Status

app = typer.Typer(help="Open, pause and close surveys.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The survey's address.")]


@app.command("open")
def open_(slug: Slug) -> None:
    """Take responses, again after a pause."""
    from backend.surveys.service import Status

    _set_status(slug, Status.OPEN)


@app.command()
def pause(slug: Slug) -> None:
    """Take no responses for now."""
    from backend.surveys.service import Status

    _set_status(slug, Status.PAUSED)


@app.command()
def close(slug: Slug) -> None:
    """Take no responses any more; this cannot be undone."""
    from backend.surveys.service import Status

    _set_status(slug, Status.CLOSED)


def _set_status(slug: str, status: "Status") -> None:
    from backend.errors import MinshengError
    from backend.surveys.service import set_status

    with open_database() as database:
        try:
            with database.write() as session:
                set_status(session, slug, status)
        except MinshengError as error:
            refuse(f"{slug}: {error.detail}")
    typer.echo(f"{slug}: {status.value}", err=True)
