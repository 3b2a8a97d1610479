"""A resident fills in a questionnaire where there is JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from backend.responses.views import in_fours
from tests.builders import a_choice, a_questionnaire_text, an_item
from tests.journeys.residents import Site, answer_page, choose, fill_in, go_on, place

pytestmark = pytest.mark.browser


def test_the_real_questionnaire_is_filled_in_page_by_page(site: Site, phone: Page) -> None:
    phone.goto(site.publish("real"))

    fill_in(phone)
    go_on(phone)

    phone.wait_for_url("**/s/real/done")
    (response,) = site.stored("real")
    expect(phone.locator("main")).to_contain_text(in_fours(response.public_id))
    assert response.answers["services"]["government"] == 4


def test_a_page_is_not_left_before_its_required_questions_are_answered(
    site: Site, phone: Page
) -> None:
    phone.goto(site.publish("required"))
    go_on(phone)
    expect(phone.locator("#e-consent")).to_be_visible()
    expect(phone.locator("#f-consent")).to_be_focused()
    answer_page(phone)
    go_on(phone)

    go_on(phone)

    assert place(phone) == (2, 8)
    expect(phone.locator("#e-overall")).to_have_text("请回答这一题。")
    expect(phone.locator("#f-overall")).to_be_focused()
    group = phone.locator('[data-field="overall"]')
    expect(group).to_have_attribute("aria-invalid", "true")
    choose(phone, "overall", "5")
    go_on(phone)
    assert place(phone) == (3, 8)


def test_the_back_button_of_the_phone_turns_back_a_page(site: Site, phone: Page) -> None:
    phone.goto(site.publish("history"))
    answer_page(phone)
    go_on(phone)
    answer_page(phone)
    go_on(phone)

    phone.go_back()
    assert place(phone) == (2, 8)
    phone.locator("#back").tap()
    expect(phone.locator("#step")).to_have_text("1 / 8")
    phone.go_forward()

    expect(phone.locator("#step")).to_have_text("2 / 8")
    expect(phone.locator("[name=overall][value='4']")).to_be_checked()


def test_a_turned_page_begins_at_its_heading(site: Site, phone: Page) -> None:
    phone.goto(site.publish("focus"))
    answer_page(phone)

    go_on(phone)

    expect(phone.locator("h2:visible")).to_be_focused()
    assert phone.evaluate("window.scrollY") == 0


def test_a_question_appears_when_an_earlier_answer_calls_for_it(site: Site, phone: Page) -> None:
    phone.goto(site.publish("conditions"))
    answer_page(phone)
    go_on(phone)
    expect(phone.locator("#q-reason")).to_be_hidden()

    choose(phone, "overall", "1")
    expect(phone.locator("#q-reason")).to_be_visible()
    choose(phone, "overall", "4")

    expect(phone.locator("#q-reason")).to_be_hidden()


def test_a_page_of_which_nothing_is_asked_is_left_out(site: Site, phone: Page) -> None:
    section = {"title": {"zh-CN": "部分", "en": "Part"}}
    sections = [
        {"key": "a", **section, "items": [an_item("scale", "overall")]},
        {
            "key": "b",
            **section,
            "show_if": {"<=": [1, {"var": "overall"}, 2]},
            "items": [an_item("text", "why")],
        },
        {"key": "c", **section, "items": [an_item("text", "more")]},
    ]
    text = a_questionnaire_text(sections=sections, satisfaction=None, weighting=None)
    phone.goto(site.publish("pages", text))
    answer_page(phone)
    go_on(phone)
    assert place(phone) == (2, 3)

    choose(phone, "overall", "1")
    assert place(phone) == (2, 4)
    choose(phone, "overall", "5")
    go_on(phone)

    assert place(phone) == (3, 3)
    expect(phone.locator("#f-more")).to_be_visible()


def test_choices_keep_to_their_limits(site: Site, phone: Page) -> None:
    choices = [a_choice("a"), a_choice("b"), a_choice("c"), a_choice("none", exclusive=True)]
    text = a_questionnaire_text(
        items=[an_item("multiple", choices=choices, min_selected=2, max_selected=2)]
    )
    phone.goto(site.publish("limits", text))
    answer_page(phone)
    go_on(phone)

    choose(phone, "asked", "a")
    go_on(phone)
    expect(phone.locator("#e-asked")).to_have_text("至少选 2 项。")
    choose(phone, "asked", "b")
    expect(phone.locator("[name=asked][value=c]")).to_be_disabled()
    choose(phone, "asked", "none")

    checked = phone.locator("[name=asked]:checked")
    expect(checked).to_have_count(1)
    expect(checked).to_have_value("none")
    expect(phone.locator("[name=asked][value=c]")).to_be_enabled()


def test_the_text_of_other_comes_with_its_choice(site: Site, phone: Page) -> None:
    choices = [a_choice("a"), a_choice("other", other=True)]
    text = a_questionnaire_text(items=[an_item("single", choices=choices)])
    phone.goto(site.publish("other", text))
    answer_page(phone)
    go_on(phone)
    field = phone.get_by_label("请说明")
    expect(field).to_be_hidden()

    choose(phone, "asked", "other")
    field.fill("别的")
    go_on(phone)

    phone.wait_for_url("**/done")
    assert site.stored("other")[0].answers == {"asked": "other", "asked.other": "别的"}


@pytest.mark.parametrize(
    ("item", "wrong", "right"),
    [
        (an_item("number", minimum=18, maximum=120, integer=True), "17", "１８"),
        (an_item("number", integer=True), "2.5", "-3"),
        (an_item("date", earliest="2023-01-01"), "2022-12-31", "2023-01-01"),
        (an_item("text", max_length=3), "四个字了", "三个字"),
        (an_item("longtext", max_length=3), "四个字了", "三个字"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_a_typed_answer_is_checked_before_it_is_sent(
    site: Site, phone: Page, item: dict[str, object], wrong: str, right: str
) -> None:
    slug = re.sub(r"\W+", "-", f"typed-{item['kind']}-{len(wrong)}")
    phone.goto(site.publish(slug, a_questionnaire_text(items=[item])))
    answer_page(phone)
    go_on(phone)

    phone.fill("#f-asked", wrong)
    go_on(phone)
    expect(phone.locator("#e-asked")).to_be_visible()
    expect(phone.locator("#f-asked")).to_have_value(wrong)
    phone.fill("#f-asked", right)
    go_on(phone)

    phone.wait_for_url("**/done")
    assert len(site.stored(slug)) == 1


def test_a_long_text_counts_its_characters(site: Site, phone: Page) -> None:
    phone.goto(site.publish("count", a_questionnaire_text(items=[an_item("longtext")])))
    answer_page(phone)
    go_on(phone)

    phone.fill("#f-asked", "谢谢👍")

    expect(phone.locator(".count")).to_have_text("3 / 1000")


def test_a_township_is_picked_in_two_steps(site: Site, phone: Page) -> None:
    text = a_questionnaire_text(items=[an_item("division", level="township", required=True)])
    phone.goto(site.publish("township", text))
    answer_page(phone)
    go_on(phone)
    towns = phone.locator("#f-asked")
    expect(towns).to_be_hidden()
    go_on(phone)
    expect(phone.locator("#f-asked-county")).to_be_focused()

    phone.get_by_label("问题").select_option("任城区")
    towns.select_option("古槐街道")
    go_on(phone)

    phone.wait_for_url("**/done")
    assert site.stored("township")[0].answers == {"asked": "370811011"}


def test_what_the_server_finds_wrong_is_shown_with_everything_kept(site: Site, phone: Page) -> None:
    phone.goto(site.publish("server"))
    fill_in(phone)
    # As if the page were older than the rule that it now breaks.
    phone.evaluate("document.querySelector('[name=sex]:checked').value = 'unknown'")

    go_on(phone)

    expect(phone.locator("#summary")).to_be_focused()
    assert place(phone) == (8, 8)
    expect(phone.locator("#e-sex")).to_be_visible()
    expect(phone.locator("[name=residence]:checked")).to_have_count(1)
    phone.locator("#summary a").tap()
    expect(phone.locator("#f-sex")).to_be_focused()
    choose(phone, "sex", "female")
    go_on(phone)
    phone.wait_for_url("**/done")
    assert len(site.stored("server")) == 1


def test_the_page_is_filled_in_by_keyboard_alone(site: Site, phone: Page) -> None:
    phone.goto(site.publish("keyboard", a_questionnaire_text()))
    keys = phone.keyboard
    phone.locator("#f-consent").focus()
    keys.press("Space")
    keys.press("Enter")
    expect(phone.locator("h2:visible")).to_be_focused()

    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowDown")
    expect(phone.locator("[name=overall]:checked")).to_have_value("4")
    phone.locator("#f-district").focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")

    phone.wait_for_url("**/done")
    (response,) = site.stored("keyboard")
    assert response.answers == {"overall": 4, "district": "370811", "sex": "male"}


def test_english_is_english_all_the_way(site: Site, phone: Page) -> None:
    phone.goto(site.publish("english") + "?lang=en")

    fill_in(phone)
    go_on(phone)

    phone.wait_for_url("**/done")
    expect(phone.locator("h2")).to_have_text("Submitted. Thank you for taking part")
    assert site.stored("english")[0].language == "en"
