import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from backend.web.cross_origin import CrossOriginGuard

HERE = "https://survey.example"


@pytest.fixture
def guarded() -> TestClient:
    app = CrossOriginGuard(PlainTextResponse("done"), base_url=HERE)
    # A proxy in front may hand over another host than the public one.
    return TestClient(app, base_url="http://inner:8000")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="a program, no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="our own page"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="the person's own doing"),
        pytest.param({"Origin": HERE}, id="our own page in an older browser"),
        pytest.param({"Origin": "http://inner:8000"}, id="our own page without a proxy"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer x"}, id="a bearer token"
        ),
    ],
)
def test_requests_of_our_own_pages_and_of_programs_pass(
    guarded: TestClient, headers: dict[str, str]
) -> None:
    assert guarded.post("/api/x", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "https://evil.example"},
        {"Origin": "https://survey.example.evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site", "Authorization": "Basic x"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_unsafe_requests_of_other_sites_are_refused(
    guarded: TestClient, method: str, headers: dict[str, str]
) -> None:
    assert guarded.request(method, "/api/x", headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_links_from_other_sites_work(guarded: TestClient, method: str) -> None:
    reply = guarded.request(method, "/api/x", headers={"Sec-Fetch-Site": "cross-site"})

    assert reply.status_code == 200
