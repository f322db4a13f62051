"""Checkers that run code of the project: which errors they tell, and when they are not asked."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.validation import Use, Validators
from smallcode.adapters.validation.projects import ALL
from smallcode.build import open_validator
from smallcode.messages import Edit, Problem, Text
from smallcode.settings import Settings

TSC = """
for number, line in enumerate(open("src/a.ts").read().splitlines(), 1):
    if "wrong" in line:
        print(f"src/a.ts({number},7): error TS2322: Type 'wrong' is not assignable.\\n  It is a string.")
print("src/b.ts(1,1): error TS1005: ';' expected.")
sys.exit(2)
"""
ESLINT = """
import json
assert sys.argv[1:3] == ["--format", "json"]
lines = open(sys.argv[3]).read().splitlines()
messages = [{"line": number, "message": "no-undef", "severity": 2 if "wrong" in line else 1}
            for number, line in enumerate(lines, 1)]
print(json.dumps([{"filePath": sys.argv[3], "messages": messages}]))
sys.exit(1)
"""


def project(root: Path, program: str, body: str) -> None:
    folder = root / "node_modules" / ".bin"
    folder.mkdir(parents=True)
    (folder / program).write_text(f"#!{sys.executable}\nimport sys\n{body}")
    (folder / program).chmod(0o755)
    (root / "tsconfig.json").write_text("{}")
    (root / "src").mkdir()


class Desk:
    """Changes a file on the disk and asks what is new."""

    def __init__(self, root: Path, path: str, content: str) -> None:
        (root / path).write_text(content)
        self.workspace = DiskWorkspace(root)
        self.judge = Validators(self.workspace.root, Use((), projects=ALL, timeout=60.0))
        self.path = path

    async def change(self, content: str) -> Sequence[Problem]:
        before = await self.workspace.read(self.path)
        after = await self.workspace.apply_edit(Edit(self.path, before, (), content))
        return await self.judge.new_problems(before, after)


@pytest.mark.parametrize(
    ("program", "body", "message"),
    [("tsc", TSC, "Type 'wrong' is not assignable."), ("eslint", ESLINT, "no-undef")],
)
async def test_errors_of_the_file_that_are_new(program: str, body: str, message: str, tmp_path: Path) -> None:
    project(tmp_path, program, body)
    desk = Desk(tmp_path, "src/a.ts", "let wrong;\nlet a;\nlet b;\nlet c;\n")

    async def lines(content: str) -> list[int]:
        told = await desk.change(content)
        assert all(one.message == message and one.path == "src/a.ts" for one in told)
        return [one.line for one in told]

    assert await lines("let wrong;\nlet a;\nlet b;\nlet d;\n") == [], "it is not of the changed lines"
    assert await lines("let x;\nlet wrong;\nlet a;\nlet b;\n") == [], "it has moved"
    assert await lines("let x;\nlet wrong;\nlet a = wrong;\nlet b;\n") == [3]
    assert await lines("let x;\n") == []


async def test_a_text_that_is_not_on_the_disk_is_not_judged(tmp_path: Path) -> None:
    project(tmp_path, "tsc", TSC)
    desk = Desk(tmp_path, "src/a.ts", "let wrong;\n")
    unsaved = Text("src/a.ts", "let wrong;\nlet a;\n", "buffer:1.2")
    assert not await desk.judge.new_problems(None, unsaved)
    assert await desk.judge.new_problems(None, await desk.workspace.read("src/a.ts"))


@pytest.mark.parametrize("body", ["sys.exit(2)\n", "print('{'); sys.exit(1)\n", "raise OSError\n"])
@pytest.mark.parametrize("program", ["tsc", "eslint"])
async def test_one_that_fails_says_nothing(program: str, body: str, tmp_path: Path) -> None:
    project(tmp_path, program, body)
    assert not await Desk(tmp_path, "src/a.ts", "let a;\n").change("let wrong;\n")


async def test_they_are_off_unless_switched_on(tmp_path: Path) -> None:
    project(tmp_path, "tsc", TSC)
    desk = Desk(tmp_path, "src/a.ts", "let wrong;\n")
    text = await desk.workspace.read("src/a.ts")
    for on in (False, True):
        judge = open_validator(Settings(project_checkers=on, validation_timeout=60.0), desk.workspace.root)
        assert judge is not None
        assert bool(await judge.new_problems(None, text)) is on


async def test_a_message_of_cargo_is_placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    span = {"file_name": "app/src/main.rs", "is_primary": True, "line_start": 2}
    messages = [
        {"level": "error", "message": "mismatched types", "spans": [{**span, "is_primary": False}, span]},
        {"level": "warning", "message": "unused", "spans": [span]},
        {"level": "error", "message": "elsewhere", "spans": [{**span, "file_name": "app/src/lib.rs"}]},
        {"level": "error", "message": "aborting due to 1 previous error", "spans": []},
    ]
    printed = "".join(json.dumps({"reason": "compiler-message", "message": one}) + "\n" for one in messages)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "cargo"
    program.write_text(f"#!{sys.executable}\nprint({printed!r})\nprint('no json')\nraise SystemExit(101)\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "ws" / "app" / "src").mkdir(parents=True)
    (tmp_path / "ws" / "app" / "Cargo.toml").write_text("")
    desk = Desk(tmp_path / "ws", "app/src/main.rs", "fn main() {\n}\n")
    told = await desk.change("fn main() {\n    let a: u8 = true;\n}\n")
    assert [(one.line, one.message, one.source) for one in told] == [(2, "mismatched types", "cargo")]


@pytest.mark.slow
async def test_cargo_itself(tmp_path: Path) -> None:
    if shutil.which("cargo") is None:
        pytest.skip("cargo is not installed")
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n')
    (tmp_path / "src").mkdir()
    desk = Desk(tmp_path, "src/main.rs", "fn main() {\n    let _a: u8 = 1;\n}\n")
    told = await desk.change("fn main() {\n    let _a: u8 = true;\n}\n")
    assert [(one.line, one.message) for one in told] == [(2, "mismatched types")]
    assert not await desk.change("fn main() {\n    let _a: u8 = 2;\n}\n")
