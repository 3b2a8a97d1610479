import pytest
from fastapi import Request

from backend.errors import MinshengError, NotSignedIn
from backend.web.error_pages import render, wants_json


def a_request(path: str = "/s/hall", accept: str = "") -> Request:
    headers = [(b"accept", accept.encode())] if accept else []
    return Request(
        {"type": "http", "path": path, "headers": headers, "query_string": b"", "method": "GET"}
    )


@pytest.mark.parametrize(
    ("path", "accept", "is_program"),
    [
        ("/api/v1/x", "", True),
        ("/api/v1/x", "text/html", True),
        ("/s/hall", "", False),
        ("/s/hall", "*/*", False),
        ("/s/hall", "application/json", True),
        ("/s/hall", "application/problem+json, */*;q=0.1", True),
        ("/s/hall", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/s/hall", "text/html, application/json", False),
        ("/apiary", "text/html", False),
    ],
)
def test_programs_get_json_and_people_a_page(path: str, accept: str, is_program: bool) -> None:
    assert wants_json(a_request(path, accept)) is is_program


class SignInFirst(NotSignedIn):
    location = "/staff/login"


def test_an_error_with_a_way_out_sends_people_there_and_tells_programs() -> None:
    of_people = render(a_request(accept="text/html"), SignInFirst())
    of_a_program = render(a_request(accept="application/json"), SignInFirst())

    assert (of_people.status_code, of_people.headers["location"]) == (303, "/staff/login")
    assert of_a_program.status_code == 401


def test_headers_that_belong_to_an_error_are_sent() -> None:
    error = NotSignedIn(headers={"WWW-Authenticate": "Bearer"})

    reply = render(a_request("/api/v1/x"), error)

    assert reply.headers["www-authenticate"] == "Bearer"


def test_every_error_has_a_type_of_its_own() -> None:
    def family(kind: type[MinshengError]) -> list[type[MinshengError]]:
        return [kind, *(each for child in kind.__subclasses__() for each in family(child))]

    ours = [kind for kind in family(MinshengError) if kind.__module__ == "backend.errors"]
    codes = [kind.code for kind in ours]

    assert len(set(codes)) == len(codes)
