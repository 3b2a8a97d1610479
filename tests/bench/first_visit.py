"""What a resident waits for: the first visit of the real questionnaire on a slow phone.

The real server serves the questionnaire that ships to Debian's Chromium, whose network and
processor are slowed down. In turn with it the same browser loads a page of bare HTML, the least
that anything could take here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from tests.bench import city
from tests.bench.databases import scratch_folder
from tests.bench.slow_phone import Visit, slow_phone, visit
from tests.bench.tables import say_table, times
from tests.servers.live import LiveServer

BUDGET_BYTES = 14_336
GOAL_MS = 600

BARE_HTML = (
    b"<!doctype html><html lang=en><meta charset=utf-8>"
    b"<meta name=viewport content='width=device-width,initial-scale=1'><title>Bare</title>"
    b"<link rel=icon href='data:,'><h1>Survey</h1><form><p><label>How satisfied are you? "
    b"<input type=number min=1 max=5></label><p><button>Send</button></form></html>"
)


def run(quick: bool) -> None:
    """Visit both pages in turn, and print what came over the line and when it showed."""
    with scratch_folder() as folder, _questionnaire(folder) as real, _bare_html() as bare:
        addresses = {"Minsheng": real, "bare HTML": bare}
        visits: dict[str, list[Visit]] = {name: [] for name in addresses}
        with slow_phone() as browser:
            # The first visit of all also starts the browser's own parts.
            for _ in range(1 + (3 if quick else 7)):
                for name, address in addresses.items():
                    visits[name].append(visit(browser, address))
    _show({name: each[1:] for name, each in visits.items()})


@contextmanager
def _questionnaire(folder: Path) -> Iterator[str]:
    """Serve the questionnaire that ships, and give its address."""
    url = f"sqlite:///{folder / 'minsheng.sqlite3'}"
    with city.published(url):
        pass
    with LiveServer(url, folder) as server:
        server.start()
        yield f"{server.url}/s/{city.SLUG}"


class _BareHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(BARE_HTML)))
        self.end_headers()
        self.wfile.write(BARE_HTML)

    def log_message(self, format: str, *_arguments: Any) -> None:
        """Keep the requests out of the figures."""


@contextmanager
def _bare_html() -> Iterator[str]:
    """Serve a few hundred bytes of HTML, and give their address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _BareHandler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _show(visits: dict[str, list[Visit]]) -> None:
    kinds = sorted(
        {kind for each in visits.values() for visit in each for kind in visit.body_bytes}
    )
    paints = {name: median(visit.paint_ms for visit in each) for name, each in visits.items()}
    rows = []
    for name, each in visits.items():
        last = each[-1]
        all_paints = [visit.paint_ms for visit in each]
        rows.append(
            [
                name,
                str(last.requests),
                *(f"{last.body_bytes[kind]:,}" for kind in kinds),
                f"{last.body_bytes.total():,}",
                f"{last.header_bytes:,}",
                f"{paints[name]:.0f} ({min(all_paints):.0f}–{max(all_paints):.0f})",
                times(paints[name], paints["bare HTML"]),
            ]
        )
    say_table(
        f"{len(each)} cold visits; budget {BUDGET_BYTES:,} compressed bytes in at most 3 requests, "
        f"goal {GOAL_MS} ms",
        [
            *("page", "requests", *(f"{kind} bytes" for kind in kinds), "all bytes"),
            *("header bytes", "first contentful paint ms (range)", "to bare HTML"),
        ],
        rows,
    )
