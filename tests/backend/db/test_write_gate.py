from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, create_engine, text

from backend.db import write_gate
from backend.db.write_gate import WriteGate


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}", pool_size=4)
    WriteGate(tmp_path / "gate").guard(engine)
    return engine


def test_a_transaction_inside_another_fails_instead_of_waiting_for_ever(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_gate, "PATIENCE_SECONDS", 0.01)

    with engine.begin(), pytest.raises(TimeoutError), engine.begin():
        pass

    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_the_gate_opens_again_after_an_error(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin():
        _ = 1 / 0

    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_a_file_that_cannot_be_locked_leaves_the_gate_open(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    WriteGate(tmp_path / "missing" / "gate").guard(engine)

    for _ in range(2):
        with pytest.raises(FileNotFoundError), engine.begin():
            pass


def test_the_next_writer_comes_in_when_the_first_has_gone(engine: Engine) -> None:
    order: list[str] = []
    first_is_in = Event()

    def second() -> None:
        first_is_in.wait(timeout=30)
        with engine.begin():
            order.append("second")

    thread = Thread(target=second)
    thread.start()
    with engine.begin():
        first_is_in.set()
        order.append("first")
    thread.join(timeout=30)

    assert order == ["first", "second"]
