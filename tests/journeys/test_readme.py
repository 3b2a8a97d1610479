"""What the READMEs tell a newcomer to type does what they say."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.servers.live import LiveServer

ROOT = Path(__file__).parents[2]
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands_of(readme: str) -> str:
    """Return the commands that use a running server, as they stand."""
    blocks = SHELL_BLOCK.findall((ROOT / readme).read_text())
    return "\n".join(block for block in blocks if "minsheng" in block and "serve" not in block)


def test_a_newcomer_can_type_what_the_readme_shows(live_server: LiveServer, tmp_path: Path) -> None:
    script = commands_of("README.md").replace("http://127.0.0.1:8000", live_server.url)
    environment = {
        **os.environ,
        "MINSHENG_DATABASE_URL": live_server.database_url,
        "MINSHENG_DATA_DIR": str(tmp_path),
    }

    typed = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert typed.returncode == 0, typed.stderr
    table, answers = typed.stdout.split("{", 1)
    receipt, satisfaction = json.loads("[{" + answers.replace("}{", "},{") + "]")
    assert "0.6577" in table
    assert re.fullmatch(r"\d{16}", receipt["id"])
    assert (satisfaction["n"], satisfaction["estimate"]) == (1, 1.0)


def test_both_readmes_show_the_same_commands() -> None:
    assert commands_of("README.md") == commands_of("README.zh-CN.md")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_file_that_the_readme_links_to_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text())

    assert [link for link in links if not (ROOT / link).exists()] == []
