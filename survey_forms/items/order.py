"""The order in which choices and rows are shown: as written, or shuffled by a stable seed."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Literal, TypeVar

Order = Literal["fixed", "shuffled"]
Listed = TypeVar("Listed")


def shuffled(
    entries: Sequence[Listed], name: Callable[[Listed], str], seed: int, salt: str
) -> tuple[Listed, ...]:
    """Return `entries` in an order that depends only on seed, salt (the item) and names.

    Ranking by a digest rather than by a random generator: the same on every machine and Python,
    and one entry more or less leaves the relative order of the others.
    """

    def rank(entry: Listed) -> bytes:
        return sha256(f"{seed}:{salt}:{name(entry)}".encode()).digest()

    return tuple(sorted(entries, key=rank))
