"""A publisher's and an evaluator's way through the console, on a desk and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.db.engine import Database
from backend.staff.rights import Role
from survey_forms.shipped import questionnaire_text
from tests.console import PASSWORD, an_account
from tests.journeys.accessibility import breaches, overflow
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

SIZES = {"desk": (1280, 720), "phone": (390, 844)}
HALL = questionnaire_text("service-hall")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what the pages read and write is tested on both databases without a browser."""
    return sqlite_url


@pytest.fixture(params=SIZES)
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """A tab of the server, in Chinese, that refuses whatever the content policy refuses."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        viewport={"width": width, "height": height},
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    yield opened
    assert [text for text in complaints if "Content Security Policy" in text] == []
    context.close()


def is_presentable(page: Page) -> None:
    assert breaches(page) == []
    assert overflow(page) == 0


def sign_in(page: Page, role: Role) -> None:
    page.goto("/staff")
    page.get_by_label("电子邮箱").fill(f"{role.value}@jining.example")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    # A page asked for too early would call the sign-in off.
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def test_a_publisher_signs_in_publishes_pauses_and_closes(page: Page, database: Database) -> None:
    an_account(database, Role.PUBLISHER)

    page.goto("/staff/surveys/new")
    is_presentable(page)
    page.get_by_label("电子邮箱").fill("publisher@jining.example")
    page.get_by_label("密码").fill("a wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("邮箱或密码不正确")
    is_presentable(page)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("发布问卷")
    page.goto("/staff/surveys")
    is_presentable(page)
    page.get_by_role("link", name="发布第一份问卷").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("发布问卷")
    is_presentable(page)
    page.get_by_role("link", name="政务服务大厅办事体验").click()
    expect(page.get_by_label("填写地址")).to_have_value("service-hall")
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("status")).to_contain_text("检查通过，可以发布")
    is_presentable(page)
    page.get_by_role("button", name="发布").click()

    expect(page.get_by_role("status")).to_have_text("发布成功。")
    expect(page.get_by_role("heading", level=1)).to_have_text("政务服务大厅办事体验")
    is_presentable(page)
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("status")).to_have_text("已暂停，市民暂时不能填写。")
    page.get_by_role("button", name="恢复征集").click()
    expect(page.get_by_role("status")).to_have_text("已开放，市民可以填写。")
    expect(page.get_by_role("button", name="确认关闭")).to_be_hidden()
    page.get_by_text("关闭调查").click()
    is_presentable(page)
    page.get_by_role("button", name="确认关闭").click()
    expect(page.get_by_role("status")).to_have_text("已关闭，不再接受填写。")
    expect(page.get_by_role("button", name="恢复征集")).to_have_count(0)
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录管理台")


def test_mistakes_are_shown_with_their_line_and_nothing_typed_is_lost(
    page: Page, database: Database
) -> None:
    an_account(database, Role.PUBLISHER)
    sign_in(page, Role.PUBLISHER)
    wrong = HALL.replace("kind: scale", "kind: sclae")

    page.goto("/staff/surveys/new")
    page.get_by_label("填写地址").fill("hall")
    page.get_by_label("问卷定义").fill(wrong)
    page.get_by_role("button", name="发布").click()

    expect(page.get_by_role("alert")).to_contain_text("没有“sclae”这种题型")
    expect(page.get_by_label("填写地址")).to_have_value("hall")
    expect(page.get_by_label("问卷定义")).to_have_value(wrong)
    is_presentable(page)


def test_a_definition_is_uploaded_from_a_file(
    page: Page, database: Database, tmp_path: Path
) -> None:
    an_account(database, Role.PUBLISHER)
    sign_in(page, Role.PUBLISHER)
    file = tmp_path / "hall.yaml"
    file.write_text(HALL, encoding="utf-8")

    page.goto("/staff/surveys/new")
    page.get_by_label("填写地址").fill("hall")
    page.get_by_label("上传定义文件").set_input_files(file)
    page.get_by_role("button", name="发布").click()

    expect(page.get_by_role("status")).to_have_text("发布成功。")


def test_an_evaluator_reads_and_finds_no_button_that_changes_anything(
    page: Page, database: Database
) -> None:
    for role in (Role.PUBLISHER, Role.EVALUATOR):
        an_account(database, role)
    sign_in(page, Role.PUBLISHER)
    page.goto("/staff/surveys/new?start=service-hall")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("status")).to_have_text("发布成功。")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录管理台")

    sign_in(page, Role.EVALUATOR)
    is_presentable(page)
    page.get_by_role("link", name="政务服务大厅办事体验", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("政务服务大厅办事体验")

    expect(page.get_by_role("button")).to_have_text(["退出登录"])
    is_presentable(page)


def test_a_handler_is_told_that_there_is_nothing_to_do(page: Page, database: Database) -> None:
    an_account(database, Role.HANDLER)

    sign_in(page, Role.HANDLER)

    expect(page.get_by_role("main")).to_contain_text("目前没有需要您处理的内容")
    is_presentable(page)


def test_the_api_reference_reads_well(page: Page) -> None:
    page.goto("/api/docs")

    expect(page.get_by_role("heading", level=1)).to_have_text("接口文档")
    is_presentable(page)
