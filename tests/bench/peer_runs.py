"""Runs the libraries that estimation is measured against, and holds their figures to ours.

What each does with its library is in `peers/`. A figure of something else is no comparison: who
disagrees with ours by more than the tolerances here ends the run.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.bench.tables import say, say_table, times

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "peers"
ENVIRONMENTS = ROOT / ".venv-bench"
# Shares may differ by so much, since each library rakes until it is content by its own default,
# and errors that respect the raking by this part of themselves.
SHARES_TOLERANCE = 1e-4
ERRORS_TOLERANCE = 1e-4
# So slow a library is timed once.
PATIENCE_SECONDS = 4.0
COLUMNS = (
    *("library", "errors", "seconds", "to Minsheng", "shares differ by at most"),
    *("errors differ by at most", "peak MB before the work", "after it"),
)

Source = Literal["memory", "file"]
Report = dict[str, Any]


@dataclass(frozen=True)
class Peer:
    """A library: its name, and what its errors are."""

    name: str
    errors: Literal["respect raking", "ignore raking", "none"]

    def command(self) -> list[str] | None:
        """Return how its script is called; None where it is not installed."""
        if self.name == "survey":
            found = shutil.which("Rscript")
            return [found, str(SCRIPTS / "using_survey.R")] if found and _has_survey() else None
        python = ENVIRONMENTS / self.name / "bin" / "python"
        if not (ENVIRONMENTS / self.name / ".installed").exists():
            return None
        return [str(python), str(SCRIPTS / f"using_{self.name}.py")]


PEERS = (
    Peer("svy", "respect raking"),
    Peer("samplics", "ignore raking"),
    Peer("survey", "respect raking"),
    Peer("weightipy", "none"),
    Peer("balance", "none"),
    Peer("ipfn", "none"),
)


def say_comparison(title: str, file: Path, source: Source, repeats: int) -> None:
    """Print what Minsheng and the libraries take for the same work.

    Parameters
    ----------
    file
        A CSV file of respondents, with `margins.csv` beside it.
    source
        Whether the work begins with the file, or with what was read from it.
    repeats
        Of which the best is taken; a slow library is called once.
    """
    ours = measure_ours(file, source, max(repeats, 7))
    rows = [_row("Minsheng", "respect raking", ours, ours, "–", "–")]
    for peer in PEERS:
        command = peer.command()
        if command is None:
            say(f"{peer.name} is not installed here, and is left out.")
            continue
        report = _measure(command, file, source, 1)
        if report["seconds"] < PATIENCE_SECONDS and repeats > 1:
            report = _measure(command, file, source, repeats)
        rows.append(_row(peer.name, peer.errors, report, ours, *_differences(peer, report, ours)))
    say_table(title, COLUMNS, rows)


def measure_ours(file: Path, source: Source, repeats: int) -> Report:
    """Measure Minsheng, in a process of its own like every library."""
    return _measure([sys.executable, str(SCRIPTS / "using_minsheng.py")], file, source, repeats)


def _measure(command: Sequence[str], file: Path, source: Source, repeats: int) -> Report:
    ran = subprocess.run(
        [*command, str(file), source, str(repeats)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
    )
    if ran.returncode != 0:
        raise RuntimeError(f"{command[-1]} failed:\n{ran.stderr}")
    report: Report = json.loads(ran.stdout)
    return report


def _row(name: str, errors: str, report: Report, ours: Report, *differences: str) -> list[str]:
    megabytes = report.get("megabytes")
    memory = [f"{megabytes[when]:.0f}" if megabytes else "–" for when in ("before", "after")]
    ratio = times(report["seconds"], ours["seconds"])
    return [name, errors, f"{report['seconds']:.3g}", ratio, *differences, *memory]


def _differences(peer: Peer, report: Report, ours: Report) -> tuple[str, str]:
    """Return by how much shares and errors differ from ours; raises where it is too much."""
    pairs = [*_pairs(report, ours)]
    shares = max(abs(theirs[0] - own[0]) for theirs, own in pairs)
    if not shares <= SHARES_TOLERANCE:
        raise ValueError(f"{peer.name} estimates something else: shares differ by {shares}")
    if peer.errors != "respect raking":
        return f"{shares:.0e}", "–"
    errors = max(abs(theirs[1] / own[1] - 1) for theirs, own in pairs)
    if not errors <= ERRORS_TOLERANCE:
        raise ValueError(f"{peer.name} has other errors: they differ by {errors:.1%}")
    return f"{shares:.0e}", f"{errors:.0e}"


def _pairs(report: Report, ours: Report) -> Iterator[tuple[list[float], list[float]]]:
    yield report["overall"], ours["overall"]
    for domain, own in ours["domains"].items():
        yield report["domains"][domain], own


def _has_survey() -> bool:
    asked = "library(survey); library(jsonlite)"
    ran = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False)
    return ran.returncode == 0
