"""What the script of every library does: take the respondents, time the work, print its figures.

A script is called with a file of respondents that has `margins.csv` beside it, with `memory` or
`file` for where the work begins, and with the number of repeats. It prints one JSON object:
`seconds` (of the best repeat, without imports), `overall` and `domains`, which are pairs of a share
and its standard error (null where the library gives none), and `megabytes`, the most memory that
the process had `before` the work and `after` it.

It is imported in the environment of every library, so it needs nothing but the standard library,
and numpy and pandas in the functions for those that have them.
"""

import csv
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

VARIABLES = ("gender", "age", "education", "district")
ITEM = "satisfaction"
# The codes from which somebody is satisfied: the two best of five.
SATISFIED_FROM = 4

Margins = Mapping[str, Mapping[str, float]]
Share = tuple[float, float | None]


class Figures(NamedTuple):
    """What was estimated: overall and by district."""

    overall: Share
    domains: Mapping[str, Share]


def measure(
    read: Callable[[Path], Any],
    work: Callable[[Any, Margins], Figures],
    reads_itself: bool = False,
) -> None:
    """Time the work as the command line says, and print what came out.

    Parameters
    ----------
    read
        Reads a CSV file into what the library likes best. The time counts when the work begins
        with the file.
    work
        Makes the figures of what was read.
    reads_itself
        Whether `work` takes the path of the file instead, when it begins with the file.
    """
    file, source, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    margins = _read_margins(file.with_name("margins.csv"))
    data = read(file) if source == "memory" else None

    def given() -> Any:
        if source == "memory":
            return data
        return file if reads_itself else read(file)

    before, took = peak_megabytes(), []
    with _quiet():
        for _ in range(repeats):
            begun = time.perf_counter()
            figures = work(given(), margins)
            took.append(time.perf_counter() - begun)
    megabytes = {"before": before, "after": peak_megabytes()}
    report = {"seconds": min(took), "megabytes": megabytes, **figures._asdict()}
    sys.stdout.write(json.dumps(report))


def read_categories(path: Path) -> Any:
    """Read a CSV file with pandas, its variables as categories: whose codes are taken fastest."""
    import pandas as pd

    return pd.read_csv(path, dtype=dict.fromkeys(VARIABLES, "category"))


def positions_of(column: Any, names: list[str]) -> Any:
    """Return (N,) the position in `names` of each value of a pandas column."""
    return column.cat.set_categories(names).cat.codes.to_numpy()


def shares_of(satisfied: Any, weights: Any, domains: Any, names: list[str]) -> Figures:
    """Return weighted shares without errors, for libraries that only make weights.

    All are arrays of one element a respondent; `domains` holds positions in `names`. It costs a few
    passes over the arrays, little beside any of the libraries.
    """
    import numpy as np

    total = np.bincount(domains, weights, minlength=len(names))
    counted = np.bincount(domains, weights * satisfied, minlength=len(names))
    shares = [(float(share), None) for share in counted / total]
    overall = float(counted.sum() / total.sum())
    return Figures((overall, None), dict(zip(names, shares, strict=True)))


def peak_megabytes() -> float:
    """Return the most memory that this process had at once, as Linux tells."""
    # Not `resource.getrusage`: its peak begins with that of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what a library says to standard error: standard output is for figures."""
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout = out


def _read_margins(path: Path) -> Margins:
    margins: dict[str, dict[str, float]] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            margins.setdefault(row["variable"], {})[row["category"]] = float(row["population"])
    return margins
