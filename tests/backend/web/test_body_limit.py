from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from backend.web.body_limit import MAX_BODY_BYTES, MAX_UPLOAD_BYTES, BodyLimit


async def size_of_body(_scope: Scope, receive: Receive, send: Send) -> None:
    size = 0
    more = True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture
def guarded() -> TestClient:
    return TestClient(BodyLimit(size_of_body))


def in_chunks(total: int) -> Iterator[bytes]:
    """A body whose length is not declared."""
    for start in range(0, total, 10_000):
        yield b"x" * min(10_000, total - start)


@pytest.mark.parametrize("size", [0, 1, MAX_BODY_BYTES])
def test_a_body_within_the_limit_arrives_whole(guarded: TestClient, size: int) -> None:
    declared = guarded.post("/", content=b"x" * size)
    streamed = guarded.post("/", content=in_chunks(size))

    assert (declared.text, streamed.text) == (str(size), str(size))


def test_a_body_over_the_limit_is_refused_by_its_declared_length(guarded: TestClient) -> None:
    reply = guarded.post("/api/x", content=b"x" * (MAX_BODY_BYTES + 1))

    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_body_over_the_limit_is_refused_while_it_streams(guarded: TestClient) -> None:
    reply = guarded.post("/api/x", content=in_chunks(MAX_BODY_BYTES + 1))

    assert reply.status_code == 413


def test_a_length_that_is_no_number_is_not_believed(guarded: TestClient) -> None:
    headers = {"Content-Length": "many"}

    reply = guarded.post("/api/x", content=in_chunks(MAX_BODY_BYTES + 1), headers=headers)

    assert reply.status_code == 413


UPLOAD = "/staff/ratings/rounds/jining-2024/rows/3/evidence"


def test_a_form_with_a_file_may_be_larger_when_it_declares_its_length(
    guarded: TestClient,
) -> None:
    declared = guarded.post(UPLOAD, content=b"x" * (MAX_BODY_BYTES + 1))
    streamed = guarded.post(UPLOAD, content=in_chunks(MAX_BODY_BYTES + 1))

    assert (declared.status_code, streamed.status_code) == (200, 413)


def test_larger_forms_have_a_limit_too(guarded: TestClient) -> None:
    reply = guarded.post(UPLOAD, headers={"Content-Length": str(MAX_UPLOAD_BYTES + 1)})

    assert reply.status_code == 413


@pytest.mark.parametrize("path", [f"{UPLOAD}/more", "/x" + UPLOAD, UPLOAD.replace("3", "x")])
def test_other_addresses_keep_the_small_limit(guarded: TestClient, path: str) -> None:
    reply = guarded.post(path, content=b"x" * (MAX_BODY_BYTES + 1))

    assert reply.status_code == 413
