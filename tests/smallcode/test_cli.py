"""The command line itself: usage, exit statuses, and a start that imports nothing it need not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from smallcode import __version__
from smallcode.cli import main
from smallcode.commands.run import EXIT_STATUS


@pytest.mark.parametrize(
    ("arguments", "status", "out", "err"),
    [
        (["--version"], 0, f"smallcode {__version__}", ""),
        (["--help"], 0, "doctor", ""),
        (["run", "--help"], 0, "130  it was cancelled", ""),
        ([], 2, "", "usage: smallcode"),
        (["fly"], 2, "", "invalid choice: 'fly'"),
        (["run"], 2, "", "PROMPT"),
        (["run", "  "], 2, "", "the prompt is empty"),
        (["run", "--cwd", "/nonexistent", "x"], 2, "", "/nonexistent is not a folder"),
        (["doctor", "--cwd", "/nonexistent"], 2, "", "/nonexistent is not a folder"),
        (["replay", "/nonexistent.json"], 1, "", "The script /nonexistent.json cannot be read"),
        (["replay", "x.json", "--port", "70000"], 2, "", "'70000' is not a port"),
    ],
)
def test_usage(
    arguments: list[str], status: int, out: str, err: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    printed = capsys.readouterr()
    assert out in printed.out
    assert err in printed.err
    assert "Traceback" not in printed.err


def test_exit_statuses_are_distinct_and_only_done_is_zero() -> None:
    assert len(set(EXIT_STATUS.values()) | {2}) == len(EXIT_STATUS) + 1
    assert [reason for reason, status in EXIT_STATUS.items() if status == 0] == ["done"]


def test_the_version_needs_no_library() -> None:
    code = (
        "import sys; from smallcode.cli import main; main(['--version']); "
        "sys.exit(bool({'pydantic', 'rich', 'httpx', 'asyncio'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
