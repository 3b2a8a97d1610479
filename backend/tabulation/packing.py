"""Grouped counts as the bytes that the roll-up keeps, and back.

A pull reads them every time, so whole numbers take the smallest type that holds them all; they
come back exactly, and so do the sums.
"""

import io
import json

import numpy as np

from backend.tabulation.groups import Group, GroupedCounts


def pack(counts: GroupedCounts) -> bytes:
    """Return the counts as bytes: a NumPy archive without pickled objects."""
    largest = counts.counts.max(initial=0)
    smallest = counts.counts.min(initial=0)
    kind = np.min_scalar_type(largest) if smallest >= 0 else np.dtype(np.int64)
    groups = json.dumps(counts.groups, ensure_ascii=False).encode("utf-8", "surrogatepass")
    file = io.BytesIO()
    np.savez(
        file,
        groups=np.frombuffer(groups, dtype=np.uint8),
        counts=counts.counts.astype(kind),
        sums=counts.sums,
    )
    return file.getvalue()


def unpack(packed: bytes) -> GroupedCounts:
    """Return what `pack` made bytes of."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as archive:
        groups = archive["groups"].tobytes().decode("utf-8", "surrogatepass")
        return GroupedCounts(
            tuple(Group(*group) for group in json.loads(groups)),
            archive["counts"].astype(np.int64),
            archive["sums"],
        )
