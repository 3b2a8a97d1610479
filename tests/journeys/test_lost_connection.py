"""What a resident typed survives lost connections, reloads and impatience, and is stored once."""

from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.builders import a_questionnaire_text, an_item
from tests.journeys.residents import Site, answer_page, choose, fill_in, go_on, place

pytestmark = pytest.mark.browser


def test_a_form_sent_without_a_connection_is_sent_when_it_is_back(site: Site, phone: Page) -> None:
    phone.goto(site.publish("offline"))
    fill_in(phone)
    phone.context.set_offline(True)

    go_on(phone)
    expect(phone.locator("#state")).to_have_text("网络不通，答卷已保存在本机，恢复后自动提交。")
    assert not site.stored("offline")
    phone.context.set_offline(False)

    phone.wait_for_url("**/done")
    assert len(site.stored("offline")) == 1


def test_a_reply_that_is_lost_leads_to_no_second_response(site: Site, phone: Page) -> None:
    lost: list[Request] = []

    def lose_first_reply(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.request)
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    phone.goto(site.publish("reply"))
    fill_in(phone)
    phone.route("**/s/reply", lose_first_reply)

    go_on(phone)

    phone.wait_for_url("**/done")
    assert len(lost) == 1
    assert len(site.stored("reply")) == 1


@pytest.mark.parametrize(
    ("slug", "reply"),
    [
        ("failing", {"status": 503}),
        ("signing-in", {"status": 200, "body": "The sign-in page of a network, not of ours"}),
    ],
)
def test_a_reply_that_does_not_say_received_is_asked_for_again(
    site: Site, phone: Page, slug: str, reply: dict[str, Any]
) -> None:
    failures: list[Request] = []

    def fail_twice(route: Route) -> None:
        if len(failures) == 2:
            route.continue_()
            return
        failures.append(route.request)
        route.fulfill(**reply)

    phone.goto(site.publish(slug, a_questionnaire_text(items=[an_item("text")])))
    fill_in(phone)
    phone.route(f"**/s/{slug}", fail_twice)

    go_on(phone)
    expect(phone.locator("#state")).to_contain_text("网络不通")
    # A tap while waiting tries at once.
    go_on(phone)

    phone.wait_for_url("**/done")
    assert len(site.stored(slug)) == 1


def test_taps_in_quick_succession_send_once(site: Site, phone: Page) -> None:
    sent: list[Request] = []
    phone.goto(site.publish("taps", a_questionnaire_text(items=[an_item("text")])))
    fill_in(phone)
    phone.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    phone.locator("#go").dblclick()

    phone.wait_for_url("**/done")
    assert len(sent) == 1


def test_a_draft_survives_a_reload(site: Site, phone: Page) -> None:
    phone.goto(site.publish("reload"))
    answer_page(phone)
    go_on(phone)
    choose(phone, "overall", "2")
    phone.fill("#f-reason", "排队太久")
    key = phone.input_value("[name=page-key]")

    phone.reload()

    assert place(phone) == (2, 8)
    expect(phone.locator("#restored")).to_be_visible()
    expect(phone.locator("[name=overall]:checked")).to_have_value("2")
    expect(phone.locator("#f-reason")).to_have_value("排队太久")
    assert phone.input_value("[name=page-key]") == key


def test_a_draft_follows_into_another_language_and_size(site: Site, phone: Page) -> None:
    phone.goto(site.publish("switch"))
    answer_page(phone)
    go_on(phone)
    choose(phone, "overall", "3")

    phone.get_by_role("link", name="大字版").tap()
    phone.get_by_role("link", name="English").tap()

    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("html.large")).to_be_attached()
    expect(phone.locator("[name=overall]:checked")).to_have_value("3")
    assert phone.input_value("[name=page-lang]") == "en"


def test_a_draft_can_be_cleared(site: Site, phone: Page) -> None:
    phone.goto(site.publish("clear"))
    answer_page(phone)
    go_on(phone)
    choose(phone, "overall", "2")
    key = phone.input_value("[name=page-key]")
    phone.reload()

    with phone.expect_navigation():
        phone.locator("#clear").tap()

    assert place(phone) == (1, 8)
    expect(phone.locator("input:checked")).to_have_count(0)
    assert phone.input_value("[name=page-key]") != key


def test_a_form_left_while_sending_is_sent_when_it_is_opened_again(site: Site, phone: Page) -> None:
    address = site.publish("left")
    phone.goto(address)
    fill_in(phone)
    phone.route("**/s/left", lambda route: route.abort("internetdisconnected"))
    go_on(phone)
    expect(phone.locator("#state")).to_contain_text("网络不通")
    phone.unroute("**/s/left")

    phone.goto(address)

    phone.wait_for_url("**/done")
    assert len(site.stored("left")) == 1


def test_after_sending_the_next_person_finds_an_empty_form(site: Site, phone: Page) -> None:
    address = site.publish("next")
    phone.goto(address)
    fill_in(phone)
    go_on(phone)
    phone.wait_for_url("**/done")

    phone.goto(address)

    expect(phone.locator("#restored")).to_be_hidden()
    expect(phone.locator("input:checked")).to_have_count(0)


def test_going_back_after_sending_cannot_send_again(site: Site, phone: Page) -> None:
    phone.goto(site.publish("again", a_questionnaire_text(items=[an_item("text", "said")])))
    fill_in(phone)
    phone.fill("#f-said", "第一次")
    go_on(phone)
    phone.wait_for_url("**/done")

    phone.go_back()

    expect(phone.locator("#f-said")).to_have_value("")
    assert place(phone) == (1, 2)
    assert len(site.stored("again")) == 1


def test_without_storage_the_form_works_all_the_same(site: Site, phone: Page) -> None:
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get () { throw new Error('denied') } })"
    )
    phone.goto(site.publish("storage"))

    fill_in(phone)
    go_on(phone)

    phone.wait_for_url("**/done")
    assert len(site.stored("storage")) == 1
