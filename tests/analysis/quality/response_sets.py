"""Sets of responses for the rules to judge; each test gives only what it is about."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from analysis.quality import ResponseSet
from analysis.quality.response_set import UNKNOWN


def a_response_set(
    n: int,
    *,
    seconds: ArrayLike | None = None,
    submitted_at: ArrayLike | None = None,
    arrival: ArrayLike | None = None,
    levels: Sequence[str] | None = None,
    matrices: Mapping[str, tuple[int, ...]] | None = None,
    shown: ArrayLike | None = None,
    failed_checks: ArrayLike | None = None,
    contradictions: ArrayLike | None = None,
    **sources: ArrayLike,
) -> ResponseSet:
    """Return n responses; `levels` has a line of characters each, `-` where there is no level."""
    lines = ["4"] * n if levels is None else list(levels)
    table = [[int(mark) if mark.isdigit() else 0 for mark in line] for line in lines]
    width = len(lines[0]) if lines else 1
    known = {
        name: np.asarray(sources.get(name, [UNKNOWN] * n), dtype=np.int64)
        for name in ("device", "identity", "network")
    }
    return ResponseSet(
        arrival=np.asarray(range(n) if arrival is None else arrival, dtype=np.int64),
        submitted_at=np.asarray(range(n) if submitted_at is None else submitted_at, dtype=float),
        seconds=np.asarray([np.nan] * n if seconds is None else seconds, dtype=float),
        levels=np.array(table, dtype=np.int8).reshape(n, width),
        shown=np.asarray([width] * n if shown is None else shown, dtype=np.int64),
        matrices={"fields": tuple(range(width))} if matrices is None else matrices,
        sources=known,
        failed_checks=np.asarray([0] * n if failed_checks is None else failed_checks),
        contradictions=np.asarray([0] * n if contradictions is None else contradictions),
    )
