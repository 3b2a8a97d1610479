import base64
from hashlib import sha256

from fastapi.testclient import TestClient

from backend.web.assets import load_assets


def test_a_file_is_served_under_the_name_of_its_content_and_kept_for_ever(
    client: TestClient,
) -> None:
    path = load_assets().path("resident.js")

    reply = client.get(path)

    assert reply.status_code == 200
    assert sha256(reply.content).hexdigest()[:12] in path
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_style_sheet_is_served_as_one(client: TestClient) -> None:
    reply = client.get(load_assets().path("staff.css"))

    assert reply.headers["content-type"] == "text/css; charset=utf-8"


def test_another_name_is_not_served(client: TestClient) -> None:
    for name in ("resident.js", "resident.000000000000.js", "..%2Flocale%2Fbabel.cfg"):
        assert client.get(f"/static/{name}").status_code == 404


def test_the_script_is_all_its_parts_in_one_file() -> None:
    script = load_assets().by_name["resident.js"].content.decode()

    for name in ("holds", "showWhatIsAsked", "saveDraft", "firstWrong", "turnTo", "send"):
        assert script.count(f"function {name}") + script.count(f"const {name}") == 1


def test_the_inlined_style_is_allowed_by_its_hash(client: TestClient) -> None:
    page = client.get("/nowhere", headers={"accept": "text/html"})

    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.headers["content-security-policy"]
