"""WCAG 2.2 AA on every state of the resident's pages, and room for big type on small phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from backend.surveys.service import Status, set_status
from survey_forms.items import KINDS
from tests.builders import a_choice, a_questionnaire_text, an_item
from tests.journeys.accessibility import breaches, overflow
from tests.journeys.residents import Site, answer_page, choose, go_on, place

pytestmark = pytest.mark.browser

# The least height of what is touched, in CSS pixels.
TARGET, LARGE_TARGET = 48, 60
TOUCHED = "label:has(input):visible, button:visible, select:visible, nav a"


def pages_in_turn(page: Page, address: str) -> Iterator[int]:
    """Open a survey, and stop at each of its pages, first as it is and then with errors."""
    page.goto(address)
    while True:
        now, last = place(page)
        yield now
        if now == last:
            return
        go_on(page)
        if place(page)[0] == now:
            yield now
            answer_page(page, level=2)
            go_on(page)


def all_kinds() -> str:
    """Return a definition with an item of every kind, all required."""
    others = [a_choice("a"), a_choice("o", other=True)]
    more: dict[str, dict[str, object]] = {
        "single": {"choices": others},
        "multiple": {"choices": others, "min_selected": 1, "max_selected": 1},
        "division": {"level": "township"},
        "number": {"unit": {"zh-CN": "岁", "en": "years"}},
    }
    items = [an_item(kind, kind, required=True, **more.get(kind, {})) for kind in KINDS]
    return a_questionnaire_text(items=items)


@pytest.mark.parametrize("query", ["", "?lang=en", "?large=1"])
def test_no_page_of_the_real_questionnaire_breaks_a_rule(
    site: Site, phone: Page, query: str
) -> None:
    address = site.publish("axe" + query.translate(str.maketrans("?=", "--")))

    found = [line for _ in pages_in_turn(phone, address + query) for line in breaches(phone)]
    answer_page(phone)
    go_on(phone)
    phone.wait_for_url("**/done")

    assert found + breaches(phone) == []


def test_no_kind_of_item_breaks_a_rule(site: Site, phone: Page) -> None:
    phone.goto(site.publish("axe-kinds", all_kinds()))
    answer_page(phone)
    go_on(phone)
    found = breaches(phone)

    choose(phone, "single", "o")
    choose(phone, "multiple", "o")
    phone.locator("#f-division-county").select_option(index=1)
    go_on(phone)

    assert found + breaches(phone) == []


def test_no_page_that_comes_back_breaks_a_rule(site: Site, open_phone: Callable[..., Page]) -> None:
    phone = open_phone(java_script_enabled=False)
    address = site.publish("axe-back", all_kinds())
    phone.goto(address)

    with phone.expect_navigation():
        phone.get_by_role("button", name="提交").tap()

    # axe needs the browser's script, which the page itself must not.
    reader = open_phone(bypass_csp=True)
    reader.set_content(phone.content())
    assert breaches(reader) == []


def test_no_page_without_a_form_breaks_a_rule(site: Site, phone: Page) -> None:
    address = site.publish("axe-closed", a_questionnaire_text())
    late = phone.context.new_page()
    late.goto(address)
    answer_page(late)
    go_on(late)
    answer_page(late)
    with site.database.write() as session:
        set_status(session, "axe-closed", Status.CLOSED)
    go_on(late)
    late.wait_for_selector("dl")

    found = breaches(late)
    for path in (address, f"{address}-unknown"):
        phone.goto(path)
        found += breaches(phone)

    assert found == []


def test_a_second_response_of_a_device_breaks_no_rule(site: Site, phone: Page) -> None:
    address = site.publish("axe-once", a_questionnaire_text(limits={"one_response_per": "device"}))
    phone.goto(address)
    answer_page(phone)
    go_on(phone)
    answer_page(phone)
    go_on(phone)
    phone.wait_for_url("**/done")

    phone.goto(address)

    assert phone.get_by_role("heading", name="已经收到您的答卷").is_visible()
    assert breaches(phone) == []


@pytest.mark.parametrize(
    ("query", "text_size"), [("", 100), ("", 200), ("?large=1", 100), ("?lang=en", 200)]
)
def test_nothing_is_wider_than_a_phone_of_320_pixels(
    site: Site, open_phone: Callable[..., Page], query: str, text_size: int
) -> None:
    phone = open_phone(width=320, height=568)
    slug = f"narrow-{text_size}" + query.translate(str.maketrans("?=", "--"))
    address = site.publish(slug)
    # What a browser does whose text size is set to 200 %.
    phone.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        f" document.documentElement.style.fontSize = '{text_size}%' }})"
        if text_size != 100
        else ""
    )

    widths = [overflow(phone) for _ in pages_in_turn(phone, address + query)]

    assert set(widths) == {0}


@pytest.mark.parametrize(("query", "least"), [("", TARGET), ("?large=1", LARGE_TARGET)])
def test_what_is_touched_is_big_enough(site: Site, phone: Page, query: str, least: int) -> None:
    address = site.publish(f"targets-{least}")
    small = set()

    for _ in pages_in_turn(phone, address + query):
        for target in phone.locator(
            "label:has(input):visible, button:visible, select:visible, nav a"
        ).all():
            box = target.bounding_box()
            if box is None or box["height"] < least or box["width"] < least:
                small.add(f"{target.inner_text()[:20]} {box}")

    assert not small


def test_large_type_is_eighteen_points(site: Site, phone: Page) -> None:
    phone.goto(site.publish("eighteen") + "?large=1")

    size = phone.evaluate("getComputedStyle(document.querySelector('main p')).fontSize")

    assert size == "24px"


def test_what_has_the_focus_is_not_covered_by_the_bar(site: Site, phone: Page) -> None:
    phone.goto(site.publish("covered"))
    answer_page(phone)
    go_on(phone)
    covered = set()

    phone.keyboard.press("Tab")
    while not phone.evaluate("document.activeElement.closest('.bar')"):
        bottom, bar, html = phone.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom,"
            " document.querySelector('.bar').getBoundingClientRect().top,"
            " document.activeElement.outerHTML]"
        )
        if bottom > bar:
            covered.add(html)
        phone.keyboard.press("Tab")

    assert not covered
