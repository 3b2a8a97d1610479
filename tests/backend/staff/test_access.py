"""Every route of the console, for every role and for nobody; and tokens for the API."""

from datetime import UTC, datetime

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from backend.app import API_ROUTERS, PAGE_ROUTERS
from backend.db.engine import Database
from backend.staff.rights import Role, Scope
from backend.staff.service import add_token
from backend.surveys.service import publish
from survey_forms.shipped import questionnaire_text
from tests.conftest import SECRET_KEY
from tests.console import sign_in

EVERYONE = frozenset(Role)
READERS = frozenset({Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR})
PUBLISHERS = frozenset({Role.ADMIN, Role.PUBLISHER})
RATING_READERS = READERS | {Role.DEPARTMENT, Role.REVIEWER}
RATING_SETTLERS = frozenset({Role.ADMIN, Role.EVALUATOR, Role.REVIEWER})
RATING_CLOSERS = frozenset({Role.ADMIN, Role.EVALUATOR})
RATING_ENTERERS = frozenset({Role.ADMIN, Role.DEPARTMENT})
RATING_REVIEWERS = frozenset({Role.ADMIN, Role.REVIEWER})
REGISTRARS = RATING_REVIEWERS | {Role.DEPARTMENT}
# Who may use a route: a new one fails the first test until it is decided here.
ROUTES = {
    ("GET", "/staff"): EVERYONE,
    ("GET", "/staff/surveys"): READERS,
    ("GET", "/staff/surveys/new"): PUBLISHERS,
    ("POST", "/staff/surveys/new"): PUBLISHERS,
    ("GET", "/staff/surveys/{slug}"): READERS,
    ("POST", "/staff/surveys/{slug}/status"): PUBLISHERS,
    ("GET", "/staff/surveys/{slug}/results"): READERS,
    ("GET", "/staff/surveys/{slug}/results/{chart}.svg"): READERS,
    ("GET", "/staff/sample-size"): READERS,
    ("GET", "/staff/ratings"): RATING_READERS,
    ("GET", "/staff/ratings/cities/{code}/{chart}.svg"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/settings"): RATING_SETTLERS,
    ("POST", "/staff/ratings/rounds/{slug}/settings"): RATING_SETTLERS,
    ("GET", "/staff/ratings/rounds/{slug}/gap"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/what-if"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/why/{number}"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/new"): RATING_REVIEWERS,
    ("POST", "/staff/ratings/rounds/new"): RATING_REVIEWERS,
    ("GET", "/staff/ratings/rounds/{slug}/rows"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/dispatch"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/rows/{number}"): RATING_READERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/save"): RATING_ENTERERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/submit"): RATING_ENTERERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/evidence"): RATING_ENTERERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/progress"): RATING_ENTERERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/accept"): RATING_REVIEWERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/return"): RATING_REVIEWERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/reopen"): RATING_REVIEWERS,
    ("POST", "/staff/ratings/rounds/{slug}/rows/{number}/assign"): RATING_REVIEWERS,
    ("GET", "/staff/ratings/evidence/{public_id}"): RATING_READERS,
    ("POST", "/staff/ratings/evidence/{public_id}/remove"): REGISTRARS,
    ("GET", "/staff/ratings/rounds/{slug}/table.xlsx"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/import"): RATING_READERS,
    ("POST", "/staff/ratings/rounds/{slug}/import"): RATING_ENTERERS,
    ("POST", "/staff/ratings/rounds/{slug}/import/confirm"): RATING_ENTERERS,
    ("GET", "/staff/ratings/rounds/{slug}/report"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/report/{chart}.svg"): RATING_READERS,
    ("GET", "/staff/ratings/rounds/{slug}/report.{ending}"): RATING_CLOSERS,
    ("GET", "/staff/ratings/rounds/{slug}/close"): RATING_CLOSERS,
    ("POST", "/staff/ratings/rounds/{slug}/close"): RATING_CLOSERS,
    ("GET", "/staff/ratings/innovation"): RATING_READERS,
    ("GET", "/staff/ratings/innovation/new"): REGISTRARS,
    ("POST", "/staff/ratings/innovation/new"): REGISTRARS,
    ("GET", "/staff/ratings/innovation/{public_id}"): RATING_READERS,
    ("POST", "/staff/ratings/innovation/{public_id}"): REGISTRARS,
    ("POST", "/staff/ratings/innovation/{public_id}/review"): RATING_REVIEWERS,
    ("POST", "/staff/ratings/innovation/{public_id}/evidence"): REGISTRARS,
    ("GET", "/staff/ratings/security"): RATING_READERS,
    ("GET", "/staff/ratings/security/new"): REGISTRARS,
    ("POST", "/staff/ratings/security/new"): REGISTRARS,
    ("GET", "/staff/ratings/security/{public_id}"): RATING_READERS,
    ("POST", "/staff/ratings/security/{public_id}"): REGISTRARS,
    ("GET", "/staff/ratings/plans"): RATING_READERS,
    ("GET", "/staff/ratings/plans/{plan_id}"): RATING_READERS,
    ("GET", "/staff/ratings/plans/{plan_id}/{key}"): RATING_READERS,
    ("POST", "/staff/ratings/plans/{plan_id}/{key}"): REGISTRARS,
}
OPEN_ROUTES = {("GET", "/staff/login"), ("POST", "/staff/login"), ("POST", "/staff/logout")}
SLUG = "service-hall"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: who may do what is decided before anything is asked of the database."""
    return sqlite_url


@pytest.fixture
def survey(database: Database) -> str:
    with database.write() as session:
        text = questionnaire_text("service-hall")
        publish(session, SLUG, text, "test@jining.example", datetime.now(UTC))
    return SLUG


def address(path: str, slug: str = SLUG) -> str:
    """The address that a route's path stands for."""
    return path.replace("{slug}", slug).replace("{number}", "3")


def ask(client: TestClient, method: str, path: str, slug: str = SLUG) -> int:
    form = {"status": "paused"} if method == "POST" else None
    return client.request(method, address(path, slug), data=form).status_code


def test_for_every_route_of_the_console_it_is_decided_who_may_use_it() -> None:
    routes = {
        (method, route.path)
        for router in (*API_ROUTERS, *PAGE_ROUTERS)
        for route in router.routes
        if isinstance(route, APIRoute) and route.path.startswith("/staff")
        for method in route.methods
    }

    assert routes == ROUTES.keys() | OPEN_ROUTES


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_gets_in_without_signing_in(
    client: TestClient, survey: str, method: str, path: str
) -> None:
    response = client.request(method, address(path, survey))

    assert response.status_code == 303
    assert response.headers["location"].startswith("/staff/login?next=")


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_may_and_nothing_else(
    client: TestClient, survey: str, role: Role
) -> None:
    sign_in(client, role)

    statuses = {route: ask(client, *route) for route in ROUTES}

    forbidden = {route for route, status in statuses.items() if status == 403}
    assert forbidden == {route for route, roles in ROUTES.items() if role not in roles}
    # 422: the walk publishes nothing, its form for publishing is empty.
    assert set(statuses.values()) <= {200, 303, 403, 404, 422}


@pytest.mark.parametrize("role", Role)
def test_an_unknown_survey_is_not_found_or_as_forbidden_as_a_known_one(
    client: TestClient, survey: str, role: Role
) -> None:
    sign_in(client, role)

    for (method, path), roles in ROUTES.items():
        if "{slug}" in path:
            status = ask(client, method, path, "no-such-survey")
            assert status == (404 if role in roles else 403)


def test_who_meets_an_error_in_the_console_finds_the_way_back(client: TestClient) -> None:
    sign_in(client, Role.HANDLER)

    response = client.get("/staff/surveys")

    assert response.status_code == 403
    assert "您没有进行此项操作的权限。" in response.text
    assert 'href="/staff"' in response.text


def a_token(database: Database, scope: Scope) -> dict[str, str]:
    with database.write() as session:
        text, _ = add_token(session, SECRET_KEY, "province", [scope], datetime.now(UTC))
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic d3Jvbmc6d3Jvbmc="}],
    ids=["none", "unknown", "another scheme"],
)
def test_the_api_asks_for_a_token(client: TestClient, survey: str, headers: dict[str, str]) -> None:
    response = client.get(f"/api/v1/surveys/{survey}/satisfaction", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/problem+json"


def test_a_token_of_another_scope_is_not_enough(
    client: TestClient, database: Database, survey: str
) -> None:
    headers = a_token(database, Scope.EXPORT)

    response = client.get(f"/api/v1/surveys/{survey}/satisfaction", headers=headers)

    assert response.status_code == 403
    assert 'scope="evaluate"' in response.headers["www-authenticate"]
    assert response.json()["type"] == "urn:minsheng:problem:forbidden"


def test_a_token_of_the_scope_opens_the_route(
    client: TestClient, database: Database, survey: str
) -> None:
    headers = a_token(database, Scope.EVALUATE)

    response = client.get(f"/api/v1/surveys/{survey}/satisfaction", headers=headers)

    assert response.status_code == 200


def test_a_session_of_the_console_is_no_token(client: TestClient, survey: str) -> None:
    sign_in(client, Role.ADMIN)

    assert client.get(f"/api/v1/surveys/{survey}/satisfaction").status_code == 401


def test_openapi_says_which_token_a_route_wants(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    operation = document["paths"]["/api/v1/surveys/{slug}/satisfaction"]["get"]
    assert operation["security"] == [{"token": ["evaluate"]}]
    assert {"401", "403"} <= operation["responses"].keys()
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
