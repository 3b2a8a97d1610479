"""Values that go to a browser and come back: signed, so that we know them as our own.

Every use names its context, so that a value signed for one is worth nothing for another.
"""

import hmac
from hashlib import sha256


def keyed_hash(secret: str, context: str, value: str) -> str:
    """Return the HMAC-SHA-256 of a value in a context, as 64 hexadecimal digits."""
    message = f"{context}\0{value}".encode()
    return hmac.new(secret.encode(), message, sha256).hexdigest()


def sign(secret: str, context: str, value: str) -> str:
    """Return `value~signature`, which `read_signed` takes back."""
    return f"{value}~{_signature(secret, context, value)}"


def read_signed(secret: str, context: str, signed: str) -> str | None:
    """Return the value that was signed in this context; None when it was not, or was changed."""
    value, _, signature = signed.rpartition("~")
    expected = _signature(secret, context, value)
    # Bytes: compare_digest takes no text beyond ASCII, and this text is anybody's.
    return value if hmac.compare_digest(signature.encode(), expected.encode()) else None


def _signature(secret: str, context: str, value: str) -> str:
    # 128 bits are beyond guessing, and half as long to send.
    return keyed_hash(secret, context, value)[:32]
