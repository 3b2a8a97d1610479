"""Minsheng as a process of its own, for browsers and for tests that kill it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

# Long enough for a first start that loads the demonstration on a busy machine.
START_SECONDS = 180


class LiveServer:
    """`minsheng serve` on a free port of the loopback address.

    Attributes
    ----------
    url
        The address, the same after every start.
    log_path
        What the server wrote on standard error, over all its starts.
    """

    def __init__(self, database_url: str, folder: Path, *arguments: str) -> None:
        self.database_url = database_url
        self.log_path = folder / "server.log"
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._folder = folder
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        command = [sys.executable, "-m", "backend.cli.main", "serve", "--port", str(self._port)]
        environment = {
            # Nothing of the developer's own settings.
            **{k: v for k, v in os.environ.items() if not k.startswith("MINSHENG_")},
            "MINSHENG_DATABASE_URL": self.database_url,
            "MINSHENG_DATA_DIR": str(self._folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        with open(self.log_path, "ab") as log, open(self._folder / "server.out", "ab") as out:
            self._process = subprocess.Popen(
                [*command, *self._arguments],
                env=environment,
                # Where no .env lies.
                cwd=self._folder,
                stdout=out,
                stderr=log,
            )
        self._wait_until_ready(self._process)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout=30)

    def printed(self) -> str:
        """Return what it wrote on standard output."""
        return (self._folder / "server.out").read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).is_success:
                    return
            except httpx.TransportError:
                pass
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        raise RuntimeError(f"the server did not start:\n{self.log_path.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
