"""`minsheng serve`: migrates the database, says where what is, and serves until it is stopped."""

import os
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.opening import open_database, refuse

if TYPE_CHECKING:
    from socket import socket

    from uvicorn import Config

    from backend.db.engine import Database
    from backend.demo.service import Loaded
    from backend.settings import Settings

GRACE_SECONDS = 10


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[
        int, typer.Option(min=1, help="Server processes; more than one pays with PostgreSQL only.")
    ] = 1,
    with_demo: Annotated[
        bool,
        typer.Option("--with-demo", help="Load the demonstration city into an empty database."),
    ] = False,
) -> None:
    """Serve residents, staff and programs; migrates the database first."""
    from backend.db import migrate
    from backend.settings import load_settings

    settings = load_settings()
    with open_database(must_be_migrated=False) as database:
        migrate.upgrade(database)
        loaded = _load_demo(database, settings) if with_demo else None
        slugs = _slugs(database)
    config = _configure(settings, host, port, workers)
    try:
        listener = config.bind_socket()
    except SystemExit:
        # The reason has just been logged.
        refuse(f"--host {host} --port {port}: cannot be listened on; is another server there?")
    base_url = _public_address(settings, host, listener)
    # The application reads its settings from the environment, in this process or in its workers.
    os.environ["MINSHENG_BASE_URL"] = base_url
    _say_where(base_url, slugs, loaded)
    _run(config, listener)


def _configure(settings: "Settings", host: str, port: int, workers: int) -> "Config":
    from uvicorn import Config

    from backend.telemetry.logs import configure_logging

    configure_logging()
    return Config(
        "backend.app:create_served_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        # Our own line per request names the route and leaves out what the address carries.
        access_log=False,
        log_config=None,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _run(config: "Config", listener: "socket") -> None:
    from uvicorn import Server
    from uvicorn.supervisors import Multiprocess

    if config.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
        return
    server = Server(config)
    # When it has stopped, the server raises the signal that stopped it once more, for whoever
    # handled it before. A stop that was asked for is a success, so nobody does.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(1)


def _public_address(settings: "Settings", host: str, listener: "socket") -> str:
    """Return BASE_URL where it is configured, else the address that is listened on."""
    if "base_url" in settings.model_fields_set:
        return settings.base_url
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{listener.getsockname()[1]}"


def _load_demo(database: "Database", settings: "Settings") -> "Loaded | None":
    """Load the demonstration city when there is no survey yet."""
    from datetime import UTC, datetime

    from backend.demo.service import load

    if _slugs(database):
        return None
    typer.echo("Loading the demonstration city …", err=True)
    return load(database, settings.secret_key, datetime.now(UTC), settings.zone)


def _slugs(database: "Database") -> tuple[str, ...]:
    from backend.surveys.service import list_surveys

    with database.read() as session:
        return tuple(survey.slug for survey in list_surveys(session))


def _say_where(base_url: str, slugs: tuple[str, ...], loaded: "Loaded | None") -> None:
    """Print the addresses on standard output; of several surveys the first stands for all."""
    lines = [f"  Staff console      {base_url}/staff", f"  API reference      {base_url}/api/docs"]
    if slugs:
        lines = [
            f"  Resident's page    {base_url}/s/{slugs[0]}",
            f"  Evaluator's page   {base_url}/staff/surveys/{slugs[0]}/results",
            *lines,
        ]
    if loaded and loaded.accounts:
        lines += ["", "  Demonstration accounts, shown this once:"]
        lines += [f"    {each.role:<10} {each.email}  {each.password}" for each in loaded.accounts]
    if loaded and loaded.token:
        lines += [f"    API token  {loaded.token}"]
    typer.echo("\n".join(["", *lines, ""]))
