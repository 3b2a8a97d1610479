"""Conditions mean in the browser what they mean on the server."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.residents import Site

pytestmark = pytest.mark.browser

VECTORS = json.loads((Path(__file__).parents[1] / "conditions_vectors.json").read_text())


def test_every_vector_has_the_same_result_in_the_browser(site: Site, phone: Page) -> None:
    phone.goto(site.publish("vectors"))

    results = phone.evaluate(
        "vectors => vectors.map(each => holds(each.expression, each.values))", VECTORS
    )

    expected = {vector["name"]: vector["expected"] for vector in VECTORS}
    assert dict(zip(expected, results, strict=True)) == expected
