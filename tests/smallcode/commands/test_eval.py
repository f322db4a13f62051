"""``smallcode eval``: the checkout's messages, and those of a file."""

from pathlib import Path

import pytest

from smallcode.cli import main

ROWS = """\
{"message": "Fix it", "accept": ["write"], "kind": "terse"}

{"message": "yes", "accept": ["search"], "previous": "search"}
{"message": "Run the tests", "accept": ["respond"]}
"""


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS)
    return str(path)


def test_accuracy_confusion_and_the_worst(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "classify_accuracy", rows]) == 0
    shown = capsys.readouterr().out
    assert "accuracy 66.7% (2 of 3)" in shown
    assert "not respond: Run the tests" in shown and "not write" not in shown
    (respond,) = [line for line in shown.splitlines() if line.startswith("│ respond")]
    # One message that was talk to its author was taken for run.
    assert [cell.strip() for cell in respond.split("│")[2:-1]] == ["·", "·", "·", "1", "·", "·", "·", "·"]


def test_what_is_offered(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "tool_selection", rows]) == 0
    shown = capsys.readouterr().out
    assert shown.count("100.0%") == 4
    assert "of 1 misrouted messages, 1 are offered what they need" in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1"),
        ('{"message": "x"}', "line 1: accept"),
        ('{"message": "x", "accept": ["cook"]}', "line 1: accept.0"),
        ("\n", "holds no message"),
    ],
)
def test_what_is_no_message_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text)
    assert main(["eval", "classify_accuracy", str(path)]) == 2
    assert told in " ".join(capsys.readouterr().err.split())


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "tool_selection", str(tmp_path / "none.jsonl")]) == 2
    assert "cannot be read" in " ".join(capsys.readouterr().err.split())
