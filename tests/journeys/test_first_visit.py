"""What the first visit costs: everything arrives in one round trip (docs/decisions/0005)."""

import pytest
from playwright.sync_api import Page, Request

from tests.journeys.residents import Site

pytestmark = pytest.mark.browser

MOST_BYTES = 14 * 1024
MOST_REQUESTS = 3


@pytest.mark.parametrize("query", ["", "?lang=en", "?large=1"])
def test_the_real_questionnaire_arrives_in_few_bytes_and_requests(
    site: Site, phone: Page, query: str
) -> None:
    address = site.publish("first" + query.translate(str.maketrans("?=", "--")))
    finished: list[Request] = []
    phone.on("requestfinished", lambda request: finished.append(request))

    phone.goto(address + query, wait_until="networkidle")

    sizes = {request.url: request.sizes()["responseBodySize"] for request in finished}
    assert len(finished) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert all(
        request.response().headers["content-encoding"] == "gzip"  # type: ignore[union-attr]
        for request in finished
    )


def test_no_page_reports_an_error_or_a_breach_of_its_policy(site: Site, phone: Page) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.on("pageerror", lambda error: said.append(str(error)))

    phone.goto(site.publish("policy"), wait_until="networkidle")

    assert said == []
