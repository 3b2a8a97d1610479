"""`/api/v1/standards` and `/api/v1/ratings` as the public interface describes them."""

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.service import Scope
from tests.backend.ratings.opened import a_round, enter
from tests.backend.results.test_api import a_token

PATHS = ("/api/v1/standards", "/api/v1/standards/shandong-2023-city", "/api/v1/ratings")


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/ratings/jining-2024"])
def test_nothing_is_told_without_a_token_for_evaluation(
    client: TestClient, database: Database, path: str
) -> None:
    exporting = a_token(database, Scope.EXPORT)

    assert client.get(path).status_code == 401
    assert client.get(path, headers=exporting).status_code == 403


def test_standards_are_listed_page_by_page(client: TestClient, database: Database) -> None:
    token, seen, cursor = a_token(database), [], None

    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = client.get("/api/v1/standards", params=query, headers=token).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == ["shandong-2020-city", "shandong-2023-city", "shandong-2023-county"]


def test_a_standard_has_every_row_with_its_source(client: TestClient, database: Database) -> None:
    answer = client.get("/api/v1/standards/shandong-2023-county", headers=a_token(database)).json()

    assert (len(answer["indicators"]), answer["maximum"]) == (38, 100.0)
    assert all("济政办字〔2023〕23号" in row["source"] for row in answer["indicators"])


def test_an_unknown_standard_or_rating_is_not_found(client: TestClient, database: Database) -> None:
    token = a_token(database)

    for path in ("/api/v1/standards/nowhere", "/api/v1/ratings/nowhere"):
        reply = client.get(path, headers=token)
        assert reply.status_code == 404
        assert reply.headers["content-type"] == "application/problem+json"


def test_a_rating_is_that_of_its_round_now(client: TestClient, database: Database) -> None:
    with database.write() as session:
        a_round(session)
        enter(session, {1: {"online_rate": 0.96}})
    token = a_token(database)

    answer = client.get("/api/v1/ratings/jining-2024", headers=token).json()
    listed = client.get("/api/v1/ratings", headers=token).json()

    assert (answer["id"], answer["state"], answer["base"]) == ("jining-2024", "open", 1.5)
    assert answer["lines"][0]["level"] == "five"
    assert listed["items"][0]["total"] == answer["total"] == 1.5
    assert listed["next_cursor"] is None
