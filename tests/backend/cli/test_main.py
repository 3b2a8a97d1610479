import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
# What commands need and `--help` should not wait for.
HEAVY = {"sqlalchemy", "fastapi", "numpy", "pydantic", "alembic"}


def run(*arguments: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_setting_is_one_line_and_a_usage_error(tmp_path: Path) -> None:
    result = run(
        "-m", "backend.cli.main", "db", "status", folder=tmp_path, MINSHENG_TIMEZONE="Jining"
    )

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == "MINSHENG_TIMEZONE wants a time zone such as Asia/Shanghai\n"


def test_help_loads_nothing_that_takes_long(tmp_path: Path) -> None:
    probe = "import sys, backend.cli.main; print(*sorted({m.split('.')[0] for m in sys.modules}))"

    result = run("-c", probe, folder=tmp_path)

    assert result.returncode == 0, result.stderr
    assert HEAVY.isdisjoint(result.stdout.split())


def test_every_command_has_help(tmp_path: Path) -> None:
    result = run("-m", "backend.cli.main", "--help", folder=tmp_path)

    assert result.returncode == 0
    for command in ("serve", "db", "demo", "questionnaire", "survey", "staff", "token"):
        assert command in result.stdout
