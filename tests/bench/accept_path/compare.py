"""Puts every variant under the same load, in turn, and prints them beside each other."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack

from tests.bench import city
from tests.bench.accept_path.load import Disturbance, Load, Request, put_under_load, submissions
from tests.bench.accept_path.server import BareServer, bare_server
from tests.bench.accept_path.storage import create_tables
from tests.bench.accept_path.variants import VARIANTS, Variant
from tests.bench.databases import empty_databases
from tests.bench.tables import say, say_table, times

COLUMNS = (
    *("variant", "throughput", "p50", "p99", "server CPU each"),
    *("a second", "p50 ms", "p99 ms", "refused"),
)
CLIENTS = (16, 64)
CLIENTS_DISTURBED = 8
DISTURBANCES: Mapping[str, Disturbance] = {
    "a slow report": Disturbance("/slow/DEFERRED", callers=1),
    "a slow report in BEGIN IMMEDIATE (SQLite)": Disturbance("/slow/IMMEDIATE", callers=1),
    "8 callers of a library that blocks for 200 ms": Disturbance("/block", callers=8),
}

Servers = Mapping[Variant, BareServer]


def run(quick: bool) -> None:
    """Measure throughput and latency, then what a disturbance does to them."""
    seconds, rounds = (1.0, 1) if quick else (2.0, 3)
    request = submissions("/responses", city.draw(200))
    with ExitStack() as stack:
        servers = _start(stack)
        _measure(servers, request, 16, 0.5 if quick else 1.0, 1)
        for clients in CLIENTS:
            _show(clients, *_measure(servers, request, clients, seconds, rounds))
        _show_disturbances(servers, request, seconds, rounds)


def _start(stack: ExitStack) -> Servers:
    """Start every variant whose driver is there, each with a database of its own."""
    installed = [variant for variant in VARIANTS if variant.is_installed]
    for variant in set(VARIANTS) - set(installed):
        say(f"\nLeft out: {variant.name} ({variant.driver} is not installed).")
    wanted = {variant.name: variant.kind for variant in installed}
    urls = stack.enter_context(empty_databases(wanted))
    servers = {}
    for variant in installed:
        create_tables(variant.engine_url(urls[variant.name]))
        servers[variant] = stack.enter_context(bare_server(variant, urls[variant.name]))
    return servers


def _measure(
    servers: Servers,
    request: Request,
    clients: int,
    seconds: float,
    rounds: int,
    disturbance: Disturbance | None = None,
) -> tuple[dict[Variant, Load], dict[Variant, float]]:
    """Return each variant's load and the processor seconds its server took.

    Every variant has its turn in each round, so that a slow minute of the machine hits all.
    """
    loads = {variant: Load() for variant in servers}
    cpu = dict.fromkeys(servers, 0.0)
    for _ in range(rounds):
        for variant, server in servers.items():
            before = server.cpu_seconds()
            put_under_load(loads[variant], server.port, request, clients, seconds, disturbance)
            cpu[variant] += server.cpu_seconds() - before
    return loads, cpu


def _show(clients: int, loads: Mapping[Variant, Load], cpu: Mapping[Variant, float]) -> None:
    rows = []
    for variant, base in _with_base(loads):
        load, reference = loads[variant], loads[base]
        cost, base_cost = (cpu[each] / len(loads[each].milliseconds) for each in (variant, base))
        rows.append(
            [
                variant.name,
                times(load.per_second, reference.per_second),
                times(load.percentile(50), reference.percentile(50)),
                times(load.percentile(99), reference.percentile(99)),
                times(cost, base_cost),
                f"{load.per_second:.0f}",
                f"{load.percentile(50):.1f}",
                f"{load.percentile(99):.1f}",
                str(load.refused),
            ]
        )
    say_table(
        f"{clients} clients; ratios to the first variant of the same database",
        COLUMNS,
        rows,
    )


def _show_disturbances(servers: Servers, request: Request, seconds: float, rounds: int) -> None:
    quiet, _ = _measure(servers, request, CLIENTS_DISTURBED, seconds, rounds)
    rows = [[variant.name] for variant in servers]
    for disturbance in DISTURBANCES.values():
        loads, _ = _measure(servers, request, CLIENTS_DISTURBED, 2 * seconds, 1, disturbance)
        for row, variant in zip(rows, servers, strict=True):
            slower = times(loads[variant].percentile(50), quiet[variant].percentile(50))
            row += [slower, f"{loads[variant].per_second:.0f}"]
    columns = [column for name in DISTURBANCES for column in (f"{name}: p50", "a second")]
    say_table(
        f"{CLIENTS_DISTURBED} clients while something else happens; p50 as a multiple of the "
        "variant's own quiet run",
        ["variant", *columns],
        rows,
    )


def _with_base(variants: Iterable[Variant]) -> Iterable[tuple[Variant, Variant]]:
    """Pair each variant with the first of its kind."""
    bases: dict[str, Variant] = {}
    for variant in variants:
        yield variant, bases.setdefault(variant.kind, variant)
