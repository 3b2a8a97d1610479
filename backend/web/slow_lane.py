"""Runs slow work, such as an evaluator's pull, in a few threads of its own.

The server's other threads stay free for residents, however many reports are asked for at once.
The work must open its database session itself, inside the function: one that is opened before it
waits here would hold a connection while it waits.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

SLOW_THREADS = 4

Result = TypeVar("Result")


def make_slow_lane() -> CapacityLimiter:
    """Make the limiter that an application keeps as `app.state.slow_lane`."""
    return CapacityLimiter(SLOW_THREADS)


async def in_slow_lane(request: Request, work: Callable[[], Result]) -> Result:
    """Run `work()` in the slow lane, waiting without a thread until one of its threads is free."""
    return await to_thread.run_sync(work, limiter=request.app.state.slow_lane)
