"""The frozen document of a closed round: its bytes, its hash, and reading it again. Pure."""

import hashlib
import json

from backend.ratings.live.snapshot import Snapshot


def canonical(snapshot: Snapshot) -> str:
    """Write a snapshot so that the same one always gives the same text."""
    return json.dumps(
        snapshot.model_dump(mode="json"),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def sha256_of(frozen: str) -> str:
    """Return the hash of a frozen document, of its bytes in UTF-8."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def read_frozen(frozen: str) -> Snapshot:
    """Read a frozen document."""
    return Snapshot.model_validate_json(frozen)
