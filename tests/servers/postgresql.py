"""A temporary PostgreSQL cluster: on a socket of its own, as durable as a real one."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pg8000.native

USER = "minsheng"
TEMPLATE = "minsheng_template"


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("no PostgreSQL server: run `make test-system`")
    return found[-1].parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_server_user() -> dict[str, int]:
    """PostgreSQL refuses to run as root; Debian's package brings the user `postgres`."""
    if os.getuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid}


@dataclass(frozen=True)
class PostgresqlCluster:
    """A running cluster, reached by TCP on the loopback address."""

    port: int

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["PostgresqlCluster"]:
        """Make a cluster, run it, and remove it at the end."""
        identity = _as_server_user()
        # Not below pytest's folders: those are closed to the server's user.
        folder = Path(tempfile.mkdtemp(prefix="minsheng-pg-"))
        try:
            if identity:
                os.chown(folder, identity["user"], identity["group"])
            port = _free_port()
            server = _start(folder, port, identity)
            try:
                yield cls(port)
            finally:
                # Fast shutdown: whoever is still connected is cut off.
                server.send_signal(2)
                server.wait(timeout=30)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def create_template(self) -> str:
        """Create the empty database that others are copied from, and return its name."""
        self._run(f"CREATE DATABASE {TEMPLATE}")
        return TEMPLATE

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Give the URL of a new database, dropped at the end."""
        name = f"test_{secrets.token_hex(8)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        connection = pg8000.native.Connection(
            USER, host="127.0.0.1", port=self.port, database="postgres"
        )
        try:
            connection.run(statement)
        finally:
            connection.close()


def _start(folder: Path, port: int, identity: dict[str, int]) -> "subprocess.Popen[bytes]":
    binaries = _binaries()
    data = folder / "data"
    initdb = [binaries / "initdb", "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8"]
    subprocess.run(
        [*initdb, "--locale=C", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=folder,
        **identity,
    )
    # The defaults stay as they are: fsync above all, since the kill test is about durability.
    options = ["-c", f"unix_socket_directories={folder}", "-c", "listen_addresses=127.0.0.1"]
    # No database lives long enough for it, and hundreds come and go.
    options += ["-c", "autovacuum=off"]
    log = open(folder / "log", "wb")  # noqa: SIM115 - the server's for as long as it runs
    server = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-p", str(port), *options],
        stdout=log,
        stderr=log,
        cwd=folder,
        **identity,
    )
    _wait_until_ready(binaries, port, server)
    return server


def _wait_until_ready(binaries: Path, port: int, server: "subprocess.Popen[bytes]") -> None:
    command = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
    for _ in range(300):
        if subprocess.run(command, check=False).returncode == 0:
            return
        try:
            # A wait that ends early when the server does.
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError("PostgreSQL did not start")
