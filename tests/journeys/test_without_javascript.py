"""A resident fills in a questionnaire where there is no JavaScript, on one long page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from backend.responses.views import in_fours
from tests.builders import a_questionnaire_text
from tests.journeys.residents import Site, answer_page, choose

pytestmark = pytest.mark.browser


@pytest.fixture
def plain_phone(open_phone: Callable[..., Page]) -> Page:
    """A phone without JavaScript."""
    return open_phone(java_script_enabled=False)


def submit(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="提交").tap()


def test_the_real_questionnaire_is_filled_in_on_one_page(site: Site, plain_phone: Page) -> None:
    plain_phone.goto(site.publish("plain"))

    answer_page(plain_phone)
    submit(plain_phone)

    assert plain_phone.url.endswith("/s/plain/done")
    (response,) = site.stored("plain")
    expect(plain_phone.locator("main")).to_contain_text(in_fours(response.public_id))


def test_a_stale_answer_to_a_question_that_is_not_asked_does_no_harm(
    site: Site, plain_phone: Page
) -> None:
    plain_phone.goto(site.publish("stale"))
    answer_page(plain_phone, level=5)
    plain_phone.fill("#f-reason", "填错地方了")

    submit(plain_phone)

    assert plain_phone.url.endswith("/s/stale/done")
    assert "reason" not in site.stored("stale")[0].answers


def test_mistakes_are_listed_and_linked_and_nothing_typed_is_lost(
    site: Site, plain_phone: Page
) -> None:
    plain_phone.goto(site.publish("mistakes", a_questionnaire_text()))
    choose(plain_phone, "overall", "2")
    choose(plain_phone, "improve", "queues")

    submit(plain_phone)

    expect(plain_phone.locator("#summary a")).to_have_count(3)
    expect(plain_phone.locator("[name=improve]:checked")).to_have_value("queues")
    plain_phone.locator("#summary a", has_text="性别").tap()
    expect(plain_phone.locator("#f-sex")).to_be_in_viewport()
    answer_page(plain_phone, level=2)
    submit(plain_phone)
    assert site.stored("mistakes")[0].answers["improve"] == ["queues"]


def test_a_double_tap_is_stored_once(site: Site, plain_phone: Page) -> None:
    plain_phone.goto(site.publish("twice", a_questionnaire_text()))
    answer_page(plain_phone)

    plain_phone.get_by_role("button", name="提交").dblclick()

    plain_phone.wait_for_url("**/s/twice/done")
    assert len(site.stored("twice")) == 1
