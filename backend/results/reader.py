"""For whom a page is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from backend.results import figures


@dataclass(frozen=True)
class Reader:
    """For whom the page is written: language, zone, and the catalogue."""

    language: str
    zone: tzinfo
    translate: Callable[[str], str]

    def time(self, at: datetime | None) -> str:
        """Write a time in the reader's zone."""
        return figures.MISSING if at is None else local_time(at, self.zone)


def local_time(at: datetime, zone: tzinfo) -> str:
    """Write a time in a zone, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
