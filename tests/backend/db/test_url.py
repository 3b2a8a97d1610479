import pytest

from backend.db.url import normalise_url


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///data/x.sqlite3", "sqlite+pysqlite:///data/x.sqlite3"),
        ("postgres://u@h/n", "postgresql+pg8000://u@h/n"),
        ("postgresql://u@h:5433/n", "postgresql+pg8000://u@h:5433/n"),
        ("postgresql+psycopg2://u@h/n", "postgresql+pg8000://u@h/n"),
        (
            "postgresql://u@/n?host=/run/postgresql",
            "postgresql+pg8000://u@/n?unix_sock=%2Frun%2Fpostgresql%2F.s.PGSQL.5432",
        ),
        (
            "postgresql://u@/n?host=/run/postgresql&port=5433",
            "postgresql+pg8000://u@/n?unix_sock=%2Frun%2Fpostgresql%2F.s.PGSQL.5433",
        ),
    ],
)
def test_whatever_an_operator_writes_our_driver_serves_it(written: str, meant: str) -> None:
    assert normalise_url(written).render_as_string() == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nonsense",
        "mysql://u@h/n",
        "oracle://u@h/n",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://h:port/n",
        "postgresql://u@h/n?color=red",
    ],
)
def test_what_is_not_served_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        normalise_url(written)
