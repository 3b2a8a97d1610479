from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from backend.db.engine import Database
from backend.staff.service import AccountRefused, Role, add_account, check_password, list_accounts
from backend.staff.service.accounts import LOCKED_FOR, MOST_ATTEMPTS

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EMAIL = "wang.fang@jining.example"
PASSWORD = "correct horse battery"


def an_account(database: Database, email: str = EMAIL, role: Role = Role.PUBLISHER) -> None:
    with database.write() as session:
        add_account(session, email, role, PASSWORD, NOW)


def fail(database: Database, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        assert check_password(database, EMAIL, "wrong password", now) is None


def test_the_right_password_tells_who_it_is(database: Database) -> None:
    an_account(database)

    staff = check_password(database, EMAIL, PASSWORD, NOW)

    assert staff is not None
    assert (staff.email, staff.role) == (EMAIL, Role.PUBLISHER)


def test_an_address_is_the_same_in_any_case_and_with_spaces_around(database: Database) -> None:
    an_account(database, email="  Wang.Fang@Jining.example")

    staff = check_password(database, "WANG.FANG@jining.example ", PASSWORD, NOW)

    assert staff is not None
    assert staff.email == EMAIL


def test_an_address_with_a_nul_character_is_nobodys(database: Database) -> None:
    assert check_password(database, "wang\x00@jining.example", PASSWORD, NOW) is None


def test_an_address_has_one_account(database: Database) -> None:
    an_account(database)

    with database.write() as session, pytest.raises(AccountRefused) as refused:
        add_account(session, EMAIL.upper(), Role.ADMIN, PASSWORD, NOW)

    assert refused.value.code == "email_taken"
    with database.read() as session:
        assert [account.role for account in list_accounts(session)] == ["publisher"]


@pytest.mark.parametrize("email", ["", "wang", "@jining.example", "wang@", "a b@jining.example"])
def test_what_is_no_address_gets_no_account(database: Database, email: str) -> None:
    with database.write() as session, pytest.raises(AccountRefused) as refused:
        add_account(session, email, Role.ADMIN, PASSWORD, NOW)

    assert refused.value.code == "bad_email"


def test_a_weak_password_gets_no_account(database: Database) -> None:
    with database.write() as session, pytest.raises(AccountRefused) as refused:
        add_account(session, EMAIL, Role.ADMIN, "too short", NOW)

    assert refused.value.code == "too_short"


def test_five_failures_lock_the_account_for_five_minutes(database: Database) -> None:
    an_account(database)
    fail(database, times=MOST_ATTEMPTS)

    while_locked = check_password(database, EMAIL, PASSWORD, NOW + LOCKED_FOR / 2)
    afterwards = check_password(database, EMAIL, PASSWORD, NOW + LOCKED_FOR)

    assert while_locked is None
    assert afterwards is not None


def test_four_failures_and_a_success_start_the_count_anew(database: Database) -> None:
    an_account(database)

    for _ in range(3):
        fail(database, times=MOST_ATTEMPTS - 1)
        assert check_password(database, EMAIL, PASSWORD, NOW) is not None


def test_after_the_lock_there_are_five_attempts_again(database: Database) -> None:
    an_account(database)
    fail(database, times=MOST_ATTEMPTS)
    later = NOW + LOCKED_FOR + timedelta(seconds=1)

    fail(database, times=MOST_ATTEMPTS - 1, now=later)

    assert check_password(database, EMAIL, PASSWORD, later) is not None


def test_guesses_that_arrive_together_get_no_more_attempts(database: Database) -> None:
    an_account(database)
    guesses = [f"guess number {number}" for number in range(11)]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda guess: check_password(database, EMAIL, guess, NOW), guesses))

    with database.read() as session:
        [account] = list_accounts(session)
    assert account.failed_logins == MOST_ATTEMPTS
    assert check_password(database, EMAIL, PASSWORD, NOW) is None


def test_an_unknown_address_takes_as_long_as_a_wrong_password(database: Database) -> None:
    an_account(database)

    def seconds(email: str) -> float:
        started = perf_counter()
        check_password(database, email, "wrong password", NOW)
        return perf_counter() - started

    unknown = min(seconds("nobody@jining.example") for _ in range(3))
    wrong = min(seconds(EMAIL) for _ in range(3))

    # A reply without hashing would come back within a few hundredths of this.
    assert unknown > wrong / 3
