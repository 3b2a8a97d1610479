"""How long the simulated responses took, and where they came from. Pure, like `model.py`.

A few are given as no honest respondent would, so that the quality rules have something to find.
Answers know nothing of it: whoever hurries is as satisfied as anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

HURRIED_SHARE = 0.01
HURRIED_SECONDS = (12.0, 45.0)
REPEATED_SHARE = 0.01
# Once somebody sends this many from one place, at this pace.
BURST_SIZE = 30
BURST_PACE = timedelta(seconds=15)
BURST_AT = 0.6
HALLS = 8


@dataclass(frozen=True)
class Paradata:
    """One response's times, with the device and the IP address it came from; None for an
    interviewer's tablet, which sends for everybody."""

    opened_at: datetime
    submitted_at: datetime
    device: str | None
    address: str | None


def draw_paradata(
    times: list[tuple[datetime, datetime]], channels: list[str], generator: np.random.Generator
) -> list[Paradata]:
    """Draw the paradata of responses in the order of submission, which stays as it is.

    Parameters
    ----------
    times
        When each was opened and submitted, as `fieldwork.draw_times` gives them.
    channels
        The channel of each.
    """
    count = len(times)
    hurried = generator.random(count) < HURRIED_SHARE
    hurry = generator.uniform(*HURRIED_SECONDS, size=count)
    repeated = generator.random(count) < REPEATED_SHARE
    earlier = generator.random(count)
    hall = generator.integers(HALLS, size=count)
    first = int(BURST_AT * count)
    drawn = []
    for number, (opened_at, submitted_at) in enumerate(times):
        taken = submitted_at - opened_at
        if hurried[number]:
            taken = timedelta(seconds=float(hurry[number]))
        source = int(earlier[number] * number) if repeated[number] else number
        device: str | None = f"device {source}"
        address: str | None = _address(2, source)
        if channels[number] == "interviewer":
            device = address = None
        elif 0 <= number - first < BURST_SIZE:
            submitted_at = min(submitted_at, times[first][1] + (number - first) * BURST_PACE)
            device, address = f"device {number}", _address(0, 0)
        elif channels[number] == "hall-qr":
            address = _address(1, int(hall[number]))
        drawn.append(Paradata(submitted_at - taken, submitted_at, device, address))
    return drawn


def _address(kind: int, network: int) -> str:
    """Return an address of the range for documentation (RFC 3849)."""
    return f"2001:db8:{kind}:{network:x}::1"
