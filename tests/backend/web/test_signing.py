from hypothesis import given
from hypothesis import strategies as st

from backend.web.signing import keyed_hash, read_signed, sign

SECRET = "a secret of the tests"


@given(st.text())
def test_what_was_signed_is_read_back(value: str) -> None:
    value = value.encode("utf-8", "ignore").decode()

    assert read_signed(SECRET, "context", sign(SECRET, "context", value)) == value


@given(st.text())
def test_what_was_not_signed_is_nothing(typed: str) -> None:
    typed = typed.encode("utf-8", "ignore").decode()

    assert read_signed(SECRET, "context", typed) is None


def test_a_signature_is_worth_nothing_elsewhere() -> None:
    signed = sign(SECRET, "context", "value")

    assert read_signed(SECRET, "another context", signed) is None
    assert read_signed("another secret", "context", signed) is None
    assert read_signed(SECRET, "context", "x" + signed) is None


def test_a_keyed_hash_depends_on_secret_context_and_value() -> None:
    hashes = {
        keyed_hash(secret, context, value)
        for secret in ("a", "b")
        for context in ("a", "b")
        for value in ("a", "b")
    }

    assert len(hashes) == 8
