import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from backend.app import create_app
from backend.db.engine import Database
from backend.settings import Settings
from backend.staff.models import StaffSession
from backend.staff.rights import Role
from backend.staff.service import SESSION_COOKIE
from tests.console import PASSWORD, an_account, sign_in

EMAIL = "publisher@jining.example"


def post_sign_in(client: TestClient, password: str = PASSWORD, **fields: str):  # type: ignore[no-untyped-def]
    return client.post("/staff/login", data={"email": EMAIL, "password": password, **fields})


def test_the_console_sends_visitors_to_sign_in_and_remembers_where_they_wanted_to_go(
    client: TestClient,
) -> None:
    response = client.get("/staff/surveys?lang=en")

    assert response.status_code == 303
    assert response.headers["location"] == "/staff/login?next=%2Fstaff%2Fsurveys%3Flang%3Den"


def test_a_form_that_is_sent_without_a_session_starts_over_at_the_console(
    client: TestClient,
) -> None:
    response = client.post("/staff/surveys/new", data={"slug": "a"})

    assert response.status_code == 303
    assert response.headers["location"] == "/staff/login?next=%2Fstaff"


def test_a_program_is_told_without_a_detour_that_it_must_sign_in(client: TestClient) -> None:
    response = client.get("/staff/surveys", headers={"Accept": "application/json"})

    assert response.status_code == 401
    assert response.json()["type"] == "urn:minsheng:problem:not-signed-in"


def test_the_right_password_leads_to_where_one_wanted_to_go(
    client: TestClient, database: Database
) -> None:
    an_account(database, Role.PUBLISHER)

    response = post_sign_in(client, next="/staff/surveys/new?start=service-hall")

    assert response.status_code == 303
    assert response.headers["location"] == "/staff/surveys/new?start=service-hall"
    assert client.get("/staff/surveys").status_code == 200


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_pages(
    client: TestClient, database: Database
) -> None:
    an_account(database, Role.PUBLISHER)

    cookie = post_sign_in(client).headers["set-cookie"]

    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly",
        "path=/staff",
        "samesite=lax",
    }


def test_the_session_cookie_is_secure_where_the_address_is(
    settings: Settings, database: Database
) -> None:
    an_account(database, Role.PUBLISHER)
    behind_https = settings.model_copy(update={"base_url": "https://survey.jining.example"})

    with TestClient(create_app(behind_https), follow_redirects=False) as client:
        cookie = post_sign_in(client).headers["set-cookie"]

    assert "; Secure" in cookie


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/staff",
        "/\\evil.example",
        "/staff\\@evil.example\n",
        "/staffroom",
        "staff",
        "javascript:alert(1)",
        "",
    ],
)
def test_signing_in_never_leads_out_of_the_console(
    client: TestClient, database: Database, elsewhere: str
) -> None:
    an_account(database, Role.PUBLISHER)

    response = post_sign_in(client, next=elsewhere)

    assert response.headers["location"] == "/staff"


def test_a_wrong_password_is_said_plainly_and_the_address_is_kept(
    client: TestClient, database: Database
) -> None:
    an_account(database, Role.PUBLISHER)

    response = post_sign_in(client, "wrong password", next="/staff/surveys/new")

    assert response.status_code == 401
    assert "邮箱或密码不正确" in response.text
    assert f'value="{EMAIL}"' in response.text
    assert 'value="/staff/surveys/new"' in response.text
    assert "wrong password" not in response.text
    assert "set-cookie" not in response.headers


def test_an_unknown_address_a_wrong_password_and_a_locked_account_look_the_same(
    client: TestClient, database: Database
) -> None:
    unknown = post_sign_in(client, "wrong password").text
    an_account(database, Role.PUBLISHER)
    wrong = post_sign_in(client, "wrong password").text
    for _ in range(4):
        post_sign_in(client, "wrong password")
    locked = post_sign_in(client).text

    assert unknown == wrong == locked


@pytest.mark.parametrize("fields", [{"email": ""}, {"password": ""}, {"email": "  "}])
def test_an_empty_field_is_asked_for(client: TestClient, fields: dict[str, str]) -> None:
    filled = {"email": EMAIL, "password": PASSWORD, **fields}

    response = client.post("/staff/login", data=filled)

    assert response.status_code == 422
    assert "请填写电子邮箱和密码。" in response.text


def test_what_was_typed_is_never_markup(client: TestClient) -> None:
    typed = '"><script>alert(1)</script>'

    response = client.post("/staff/login", data={"email": typed, "password": "x", "next": typed})

    assert "<script>" not in response.text


def test_another_site_cannot_sign_a_browser_in(client: TestClient, database: Database) -> None:
    an_account(database, Role.PUBLISHER)

    response = client.post(
        "/staff/login",
        data={"email": EMAIL, "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_signing_out_ends_the_session_on_the_server_too(client: TestClient) -> None:
    sign_in(client, Role.PUBLISHER)
    token = client.cookies[SESSION_COOKIE]

    response = client.post("/staff/logout")

    assert response.headers["location"] == "/staff/login"
    client.cookies.set(SESSION_COOKIE, token)
    assert client.get("/staff/surveys").status_code == 303


def test_signing_out_without_a_session_does_no_harm(client: TestClient) -> None:
    assert client.post("/staff/logout").status_code == 303


def test_a_revoked_session_is_sent_to_sign_in(client: TestClient, database: Database) -> None:
    staff = sign_in(client, Role.PUBLISHER)
    with database.write() as session:
        session.execute(
            update(StaffSession)
            .where(StaffSession.account_id == staff.account_id)
            .values(revoked_at=StaffSession.created_at)
        )

    assert client.get("/staff/surveys").status_code == 303


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR])
def test_the_console_begins_with_the_surveys(client: TestClient, role: Role) -> None:
    sign_in(client, role)

    response = client.get("/staff")

    assert response.headers["location"] == "/staff/surveys"


def test_a_handler_of_problems_is_told_that_there_is_nothing_to_do(client: TestClient) -> None:
    sign_in(client, Role.HANDLER)

    response = client.get("/staff")

    assert response.status_code == 200
    assert "目前没有需要您处理的内容" in response.text
    assert "/staff/surveys" not in response.text


def test_a_chosen_language_stays_for_the_console_only(client: TestClient) -> None:
    chosen = client.get("/staff/login?lang=en")

    assert "Path=/staff" in chosen.headers["set-cookie"]
    assert "Sign in to the console" in client.get("/staff/login").text
