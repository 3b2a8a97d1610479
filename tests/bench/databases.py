"""Fresh databases for a measurement: a SQLite file, and PostgreSQL databases of one cluster."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.postgresql import PostgresqlCluster


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is removed at the end."""
    with TemporaryDirectory(prefix="minsheng-bench-") as name:
        yield Path(name)


@contextmanager
def empty_databases(wanted: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Make an empty database under each name; `wanted` says `sqlite` or `postgresql`.

    Both are as durable as in service: what is committed has reached the disk.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        urls: dict[str, str] = {}
        cluster = None
        for number, (name, kind) in enumerate(wanted.items()):
            if kind == "sqlite":
                urls[name] = f"sqlite:///{folder / f'{number}.sqlite3'}"
                continue
            cluster = cluster or stack.enter_context(PostgresqlCluster.started())
            urls[name] = stack.enter_context(cluster.database(template="template0"))
        yield urls


@contextmanager
def one_of_each() -> Iterator[Mapping[str, str]]:
    """Make an empty SQLite and an empty PostgreSQL database."""
    with empty_databases({"SQLite": "sqlite", "PostgreSQL": "postgresql"}) as urls:
        yield urls
