"""`minsheng serve` as an operator meets it: it starts, says where, bears a crowd, and stops."""

import asyncio
import re
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest

from backend.db.engine import Database
from backend.responses.service import count_responses
from backend.surveys.service import fetch_published
from tests.backend.published import GOOD_ANSWERS, published
from tests.servers.live import LiveServer

CROWD = 100


def test_it_says_where_everything_is(database_url: str, database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        published(session)

    with LiveServer(database_url, tmp_path) as server:
        server.start()

    for path in ("/s/hall", "/staff", "/staff/surveys/hall/results", "/api/docs"):
        assert f" {server.url}{path}\n" in server.printed()


def test_with_the_demonstration_an_empty_database_is_filled_once(
    migrated_sqlite_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "minsheng.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    printed = []

    for _ in range(2):
        with LiveServer(f"sqlite:///{path}", tmp_path, "--with-demo") as server:
            server.start()
            assert server.stop() == 0
        printed.append(server.printed())

    # Standard output goes on in the same file: the second start adds addresses, no passwords.
    assert printed[0].count("@demo.minsheng.example") == 6
    assert printed[1].count("@demo.minsheng.example") == 6
    assert printed[1].count("/s/citizen-experience-2023\n") == 2


def test_it_stops_cleanly_when_asked(live_server: LiveServer) -> None:
    assert live_server.stop() == 0


def test_it_migrates_an_empty_database(empty_database_url: str, tmp_path: Path) -> None:
    with LiveServer(empty_database_url, tmp_path) as server:
        server.start()

        reply = httpx.get(f"{server.url}/readyz")

    assert reply.json() == {"status": "ready", "database": "ok"}


def test_several_workers_serve_one_database_and_stop_cleanly(
    database_url: str, tmp_path: Path
) -> None:
    with LiveServer(database_url, tmp_path, "--workers", "2") as server:
        server.start()

        assert httpx.get(f"{server.url}/healthz").status_code == 200
        assert server.stop() == 0


def test_a_crowd_larger_than_the_threads_is_served_to_the_last(
    live_server: LiveServer, database: Database
) -> None:
    with database.write() as session:
        published(session)

    async def crowd() -> Counter[int]:
        limits = httpx.Limits(max_connections=CROWD)
        async with httpx.AsyncClient(base_url=live_server.url, limits=limits, timeout=60) as http:
            replies = await asyncio.gather(
                *(
                    http.post("/api/v1/surveys/hall/responses", json={"answers": GOOD_ANSWERS})
                    for _ in range(CROWD)
                ),
                *(http.get("/api/v1/surveys/hall") for _ in range(CROWD)),
            )
        return Counter(reply.status_code for reply in replies)

    statuses = asyncio.run(crowd())

    assert statuses == {201: CROWD, 200: CROWD}
    with database.read() as session:
        assert count_responses(session, fetch_published(session, "hall").id) == CROWD


def test_one_key_sent_at_once_by_many_gets_one_201_and_else_200(
    live_server: LiveServer, database: Database
) -> None:
    with database.write() as session:
        published(session)

    async def crowd() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=live_server.url, timeout=60) as http:
            sends = (
                http.post(
                    "/api/v1/surveys/hall/responses",
                    json={"answers": GOOD_ANSWERS},
                    headers={"Idempotency-Key": "one"},
                )
                for _ in range(50)
            )
            return await asyncio.gather(*sends)

    replies = asyncio.run(crowd())

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: 49}
    assert len({reply.content for reply in replies}) == 1


@pytest.mark.parametrize("is_declared", [True, False])
def test_the_sender_of_too_large_a_body_gets_to_read_the_answer(
    live_server: LiveServer, is_declared: bool
) -> None:
    body = b"x" * 3_000_000
    head = "POST /api/v1/surveys/hall/responses HTTP/1.1\r\nHost: x\r\n"
    length = f"Content-Length: {len(body)}" if is_declared else "Transfer-Encoding: chunked"
    framed = body if is_declared else b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    host, port = live_server.url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port)), timeout=30) as connection:
        # All of it before reading, as simple programs do.
        connection.sendall(f"{head}{length}\r\n\r\n".encode() + framed)
        answer = connection.recv(65536).decode()

    assert re.match(r"HTTP/1.1 413 ", answer)
    assert "application/problem+json" in answer


def test_a_port_that_is_taken_is_told_in_one_plain_line(
    live_server: LiveServer, tmp_path: Path
) -> None:
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "backend.cli.main",
            "serve",
            "--port",
            live_server.url.split(":")[-1],
        ],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "MINSHENG_DATA_DIR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "cannot be listened on" in result.stderr
