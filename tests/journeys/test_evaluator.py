"""An evaluator at a browser: signs in, reads the result, and sees a resident's response arrive."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.db.engine import Database
from backend.staff.rights import Role
from tests.backend.answering import a_survey, random_answers, store
from tests.builders import a_questionnaire_text
from tests.console import PASSWORD, an_account
from tests.journeys.accessibility import breaches, overflow
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

RESULTS = "/staff/surveys/example/results"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what the pages read is tested on both databases without a browser."""
    return sqlite_url


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The evaluator's tab."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A resident's phone, without JavaScript."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def open_results(page: Page, database: Database) -> None:
    """Sign in as an evaluator and open the results of a survey with 60 responses."""
    store(database, a_survey(database, a_questionnaire_text()), random_answers(60))
    an_account(database, Role.EVALUATOR)
    page.goto(RESULTS)
    page.get_by_label("电子邮箱").fill("evaluator@jining.example")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("评价结果：示例调查")


def answer(phone: Page) -> None:
    """Fill in the survey and submit it."""
    phone.goto("/s/example")
    phone.get_by_label("我已阅读以上说明").check()
    for name in ("overall", "fields.government", "fields.health"):
        phone.check(f'[name="{name}"][value="4"]')
    phone.select_option("[name=district]", "370811")
    phone.check("[name=sex][value=female]")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="提交成功")).to_be_visible()


def test_the_count_rises_by_one_when_a_resident_has_answered(
    page: Page, phone: Page, database: Database
) -> None:
    open_results(page, database)
    expect(page.locator("#responses")).to_have_text("60")

    answer(phone)
    page.reload()

    expect(page.locator("#responses")).to_have_text("61")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_fits_the_screen(
    page: Page, database: Database, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})

    open_results(page, database)

    assert breaches(page) == []
    assert overflow(page) == 0


def test_it_is_in_english_for_those_who_ask(page: Page, database: Database) -> None:
    open_results(page, database)

    page.goto(f"{RESULTS}?lang=en")

    expect(page.get_by_role("heading", level=1)).to_have_text("Results: An example")
    assert breaches(page) == []
    assert overflow(page) == 0
