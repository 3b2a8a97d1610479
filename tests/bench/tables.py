"""Prints what was measured, as Markdown."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime


def say(text: str) -> None:
    """Print a line at once: whoever waits for a long part sees how far it is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_machine() -> None:
    """Print when and on what this runs, and whether others keep the machine busy."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, "
        f"{os.getloadavg()[0]:.1f} processes running or waiting in the last minute."
    )


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; its first column is words, the others are figures."""
    say(f"\n{title}\n")
    say(_line(columns))
    say(_line(["---", *["---:"] * (len(columns) - 1)]))
    for row in rows:
        say(_line(row))


def times(value: float, base: float) -> str:
    """Return how many times the base a value is, such as `1.8×`."""
    if not base:
        return "–"
    ratio = value / base
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
