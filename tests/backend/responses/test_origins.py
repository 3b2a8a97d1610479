"""What is kept of where a response came from."""

import pytest
from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.responses.origins import Origin, network_of, origin_of
from tests.backend.published import published

SECRET = "a secret of these tests"
ALL = {"duplicates": {"by": ["device", "identity"]}, "bursts": {}}


def origin(session: Session, slug: str = "hall", **quality: object) -> Origin:
    survey = published(session, slug, quality=quality or None)
    return origin_of(survey, SECRET, address="203.0.113.7", device="phone", identity="openid")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", None),
        ("", None),
        (None, None),
    ],
)
def test_a_network_is_an_address_or_the_part_of_one_that_a_household_shares(
    address: str | None, network: str | None
) -> None:
    assert network_of(address) == network


def test_without_rules_nothing_is_kept(database: Database) -> None:
    with database.write() as session:
        assert origin(session) == Origin()


@pytest.mark.parametrize(
    ("quality", "kept"),
    [
        ({"duplicates": {}}, {"device_hash"}),
        ({"duplicates": {"by": ["identity"]}}, {"identity_hash"}),
        ({"bursts": {}}, {"network_hash"}),
        ({"speeding": {}}, set()),
    ],
)
def test_only_what_a_rule_reads_is_kept(
    database: Database, quality: dict[str, object], kept: set[str]
) -> None:
    with database.write() as session:
        found = origin(session, **quality)

    assert {name for name, value in vars(found).items() if value is not None} == kept


def test_what_is_kept_holds_nothing_of_the_sender_and_differs_between_surveys(
    database: Database,
) -> None:
    with database.write() as session:
        here, there = origin(session, "here", **ALL), origin(session, "there", **ALL)

    hashes = [*vars(here).values(), *vars(there).values()]
    assert len(set(hashes)) == 6
    assert all(len(each) == 64 and set(each) <= set("0123456789abcdef") for each in hashes)
