"""When and through which channel the simulated responses come in. Pure, like `model.py`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

FIELDWORK_DAYS = 28
# Share of each channel by age: the young on the web and in WeChat, the old at halls and visited.
CHANNELS = ("web", "wechat", "hall-qr", "interviewer")
CHANNEL_SHARES: Mapping[str, tuple[float, float, float, float]] = {
    "18-29": (0.35, 0.55, 0.07, 0.03),
    "30-39": (0.32, 0.53, 0.11, 0.04),
    "40-49": (0.28, 0.50, 0.15, 0.07),
    "50-59": (0.22, 0.42, 0.20, 0.16),
    "60-69": (0.12, 0.30, 0.25, 0.33),
    "70+": (0.05, 0.15, 0.22, 0.58),
}
# Responses by hour of the day in the city's time, from 0 o'clock: a peak at noon and at night.
HOURS = (1, 0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 6, 9, 7, 5, 5, 5, 5, 6, 9, 11, 10, 6, 3)
# The invitation of the first days and the reminder of day 14 each bring a wave that ebbs.
WAVES = ((0, 1.0), (14, 0.6))
EBB_DAYS = 4.0
MEDIAN_SECONDS = 215.0


def draw_channels(age_bands: list[str], generator: np.random.Generator) -> list[str]:
    """Draw the channel of each person by age band."""
    return [str(generator.choice(CHANNELS, p=CHANNEL_SHARES[band])) for band in age_bands]


def draw_times(
    count: int, until: datetime, generator: np.random.Generator
) -> list[tuple[datetime, datetime]]:
    """Draw when each response was opened and submitted.

    Parameters
    ----------
    until
        An aware time in the city's zone; every response comes in before it, and within the
        `FIELDWORK_DAYS` whole days that end on the day before.

    Returns
    -------
    Pairs (opened, submitted) in the order of submission.
    """
    days = np.arange(FIELDWORK_DAYS)
    intensity = np.full(FIELDWORK_DAYS, 0.15)
    for first, size in WAVES:
        since = days - first
        intensity += np.where(since >= 0, size * np.exp(-since / EBB_DAYS), 0.0)
    hours = np.asarray(HOURS, dtype=float)
    day = generator.choice(days, size=count, p=intensity / intensity.sum())
    hour = generator.choice(24, size=count, p=hours / hours.sum())
    second = generator.integers(0, 3600, size=count)
    taken = MEDIAN_SECONDS * np.exp(0.45 * generator.normal(size=count))
    start = until.replace(hour=0, minute=0, second=0, microsecond=0)
    start -= timedelta(days=FIELDWORK_DAYS)
    submitted = sorted(
        start + timedelta(days=int(d), hours=int(h), seconds=int(s))
        for d, h, s in zip(day, hour, second, strict=True)
    )
    return [
        (at - timedelta(seconds=float(seconds)), at)
        for at, seconds in zip(submitted, taken, strict=True)
    ]
