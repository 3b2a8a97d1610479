"""Fixtures for everyone: databases of both kinds, the application, and a real server."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from backend.app import create_app
from backend.db import migrate
from backend.db.engine import Database
from backend.settings import Settings
from backend.staff.service import passwords
from tests.servers.live import LiveServer
from tests.servers.postgresql import PostgresqlCluster

# A pause of a busy machine is no fault of the code.
hypothesis.settings.register_profile("minsheng", deadline=None)
hypothesis.settings.load_profile("minsheng")

# Hashing is slow on purpose, and hundreds of tests sign in. Servers that tests start hash as ever.
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)

SECRET_KEY = "a secret of the tests, long enough for the settings"
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgresql_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlCluster]:
    """A PostgreSQL server of this process, with a migrated template database."""
    with PostgresqlCluster.started() as cluster:
        database = Database(cluster.url(cluster.create_template()))
        migrate.upgrade(database)
        database.dispose()
        yield cluster


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    database.dispose()
    return path


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'minsheng.sqlite3'}"
        return
    cluster: PostgresqlCluster = request.getfixturevalue("postgresql_cluster")
    with cluster.database(template="template0") as url:
        yield url


@pytest.fixture
def sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite database; modules that want no other name it `database_url`."""
    path = tmp_path / "minsheng.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated database of this test, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    cluster: PostgresqlCluster = request.getfixturevalue("postgresql_cluster")
    with cluster.database() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, on SQLite and on PostgreSQL in turn."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test, untouched by the environment."""
    return Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url=database_url,
        secret_key=SECRET_KEY,
        base_url="http://testserver",
        rollup_seconds=0,
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The application on a migrated database, asked in this process; redirects are not followed."""
    with TestClient(create_app(settings), follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def live_server(database_url: str, tmp_path: Path) -> Iterator[LiveServer]:
    """A real server process on a migrated database; `stop`, `kill` and `start` it as needed."""
    with LiveServer(database_url, tmp_path) as server:
        server.start()
        yield server
