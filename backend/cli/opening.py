"""What commands that use the database share: opening it, and saying why that does not go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from backend.cli.language import Translate

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from backend.db.engine import Database
    from backend.surveys.service import PublishedSurvey


@contextmanager
def open_database(must_be_migrated: bool = True) -> Iterator["Database"]:
    """Open the configured database for one command.

    Ends the command with exit code 1 and one line when the database cannot be reached, or has not
    been migrated.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from backend.db import migrate
    from backend.db.engine import Database
    from backend.settings import load_settings

    settings = load_settings()
    database = Database(settings.database_url)
    try:
        if must_be_migrated and not migrate.status(database).is_current:
            refuse("The database is not at the current version: run `minsheng db upgrade` first.")
        yield database
    except SQLAlchemyError as error:
        where = database.url.render_as_string(hide_password=True)
        cause = getattr(error, "orig", None) or error
        refuse(f"MINSHENG_DATABASE_URL: cannot use {where}: {type(cause).__name__}: {cause}")
    finally:
        database.dispose()


def refuse(message: str) -> NoReturn:
    """End the command: the input was judged bad, and this line says why."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def one_line(message: str) -> str:
    """Return a message that quotes its input as one line that can be printed."""
    return " ".join("".join(each if each.isprintable() else " " for each in message).split())


def find_published(session: "Session", slug: str, translate: Translate) -> "PublishedSurvey":
    """Return a published survey; ends the command with exit code 1 where there is none."""
    from backend.errors import NotFound
    from backend.surveys.service import fetch_published

    try:
        return fetch_published(session, slug)
    except NotFound as error:
        refuse(f"{slug}: {translate(error.detail)}")
