from datetime import UTC, datetime, timedelta

import pytest

from backend.db.engine import Database
from backend.staff.models import ApiToken
from backend.staff.service import Scope, add_token, list_tokens, revoke_tokens
from backend.staff.service.tokens import RENEWAL_STEP, recognise_token

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KEY = "k" * 40


def a_token(database: Database, *scopes: Scope, days: int = 30) -> str:
    with database.write() as session:
        text, _ = add_token(
            session, KEY, "province", scopes or (Scope.EVALUATE,), NOW, timedelta(days=days)
        )
    return text


def stored(database: Database) -> ApiToken:
    with database.read() as session:
        [token] = list_tokens(session)
    return token


def test_a_token_tells_its_holder_and_scopes(database: Database) -> None:
    text = a_token(database, Scope.EXPORT, Scope.EVALUATE)

    holder = recognise_token(database, KEY, text, NOW)

    assert holder is not None
    assert holder.name == "province"
    assert holder.scopes == {Scope.EVALUATE, Scope.EXPORT}


def test_only_a_keyed_hash_and_the_first_characters_are_stored(database: Database) -> None:
    text = a_token(database)

    token = stored(database)

    assert text not in vars(token).values()
    assert text.startswith(token.prefix)
    assert len(token.prefix) < len(text) / 3


@pytest.mark.parametrize("text", ["", "ms_", "ms_wrong", "中文"])
def test_another_text_is_no_token(database: Database, text: str) -> None:
    a_token(database)

    assert recognise_token(database, KEY, text, NOW) is None


def test_a_token_is_worth_nothing_under_another_secret_key(database: Database) -> None:
    text = a_token(database)

    assert recognise_token(database, "another" * 8, text, NOW) is None


def test_a_token_ends_at_its_date(database: Database) -> None:
    text = a_token(database, days=1)

    assert recognise_token(database, KEY, text, NOW + timedelta(hours=23)) is not None
    assert recognise_token(database, KEY, text, NOW + timedelta(days=1)) is None


def test_a_revoked_token_is_worth_nothing(database: Database) -> None:
    text = a_token(database)
    with database.write() as session:
        revoked = revoke_tokens(session, "province", NOW)

    assert revoked == 1
    assert recognise_token(database, KEY, text, NOW) is None


def test_revoking_again_revokes_nothing_more(database: Database) -> None:
    a_token(database)
    with database.write() as session:
        revoke_tokens(session, "province", NOW)

    with database.write() as session:
        assert revoke_tokens(session, "province", NOW) == 0


def test_last_use_is_kept_to_five_minutes(database: Database) -> None:
    text = a_token(database)
    recognise_token(database, KEY, text, NOW)
    recognise_token(database, KEY, text, NOW + RENEWAL_STEP / 2)
    soon = stored(database).last_used_at
    recognise_token(database, KEY, text, NOW + RENEWAL_STEP)
    later = stored(database).last_used_at

    assert (soon, later) == (NOW, NOW + RENEWAL_STEP)


def test_a_token_without_scope_is_refused(database: Database) -> None:
    with database.write() as session, pytest.raises(ValueError, match="scope"):
        add_token(session, KEY, "province", (), NOW)
