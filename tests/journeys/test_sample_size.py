"""Planning a sample at a browser: the form answers on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from backend.db.engine import Database
from backend.staff.rights import Role
from tests.console import PASSWORD, an_account
from tests.journeys.accessibility import breaches, overflow
from tests.servers.live import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_the_form_answers_on_a_phone(
    browser: Browser, live_server: LiveServer, database: Database
) -> None:
    an_account(database, Role.EVALUATOR)
    phone = {"width": 390, "height": 844}
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", viewport=phone)
    page = context.new_page()
    page.goto("/staff/sample-size")
    page.get_by_label("电子邮箱").fill("evaluator@jining.example")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    page.get_by_label("预计满意度").fill("50")
    page.get_by_label("设计效应").fill("1")
    page.get_by_role("button", name="测算").click()

    expect(page.locator("#city-respondents")).to_have_text("385")
    assert breaches(page) == []
    assert overflow(page) == 0
    context.close()
