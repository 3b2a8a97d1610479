"""Takes the pictures of the README from a running demonstration: `make screenshots`."""

import re
import tempfile
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers.live import LiveServer

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SURVEY = "citizen-experience-2023"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1080, "height": 844}


def main() -> None:
    """Start the demonstration on a fresh database, and photograph a phone and a desk."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with LiveServer(f"sqlite:///{path / 'demo.sqlite3'}", path, "--with-demo") as server:
            server.start()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                shots = [_residents_page(browser, server), _evaluators_page(browser, server)]
                _side_by_side(browser, shots)
                browser.close()


def _residents_page(browser: Browser, server: LiveServer) -> bytes:
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]
    page.goto(f"{server.url}/s/{SURVEY}")
    page.get_by_text("同意参加本次调查").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_text("满意", exact=True).first.click()
    page.get_by_role("button", name="下一页").click()
    page.locator("[name='services.government'][value='4']").click()
    return page.screenshot()


def _evaluators_page(browser: Browser, server: LiveServer) -> bytes:
    page = browser.new_page(viewport=DESK, device_scale_factor=2)  # type: ignore[arg-type]
    _sign_in(page, server)
    page.goto(f"{server.url}/staff/surveys/{SURVEY}/results")
    return page.screenshot()


def _sign_in(page: Page, server: LiveServer) -> None:
    found = re.search(r"evaluator\s+(\S+)\s+(\S+)", server.printed())
    assert found is not None
    page.goto(f"{server.url}/staff/login")
    page.locator("[name=email]").fill(found[1])
    page.locator("[name=password]").fill(found[2])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/staff(?!/login)"))


def _side_by_side(browser: Browser, shots: list[bytes]) -> None:
    page = browser.new_page(viewport={"width": 1540, "height": 900})
    style = "margin:0;padding:28px;display:flex;gap:28px;background:#dfe5ee"
    image = "height:844px;border-radius:12px;box-shadow:0 4px 18px #0003"
    tags = "".join(
        f'<img style="{image}" src="data:image/png;base64,{b64encode(shot).decode()}">'
        for shot in shots
    )
    page.set_content(f'<body style="{style}">{tags}</body>')
    page.screenshot(path=IMAGES / "overview.png")


if __name__ == "__main__":
    main()
