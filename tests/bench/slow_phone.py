"""A slow phone: Debian's Chromium with its network and its processor slowed down."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 390, "height": 844}
MEGABIT = 1_000_000 / 8
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * MEGABIT,
    "uploadThroughput": 0.75 * MEGABIT,
}
CPU_SLOWED = 4

# Resolves when the browser has painted the first text; buffered, so an earlier paint counts too.
FIRST_CONTENTFUL_PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) resolve(paint.startTime);
}).observe({type: "paint", buffered: true}))"""


@dataclass(frozen=True)
class Visit:
    """One cold visit.

    Attributes
    ----------
    paint_ms
        When the first text was painted, since the visit began.
    requests
        How many there were, up to the load event.
    body_bytes
        Compressed bytes by type of resource, as sent, without headers.
    header_bytes
        Bytes of all the replies' headers.
    """

    paint_ms: float
    requests: int
    body_bytes: Counter[str]
    header_bytes: int


@contextmanager
def slow_phone() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def visit(browser: Browser, address: str) -> Visit:
    """Load an address as somebody who has never been there."""
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    types, sizes = _watch(devtools)
    _slow_down(devtools)
    reply = page.goto(address, wait_until="load")
    # An error page is small and fast, and would make a fine figure.
    if reply is None or reply.status != 200 or page.locator("form").count() == 0:
        raise RuntimeError(f"{address} did not show its form")
    paint_ms = _first_contentful_paint(page)
    context.close()
    bodies: Counter[str] = Counter()
    for request, (body, _) in sizes.items():
        bodies[types[request]] += body
    return Visit(paint_ms, len(sizes), bodies, sum(headers for _, headers in sizes.values()))


def _first_contentful_paint(page: Page) -> float:
    return float(page.evaluate(FIRST_CONTENTFUL_PAINT))


def _slow_down(devtools: CDPSession) -> None:
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWED})


def _watch(devtools: CDPSession) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    """Collect the type, and the bytes of body and headers, of each request that ends."""
    types: dict[str, str] = {}
    bodies: dict[str, int] = {}
    sizes: dict[str, tuple[int, int]] = {}

    def on_response(event: dict[str, Any]) -> None:
        # What stands in the page as a data: address crosses no line.
        if not event["response"]["url"].startswith("data:"):
            types[event["requestId"]] = event["type"]
            bodies[event["requestId"]] = _content_length(event["response"]["headers"])

    def on_finished(event: dict[str, Any]) -> None:
        request = event["requestId"]
        if request in types:
            total = int(event["encodedDataLength"])
            sizes[request] = (bodies[request], total - bodies[request])

    devtools.on("Network.responseReceived", on_response)
    devtools.on("Network.loadingFinished", on_finished)
    devtools.send("Network.enable")
    return types, sizes


def _content_length(headers: dict[str, str]) -> int:
    return next(int(each) for name, each in headers.items() if name.lower() == "content-length")
