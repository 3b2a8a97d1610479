"""The browser of the journeys: Debian's Chromium, started once for the tests of a module."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from backend.db.engine import Database
from tests.journeys.residents import Site
from tests.servers.live import LiveServer

ARGUMENTS = [
    "--no-sandbox",
    # It looks for updates and names of its maker otherwise.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Pages come within a second; a machine that runs other tests beside may need more.
expect.set_options(timeout=20_000)


# Not for the whole run: while it is open, no other test could run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; each test opens a context of its own in it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that all residents' journeys of a process share; each publishes its own survey."""
    folder = tmp_path_factory.mktemp("site")
    path = folder / "minsheng.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    url = f"sqlite:///{path}"
    database = Database(url)
    with LiveServer(url, folder) as server:
        server.start()
        yield Site(server, database)
    database.dispose()


@pytest.fixture
def open_phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page on a phone of 390 x 844; keywords go to the browser's context."""
    contexts = []

    def open_one(**options: Any) -> Page:
        size = {"width": options.pop("width", 390), "height": options.pop("height", 844)}
        context = browser.new_context(viewport=size, has_touch=True, locale="zh-CN", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_phone: Callable[..., Page]) -> Page:
    """A page on a phone."""
    return open_phone()
