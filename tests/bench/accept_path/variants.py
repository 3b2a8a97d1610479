"""The ways of accepting a response that are compared."""

from dataclasses import dataclass
from importlib.util import find_spec

from sqlalchemy import URL, make_url


@dataclass(frozen=True)
class Variant:
    """One way: a driver, in threads or async, with or without a queue for writers.

    Attributes
    ----------
    kind
        `sqlite` or `postgresql`; variants are compared within one of them.
    driver
        The module of the database driver, and the name SQLAlchemy has for it.
    queued
        Whether writers wait in a line of ours: SQLite admits one at a time, and whoever waits
        for its own lock polls.
    """

    name: str
    kind: str
    driver: str
    is_async: bool = False
    queued: bool = False

    @property
    def is_installed(self) -> bool:
        """Whether its driver is there."""
        return find_spec("sqlite3" if self.driver == "pysqlite" else self.driver) is not None

    def engine_url(self, url: str) -> URL:
        """Return a database's URL with this driver in it."""
        return make_url(url).set(drivername=f"{self.kind}+{self.driver}")


# The first of each kind is the one in service, and what the others are compared with.
VARIANTS = (
    Variant("sqlite3 in threads, queued", "sqlite", "pysqlite", queued=True),
    Variant("sqlite3 in threads", "sqlite", "pysqlite"),
    Variant("aiosqlite, queued", "sqlite", "aiosqlite", is_async=True, queued=True),
    Variant("aiosqlite", "sqlite", "aiosqlite", is_async=True),
    Variant("pg8000 in threads", "postgresql", "pg8000"),
    Variant("psycopg in threads", "postgresql", "psycopg"),
    Variant("asyncpg", "postgresql", "asyncpg", is_async=True),
)
BY_NAME = {variant.name: variant for variant in VARIANTS}
