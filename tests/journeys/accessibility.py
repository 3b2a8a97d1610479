"""Whether axe finds a breach of WCAG 2.2 AA in what a browser shows now."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def breaches(page: Page) -> list[str]:
    """Return a line for each element that breaks a rule."""
    results = Axe().run(page, options={"runOnly": RULES}).response
    return [
        f"{page.url}: {violation['id']}: {node['html'][:120]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
