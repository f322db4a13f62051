from pathlib import Path

import pytest

from smallcode.cli import main
from smallcode.commands.bench import find_checkout


def test_the_nearest_checkout_is_found(tmp_path: Path) -> None:
    runner = tmp_path / "checkout" / "bench" / "runner"
    runner.mkdir(parents=True)
    deep = tmp_path / "checkout" / "a" / "b"
    assert find_checkout((deep,)) is None
    (runner / "cli.py").touch()
    assert find_checkout((tmp_path, deep)) == tmp_path / "checkout"
    assert find_checkout((runner,)) == tmp_path / "checkout"


def test_every_word_goes_to_the_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", "compare", "--help"])
    assert ended.value.code == 0
    assert "usage: smallcode bench compare" in capsys.readouterr().out
