"""Runs the bare application in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.accept_path.variants import Variant


@dataclass(frozen=True)
class BareServer:
    """Where a running variant is reached, and its process."""

    port: int
    process_id: int

    def cpu_seconds(self) -> float:
        """Return the processor time it has used: on shared cores, fairer than throughput."""
        stat = Path(f"/proc/{self.process_id}/stat").read_text()
        # The name in brackets may hold blanks; user and system time are the 12th and 13th after it.
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def bare_server(variant: Variant, database_url: str) -> Iterator[BareServer]:
    """Start a variant on a free port; the first request waits until it is up."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        port: int = listener.getsockname()[1]
        descriptor = listener.fileno()
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.bench.accept_path.app"),
                *(variant.name, database_url, str(descriptor)),
            ],
            cwd=Path(__file__).parents[3],
            pass_fds=[descriptor],
        )
    try:
        yield BareServer(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
