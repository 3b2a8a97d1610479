"""How many submissions the real server takes, beside a bare application on the same database.

The ratio is what our own work costs: reading and checking the answers, coding them for counting,
limits, security headers, a log line. What a driver or a disk costs is in both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import city
from tests.bench.accept_path.load import Load, put_under_load, submissions
from tests.bench.accept_path.server import bare_server
from tests.bench.accept_path.storage import create_tables
from tests.bench.accept_path.variants import VARIANTS
from tests.bench.databases import empty_databases, scratch_folder
from tests.bench.tables import say_table, times
from tests.servers.live import LiveServer

CLIENTS = 16
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# The variant of the bare application that is built as the real server is.
BARE = {kind: next(each for each in VARIANTS if each.kind == kind) for kind in KINDS}


def run(quick: bool) -> None:
    """Put both under the same load in turn, on each database, and print them."""
    seconds, rounds = (1.0, 1) if quick else (3.0, 4)
    rows = []
    for kind, name in KINDS.items():
        bare, real = _measure(kind, seconds, rounds)
        for server, load in (("bare", bare), ("Minsheng", real)):
            rows.append([f"{name}, {server}", *_figures(load, bare)])
    say_table(
        f"{CLIENTS} clients; ratios to the bare application on the same database",
        ["server", "throughput", "p50", "p99", "a second", "p50 ms", "p99 ms", "refused"],
        rows,
    )


def _measure(kind: str, seconds: float, rounds: int) -> tuple[Load, Load]:
    """Return the loads of the bare application and of the real server."""
    answers = city.draw(200)
    to_bare = submissions("/responses", answers)
    to_real = submissions(f"/api/v1/surveys/{city.SLUG}/responses", answers)
    bare, real = Load(), Load()
    with empty_databases({"bare": kind, "real": kind}) as urls:
        create_tables(BARE[kind].engine_url(urls["bare"]))
        with bare_server(BARE[kind], urls["bare"]) as server, _real_server(urls["real"]) as port:
            put_under_load(Load(), server.port, to_bare, CLIENTS, 1.0)
            put_under_load(Load(), port, to_real, CLIENTS, 1.0)
            for _ in range(rounds):
                put_under_load(bare, server.port, to_bare, CLIENTS, seconds)
                put_under_load(real, port, to_real, CLIENTS, seconds)
    return bare, real


@contextmanager
def _real_server(database_url: str) -> Iterator[int]:
    """Serve the city's survey from an empty database, and give the port."""
    with city.published(database_url):
        pass
    with scratch_folder() as folder, LiveServer(database_url, Path(folder)) as server:
        server.start()
        yield urlsplit(server.url).port or 80


def _figures(load: Load, base: Load) -> list[str]:
    return [
        times(load.per_second, base.per_second),
        times(load.percentile(50), base.percentile(50)),
        times(load.percentile(99), base.percentile(99)),
        f"{load.per_second:.0f}",
        f"{load.percentile(50):.1f}",
        f"{load.percentile(99):.1f}",
        str(load.refused),
    ]
