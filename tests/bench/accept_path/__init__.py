"""Threads against async where it matters most: a response is posted, stored, and acknowledged.

The measurement behind docs/decisions/0002. The application is bare on purpose, so that the
difference between the variants is not hidden behind our own work; `tests.bench.submissions` says
what that adds.
"""

from tests.bench.accept_path.compare import run

__all__ = ["run"]
