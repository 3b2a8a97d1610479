import re
from typing import Any

from fastapi.testclient import TestClient

from backend.web.api_reference import make_reference

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/api/v1/things/{slug}": {
            "post": {
                "tags": ["results"],
                "operationId": "make_thing",
                "summary": "Make",
                "description": "Make a `thing` <b>.",
                "security": [{"token": ["evaluate"]}],
                "parameters": [
                    {
                        "name": "slug",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string", "examples": ["hall"]},
                    }
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    }
                },
                "responses": {
                    "201": {
                        "description": "Made",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "404": {"description": "`not-found`"},
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["parts"],
                "properties": {
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                    "whole": {"anyOf": [{"type": "number"}, {"type": "null"}]},
                    "name": {"type": "string", "examples": ["it's"]},
                },
            },
            "Part": {
                "type": "object",
                "required": ["at"],
                "properties": {
                    "at": {"type": "string", "format": "date-time", "description": "When."},
                    "inner": {"$ref": "#/components/schemas/Thing"},
                },
            },
        }
    },
}


def the_route() -> Any:
    [group] = make_reference(DOCUMENT, "http://127.0.0.1:8000")
    [route] = group.routes
    return route


def test_a_route_says_who_may_use_it() -> None:
    assert the_route().scopes == ("evaluate",)


def test_fields_inside_fields_are_rows_with_their_path() -> None:
    rows = {row.path: row for row in the_route().body}

    assert rows["parts[]"].type == "list of object"
    assert rows["parts[].at"].type == "string · date-time"
    assert rows["parts[].at"].is_required
    assert rows["whole"].type == "number | null"
    assert not rows["whole"].is_required


def test_shapes_that_contain_themselves_end() -> None:
    depths = {row.path.count(".") for row in the_route().body}

    assert max(depths) == 2


def test_what_programs_come_for_stands_before_what_operators_need(client: TestClient) -> None:
    text = client.get("/api/docs").text

    assert text.index("/api/v1/surveys/{slug}/satisfaction") < text.index("/healthz")


def test_errors_are_apart_from_answers() -> None:
    route = the_route()

    assert [row.status for row in route.answers] == ["201"]
    assert [row.status for row in route.errors] == ["404"]


def test_backticks_become_code_and_markup_stays_text() -> None:
    assert the_route().description == "Make a <code>thing</code> &lt;b&gt;."


def test_the_example_is_a_command_that_a_shell_understands() -> None:
    assert the_route().example == (
        "curl -X POST http://127.0.0.1:8000/api/v1/things/hall \\\n"
        '  -H "Authorization: Bearer $TOKEN" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        """  -d '{"name": "it'"'"'s"}'"""
    )


def test_the_page_has_every_route_of_the_document_and_no_script(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    text = client.get("/api/docs").text

    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in text
        assert path in text
    assert "<script" not in text
    assert " style=" not in text
    # Nothing is fetched but our own style sheet.
    assert re.findall(r'(?:src|href)="(?!/|#|\?|data:,)[^"]*"', text) == []
