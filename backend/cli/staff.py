"""`minsheng staff`: the accounts of those who may sign in to the console."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.opening import open_database, refuse
from backend.staff.rights import Role

if TYPE_CHECKING:
    from backend.staff.models import StaffAccount

app = typer.Typer(help="Accounts of the staff console.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
REFUSALS = {
    "bad_email": "is not an e-mail address.",
    "email_taken": "has an account already.",
    "too_short": "the password needs at least 10 characters.",
    "too_long": "the password may have 256 characters at most.",
    "is_email": "the password must not be the e-mail address.",
    "department_missing": "the role department wants --department.",
    "department_unwanted": "--department belongs to the role department only.",
}


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="With it the person signs in.")],
    role: Annotated[Role, typer.Option(help="What the account may do.")],
    department: Annotated[
        str | None,
        typer.Option(help="For the role department: whose indicators the person fills in."),
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add an account; asks for its password."""
    from datetime import UTC, datetime

    from backend.staff.service import AccountRefused, add_account

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _ask()
    with open_database() as database:
        try:
            with database.write() as session:
                add_account(session, email, role, password, datetime.now(UTC), department)
        except AccountRefused as error:
            refuse(f"{email}: {REFUSALS[error.code]}")
    typer.echo(f"{email}: added as {role.value}.", err=True)


@app.command("list")
def show(as_json: AsJson = False) -> None:
    """List the accounts."""
    from backend.staff.service import list_accounts

    with open_database() as database, database.read() as session:
        accounts = [_as_json(account) for account in list_accounts(session)]
    if as_json:
        typer.echo(json.dumps({"items": accounts}, ensure_ascii=False))
        return
    for account in accounts:
        typer.echo(f"{account['email']}\t{account['role']}")


def _ask() -> str:
    password: str = typer.prompt(
        "Password (at least 10 characters)", hide_input=True, confirmation_prompt=True, err=True
    )
    return password


def _as_json(account: "StaffAccount") -> dict[str, str | None]:
    locked_until = account.locked_until
    return {
        "email": account.email,
        "role": account.role,
        "department": account.department,
        "created_at": account.created_at.isoformat(timespec="seconds"),
        "locked_until": locked_until.isoformat(timespec="seconds") if locked_until else None,
    }
