"""A round of self-assessment from its opening to the frozen report, through three roles."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.db.engine import Database
from backend.staff.rights import Role
from tests.console import PASSWORD, an_account
from tests.journeys.accessibility import breaches, overflow
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

ROUND = "/staff/ratings/rounds/jining-2026"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what the pages read and write is tested on both databases without a browser."""
    return sqlite_url


@pytest.fixture
def as_role(
    browser: Browser, live_server: LiveServer, database: Database
) -> Iterator[Callable[..., Page]]:
    """Sign in as a role, in a browser of its own; a department on its phone."""
    contexts = []

    def sign_in(role: Role, width: int = 1280, height: int = 800) -> Page:
        an_account(database, role)
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": height}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/staff")
        page.get_by_label("电子邮箱").fill(f"{role.value}@jining.example")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("button", name="退出登录")).to_be_visible()
        return page

    yield sign_in
    for context in contexts:
        context.close()


def is_presentable(page: Page) -> None:
    assert breaches(page) == []
    assert overflow(page) == 0


def test_a_round_goes_from_its_opening_to_the_frozen_report(
    as_role: Callable[..., Page], tmp_path: Path
) -> None:
    reviewer = as_role(Role.REVIEWER)
    department = as_role(Role.DEPARTMENT, 390, 844)
    evaluator = as_role(Role.EVALUATOR)

    # The reviewer opens a round; a slip is named, and what was typed stays.
    reviewer.goto("/staff/ratings")
    is_presentable(reviewer)
    reviewer.get_by_role("link", name="新建一轮评价").click()
    reviewer.get_by_label("名称", exact=True).fill("2026 年济宁市自评")
    reviewer.get_by_label("地址").fill("jining-2026")
    reviewer.get_by_label("行政区划代码").fill("3708")
    reviewer.get_by_role("button", name="开始评价").click()
    expect(reviewer.get_by_label("名称", exact=True)).to_have_value("2026 年济宁市自评")
    expect(reviewer.get_by_text("请填写 6 位、9 位或 12 位数字的行政区划代码")).to_be_visible()
    is_presentable(reviewer)
    reviewer.get_by_label("行政区划代码").fill("370800")
    reviewer.get_by_role("button", name="开始评价").click()
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("2026 年济宁市自评")
    is_presentable(reviewer)

    # The department fills in a figure on the phone: first one that cannot be.
    department.goto(f"{ROUND}/rows/5")
    is_presentable(department)
    department.get_by_label("直接填写结果").fill("930")
    department.get_by_role("button", name="提交审核").click()
    expect(department.locator("[aria-invalid=true]").first).to_have_value("930")
    is_presentable(department)
    department.locator("[aria-invalid=true]").first.fill("93")
    department.get_by_role("button", name="提交审核").click()
    expect(department.get_by_text("待审核").first).to_be_visible()

    # A condition wants evidence: a file that is not what it says is refused, a real one taken.
    department.goto(f"{ROUND}/rows/40")
    fake = tmp_path / "材料.pdf"
    fake.write_bytes(b"MZ this is no document")
    department.get_by_label("文件", exact=False).first.set_input_files(fake)
    department.get_by_role("button", name="添加", exact=True).click()
    expect(department.get_by_text("的内容与它的扩展名 .pdf 不符")).to_be_visible()
    is_presentable(department)
    fake.write_bytes(PDF)
    department.get_by_label("文件", exact=False).first.set_input_files(fake)
    department.get_by_role("button", name="添加", exact=True).click()
    expect(department.get_by_role("link", name="材料.pdf")).to_be_visible()
    for yes in department.get_by_label("是", exact=True).all()[:2]:
        yes.check()
    department.get_by_role("button", name="提交审核").click()
    expect(department.get_by_text("待审核").first).to_be_visible()

    # The reviewer accepts one row, and returns the other with a reason.
    reviewer.goto(f"{ROUND}/rows/5")
    reviewer.get_by_role("button", name="审核通过").click()
    expect(reviewer.get_by_text("审核通过").first).to_be_visible()
    reviewer.goto(f"{ROUND}/rows/40")
    reviewer.get_by_label("退回原因").fill("请补充培训计划。")
    reviewer.get_by_role("button", name="退回修改").click()
    expect(reviewer.get_by_text("已退回").first).to_be_visible()
    department.goto(f"{ROUND}/dispatch")
    is_presentable(department)
    department.goto(f"{ROUND}/rows/40")
    expect(department.get_by_text("请补充培训计划。").first).to_be_visible()
    department.get_by_role("button", name="提交审核").click()
    expect(department.get_by_text("待审核").first).to_be_visible()
    reviewer.goto(f"{ROUND}/rows/40")
    reviewer.get_by_role("button", name="审核通过").click()
    expect(reviewer.get_by_text("审核通过").first).to_be_visible()

    # The evaluator looks, asks what if, and closes.
    for path in (ROUND, f"{ROUND}/gap", f"{ROUND}/what-if?level_1=five", f"{ROUND}/why/5"):
        evaluator.goto(path)
        is_presentable(evaluator)
    evaluator.goto(f"{ROUND}/close")
    is_presentable(evaluator)
    evaluator.get_by_role("button", name="结束").click()
    expect(evaluator).to_have_url(re.compile("/report$"))
    is_presentable(evaluator)

    # What was frozen stays: 1 point of row 5 and 0.5 of row 40, in every format, twice the same.
    files = {}
    for ending in ("json", "xlsx", "docx", "pdf"):
        first = evaluator.request.get(f"{ROUND}/report.{ending}")
        again = evaluator.request.get(f"{ROUND}/report.{ending}")
        assert first.ok
        assert first.body() == again.body()
        files[ending] = first
    assert files["json"].json()["rating"]["total"] == 1.5
    department.goto(f"{ROUND}/rows/5")
    expect(department.get_by_text("这一轮评价已经结束，内容不能再修改。")).to_be_visible()
    expect(department.get_by_role("button", name="提交审核")).to_have_count(0)
