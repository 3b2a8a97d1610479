"""`minsheng`: registers the commands, and says in one line what an operator can put right."""

import sys

import typer

from backend.cli import (
    db,
    demo,
    quality,
    questionnaire,
    rate,
    sample_size,
    score,
    serve,
    staff,
    standard,
    survey,
    tabulate,
    token,
)

app = typer.Typer(
    name="minsheng",
    help="Citizen-experience surveys: fill, weight, judge, reply.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(serve.serve)
app.command()(demo.demo)
app.command()(score.score)
app.command()(sample_size.sample_size)
app.command()(rate.rate)
app.add_typer(db.app, name="db")
app.add_typer(quality.app, name="quality")
app.add_typer(questionnaire.app, name="questionnaire")
app.add_typer(survey.app, name="survey")
app.add_typer(staff.app, name="staff")
app.add_typer(standard.app, name="standard")
app.add_typer(tabulate.app, name="tabulate")
app.add_typer(token.app, name="token")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except Exception as error:
        # Imported only now: reading settings needs libraries that `--help` should not wait for.
        from backend.settings import WrongSettings

        if not isinstance(error, WrongSettings):
            raise
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
