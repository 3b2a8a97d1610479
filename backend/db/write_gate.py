"""Lets one writer at a time into a SQLite file, in the order they come.

SQLite's own lock is enough for being right, but whoever waits for it polls with growing pauses:
measured, the slowest of many writers waits 4 to 10 times longer (docs/decisions). A lock in the
process puts its threads in line, and a file lock the processes; the kernel drops the latter when a
process is killed.
"""

import fcntl
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

# A transaction that waits longer than this is most likely one opened inside another.
PATIENCE_SECONDS = 10.0

_HOLDS = "holds_write_gate"


class WriteGate:
    """The gate of one database file; passed at BEGIN, given back when the connection is.

    Parameters
    ----------
    path
        A file beside the database, made when it is missing and never removed.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._path = path
        self._file: Any = None

    def guard(self, engine: Engine) -> None:
        """Put every transaction of an engine behind the gate."""
        event.listen(engine, "begin", self._enter)
        event.listen(engine, "checkin", self._leave)

    def _enter(self, connection: Any) -> None:
        info = connection.connection.record_info
        if info.get(_HOLDS):
            return
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise TimeoutError("another transaction of this process is still writing")
        try:
            if self._file is None:
                self._file = open(self._path, "a")  # noqa: SIM115 - open as long as the gate
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._lock.release()
            raise
        info[_HOLDS] = True

    def _leave(self, _connection: Any, record: Any) -> None:
        # Not in the `commit` event: that one comes before the commit.
        if record.record_info.pop(_HOLDS, False):
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._lock.release()
