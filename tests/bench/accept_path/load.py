"""Clients in a closed loop: each sends its next submission when the one before is acknowledged.

Sockets and bytes instead of an HTTP library, whose own work would take the processor from the
server that is measured.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import numpy as np
import uvloop

Request = Callable[[], bytes]


@dataclass
class Load:
    """What came of one or more runs.

    Attributes
    ----------
    milliseconds
        How long each acknowledged submission took.
    seconds
        How long the runs were.
    refused
        Replies other than 201. A run in which there are any measures nothing.
    """

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0
    refused: int = 0

    @property
    def per_second(self) -> float:
        """Acknowledged submissions a second."""
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: float) -> float:
        """Return a percentile of the milliseconds."""
        return float(np.percentile(self.milliseconds, percent)) if self.milliseconds else 0.0


@dataclass(frozen=True)
class Disturbance:
    """What else the server is asked meanwhile, and by how many callers in a loop."""

    path: str
    callers: int


def submissions(path: str, answers: Sequence[Mapping[str, Any]]) -> Request:
    """Return a maker of POST requests: the answers in turn, each under a key of its own."""
    bodies = cycle([json.dumps({"answers": each}).encode() for each in answers])

    def make() -> bytes:
        body = next(bodies)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return make


def put_under_load(
    load: Load,
    port: int,
    request: Request,
    clients: int,
    seconds: float,
    disturbance: Disturbance | None = None,
) -> None:
    """Add one run to a load."""
    uvloop.run(_run(load, port, request, clients, seconds, disturbance))


async def _run(
    load: Load,
    port: int,
    request: Request,
    clients: int,
    seconds: float,
    disturbance: Disturbance | None,
) -> None:
    begun = time.perf_counter()
    end = begun + seconds
    submitting = [_submit(load, port, request, end) for _ in range(clients)]
    if disturbance:
        submitting += [_disturb(port, disturbance.path, end) for _ in range(disturbance.callers)]
    await asyncio.gather(*submitting)
    # Up to the last reply, or a server that stops would count as a fast one.
    load.seconds += time.perf_counter() - begun


async def _submit(load: Load, port: int, request: Request, end: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (sent := time.perf_counter()) < end:
        if await _ask(reader, writer, request()) == 201:
            load.milliseconds.append((time.perf_counter() - sent) * 1000)
        else:
            load.refused += 1
    writer.close()


async def _disturb(port: int, path: str, end: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        await _ask(reader, writer, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Send a request and return the status of its reply."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n")[0]))
    return int(head.split(b" ", 2)[1])
