from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from backend.web.security_headers import SecurityHeaders, content_security_policy


def reply_headers(headers: dict[str, str] | None = None, is_https: bool = False) -> dict[str, str]:
    app = SecurityHeaders(
        PlainTextResponse("done", headers=headers), content_security_policy(), is_https
    )
    return dict(TestClient(app).get("/").headers)


def test_the_policy_allows_nothing_from_elsewhere_and_no_inline_script() -> None:
    policy = content_security_policy(["sha256-abc"])

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self' 'sha256-abc';" in policy
    assert "unsafe-inline" not in policy


def test_every_reply_has_the_headers() -> None:
    headers = reply_headers()

    assert headers["content-security-policy"] == content_security_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_what_a_page_sets_itself_stays() -> None:
    headers = reply_headers({"Cache-Control": "public, max-age=60"})

    assert headers["cache-control"] == "public, max-age=60"


def test_browsers_are_held_to_https_only_where_it_is_served() -> None:
    assert "strict-transport-security" not in reply_headers(is_https=False)
    assert "strict-transport-security" in reply_headers(is_https=True)
