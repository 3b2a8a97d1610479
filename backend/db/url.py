"""Which driver serves a database URL: whatever an operator writes, one driver per database."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

POSTGRESQL_DRIVER = "postgresql+pg8000"
SQLITE_DRIVER = "sqlite+pysqlite"


def normalise_url(raw: str) -> URL:
    """Return the URL with our driver in it.

    Accepts `postgres://`, `postgresql://` and `postgresql+ANY://`, with a socket directory given
    as libpq does (`?host=/var/run/postgresql`), and `sqlite:///PATH`.

    Raises
    ------
    ValueError
        When it is no database URL, or one of a database that Minsheng does not serve.
    """
    try:
        url = make_url(raw)
    except (ArgumentError, ValueError) as error:
        raise ValueError("is not a database URL") from error
    backend = url.drivername.split("+")[0]
    if backend in {"postgres", "postgresql"}:
        return _with_socket(url.set(drivername=POSTGRESQL_DRIVER))
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("names no file")
        return url.set(drivername=SQLITE_DRIVER)
    raise ValueError(f"names {backend}; SQLite and PostgreSQL are served")


def _with_socket(url: URL) -> URL:
    """Translate libpq's `host=/directory` to the socket file that pg8000 wants."""
    unknown = set(url.query) - {"host", "port"}
    if unknown:
        raise ValueError(f"has a parameter that is not known, {min(unknown)}")
    directory = url.query.get("host")
    if not isinstance(directory, str) or not directory.startswith("/"):
        return url
    port = url.query.get("port", url.port or 5432)
    url = url.difference_update_query(["host", "port"])
    return url.update_query_dict({"unix_sock": f"{directory.rstrip('/')}/.s.PGSQL.{port}"})
