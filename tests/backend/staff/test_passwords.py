import pytest

from backend.staff.service.passwords import (
    hash_password,
    is_outdated,
    is_password,
    weakness,
)

EMAIL = "wang.fang@jining.example"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        pytest.param("123456789", "too_short", id="nine characters"),
        pytest.param("1234567890", None, id="ten characters"),
        pytest.param("济宁市大数据中心调查处", None, id="eleven Chinese characters"),
        pytest.param("x" * 256, None, id="the longest"),
        pytest.param("x" * 257, "too_long", id="longer than the longest"),
        pytest.param("Wang.Fang@jining.example", "is_email", id="the address in other case"),
        pytest.param("wang.fang@jining.example ", "is_email", id="the address and a space"),
        pytest.param("wang.fang@jining.example!", None, id="more than the address"),
    ],
)
def test_a_password_needs_ten_characters_and_is_not_the_address(
    password: str, code: str | None
) -> None:
    found = weakness(password, EMAIL)

    assert found == code


def test_the_name_before_the_at_sign_is_no_password_either() -> None:
    found = weakness("citizen-survey", "citizen-survey@jining.example")

    assert found == "is_email"


def test_only_the_same_password_fits_its_hash() -> None:
    password_hash = hash_password("correct horse")

    assert is_password(password_hash, "correct horse")
    assert not is_password(password_hash, "correct horsf")


def test_the_same_password_has_another_hash_each_time() -> None:
    first, second = hash_password("correct horse"), hash_password("correct horse")

    assert first != second
    assert first.startswith("$argon2id$")


def test_nothing_fits_where_there_is_no_account() -> None:
    assert not is_password(None, "nobody's password")


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    weaker = hash_password("correct horse").replace("m=64", "m=32")

    assert is_outdated(weaker)
    assert not is_outdated(hash_password("correct horse"))
