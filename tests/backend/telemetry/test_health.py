from pathlib import Path

from fastapi.testclient import TestClient

from backend.app import create_app
from backend.settings import Settings
from tests.conftest import SECRET_KEY


def settings_for(database_url: str, folder: Path) -> Settings:
    return Settings(
        _env_file=None, data_dir=folder, database_url=database_url, secret_key=SECRET_KEY
    )


def test_a_migrated_database_is_ready(client: TestClient) -> None:
    alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "database": "ok"})


def test_a_database_without_tables_is_not_ready(empty_database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(empty_database_url, tmp_path))

    with TestClient(app) as client:
        reply = client.get("/readyz")

    assert (reply.status_code, reply.json()["database"]) == (503, "not migrated")


def test_a_database_that_is_not_there_leaves_the_server_alive_and_not_ready(
    tmp_path: Path,
) -> None:
    # Port 1 of the loopback address: nothing listens there.
    app = create_app(settings_for("postgresql://minsheng@127.0.0.1:1/minsheng", tmp_path))

    with TestClient(app) as client:
        alive, ready = client.get("/healthz"), client.get("/readyz")

    assert alive.status_code == 200
    assert (ready.status_code, ready.json()["database"]) == (503, "unreachable")
