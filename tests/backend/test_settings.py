from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.settings import Settings, WrongSettings, load_settings


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without `.env`, so that only what a test sets counts."""
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_data_lies_in_a_folder_here(tmp_path: Path) -> None:
    settings = load_settings()

    assert settings.database_url == f"sqlite:///{tmp_path}/data/minsheng.sqlite3"
    assert settings.timezone == "Asia/Shanghai"
    assert settings.trusted_proxies == ()


def test_a_file_sets_what_the_environment_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("MINSHENG_TIMEZONE=Asia/Urumqi\nMINSHENG_DATA_DIR=from-file\n")
    monkeypatch.setenv("MINSHENG_DATA_DIR", "from-environment")

    settings = load_settings()

    assert settings.timezone == "Asia/Urumqi"
    assert settings.data_dir == Path("from-environment")


def test_proxies_are_a_plain_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_TRUSTED_PROXIES", "10.0.0.5, 10.1.0.0/16,::1")

    assert load_settings().trusted_proxies == ("10.0.0.5", "10.1.0.0/16", "::1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u@h/n"),
        ("DATABASE_URL", "nonsense"),
        ("BASE_URL", "survey.example"),
        ("BASE_URL", "http://[x"),
        ("TIMEZONE", "Jining"),
        ("TIMEZONE", "../etc/passwd"),
        ("SECRET_KEY", "short"),
        ("ROLLUP_SECONDS", "often"),
        ("ROLLUP_SECONDS", "-1"),
        ("ROLLUP_SECONDS", "nan"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "*"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"MINSHENG_{name}", value)

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    message = str(wrong.value)
    assert message.startswith(f"MINSHENG_{name} ")
    assert "wants" in message
    assert "\n" not in message


def test_a_secret_that_is_too_short_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_SECRET_KEY", "hunter2hunter2")

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    assert "hunter2" not in str(wrong.value)


def test_a_folder_that_cannot_be_made_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(tmp_path / "file" / "data"))

    with pytest.raises(WrongSettings, match="MINSHENG_DATA_DIR wants"):
        load_settings()


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = load_settings().secret_key, load_settings().secret_key

    path = tmp_path / "data" / "secret_key"
    assert first == second == path.read_text()
    assert len(first) >= 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_share_one_secret() -> None:
    with ThreadPoolExecutor(16) as threads:
        secrets = set(threads.map(lambda _: load_settings().secret_key, range(32)))

    assert len(secrets) == 1


def test_a_secret_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_SECRET_KEY", "s" * 32)

    settings = load_settings()

    assert isinstance(settings, Settings)
    assert "ssss" not in repr(settings)
