from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from pydantic import ValidationError

from smallcode.adapters.shell import BashShell
from smallcode.errors import EditRejected, NoSuchFile, OutsideWorkspace, ShellError
from smallcode.messages import Edit, Text
from smallcode.ports import PermissionRequest, SearchMatch, SearchQuery, Shell, ShellResult
from smallcode.settings import Settings
from smallcode.tools.base import ToolContext, ToolOutput
from smallcode.tools.bash import bash


class Buffers:
    """A workspace of which only open buffers matter: ``save`` writes them to the disk, or cannot."""

    def __init__(self, root: Path, unsaved: dict[str, str] | None = None, *, locked: bool = False) -> None:
        self._root = root
        self._unsaved = unsaved or {}
        self._locked = locked

    @property
    def root(self) -> str:
        return str(self._root)

    def locate(self, path: str) -> str:
        raise OutsideWorkspace(path, "no files here")

    async def read(self, path: str) -> Text:
        raise NoSuchFile(path)

    async def apply_edit(self, edit: Edit) -> Text:
        raise NoSuchFile(edit.path)

    async def remove(self, base: Text) -> None:
        raise NoSuchFile(base.path)

    async def files(self, under: str = "") -> Sequence[str]:
        return []

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        return []

    async def save(self) -> None:
        if self._locked:
            raise EditRejected("app.py", "The editor did not save app.py.", "Save it by hand.")
        for path, content in self._unsaved.items():
            (self._root / path).write_text(content)

    def shown(self, text: Text) -> None:
        pass


class Canned:
    """A shell in which every command comes to the same."""

    def __init__(self, result: ShellResult) -> None:
        self._result = result
        self.ran: list[tuple[str, float]] = []

    async def run(self, command: str, timeout: float) -> ShellResult:
        self.ran.append((command, timeout))
        return self._result

    async def aclose(self) -> None:
        pass


class Broken(Canned):
    async def run(self, command: str, timeout: float) -> ShellResult:
        raise ShellError("There is no bash on this machine.", "Install bash.")


@pytest.fixture
async def shell(tmp_path: Path) -> AsyncIterator[BashShell]:
    made = BashShell(str(tmp_path))
    yield made
    await made.aclose()


async def call(
    command: str, workspace: Buffers, shell: Shell, settings: Settings | None = None
) -> ToolOutput:
    arguments = bash.arguments.model_validate({"command": command})
    return await bash.run(ToolContext(workspace, shell, settings or Settings()), arguments)


@pytest.mark.parametrize(
    ("result", "content", "ok"),
    [
        (ShellResult(0, "hi\n", False, "."), "exit status 0\n\nhi\n", True),
        (ShellResult(0, "", False, "."), "exit status 0\n\n(no output)", True),
        (ShellResult(0, " \n", False, "."), "exit status 0\n\n(no output)", True),
        (ShellResult(3, "no\n", False, "."), "exit status 3\n\nno\n", False),
        (ShellResult(0, "hi\n", False, "src/a"), "exit status 0\nnow in src/a\n\nhi\n", True),
        (
            ShellResult(0, "hi\n", False, ".", ("One note.", "Another.")),
            "exit status 0\nOne note.\nAnother.\n\nhi\n",
            True,
        ),
        (
            ShellResult(None, "begun\n", True, "."),
            "Ended after 30 s without an exit status. Run less at once. What waits for input or serves "
            "forever cannot be run here; only the user can raise the limit (setting bash_timeout)."
            "\n\nbegun\n",
            False,
        ),
    ],
)
async def test_what_the_model_reads(tmp_path: Path, result: ShellResult, content: str, ok: bool) -> None:
    output = await call("anything", Buffers(tmp_path), Canned(result))
    assert (output.content, output.ok) == (content, ok)


@pytest.mark.parametrize("timed_out", [False, True])
async def test_a_long_result_is_cut_but_says_how_it_ended(tmp_path: Path, timed_out: bool) -> None:
    printed = "".join(f"line {number}\n" for number in range(2000))
    result = ShellResult(None if timed_out else 2, printed, timed_out, ".", ("A note.",))

    output = await call("make", Buffers(tmp_path), Canned(result), Settings(max_result_chars=600))

    assert len(output.content) <= 600
    assert output.content.startswith("Ended after" if timed_out else "exit status 2")
    assert "A note." in output.content
    assert "line 0\n" in output.content
    assert output.content.endswith("line 1999\n")


async def test_the_command_sees_what_was_in_the_buffers(tmp_path: Path, shell: BashShell) -> None:
    (tmp_path / "app.py").write_text("old\n")
    output = await call("cat app.py; exit 3", Buffers(tmp_path, {"app.py": "new\n"}), shell)
    assert (output.content, output.ok) == ("exit status 3\n\nnew\n", False)


async def test_a_command_does_not_run_on_text_that_could_not_be_saved(tmp_path: Path) -> None:
    shell = Canned(ShellResult(0, "", False, "."))
    output = await call("pytest", Buffers(tmp_path, locked=True), shell)
    assert not output.ok
    assert output.content.startswith("The command did not run: it would have seen old text.")
    assert "The editor did not save app.py. Save it by hand." in output.content
    assert shell.ran == []


async def test_the_deadline_is_the_setting(tmp_path: Path, shell: BashShell) -> None:
    canned = Canned(ShellResult(0, "", False, "."))
    await call("make", Buffers(tmp_path), canned, Settings(bash_timeout=7))
    assert canned.ran == [("make", 7.0)]

    output = await call("echo begun; sleep 60", Buffers(tmp_path), shell, Settings(bash_timeout=0.2))
    assert output.content.startswith("Ended after 0.2 s")
    assert output.content.endswith("\n\nbegun\n")


async def test_a_shell_that_cannot_be_used_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(ShellError, match="Install bash"):
        await call("make", Buffers(tmp_path), Broken(ShellResult(0, "", False, ".")))


@pytest.mark.parametrize(
    "arguments", [{}, {"command": ""}, {"command": " \n"}, {"command": "a\0b"}, {"cmd": "ls"}]
)
def test_bad_arguments(arguments: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        bash.arguments.model_validate(arguments)


def test_the_person_sees_exactly_the_command() -> None:
    command = "  make test \\\n  && echo done  "
    arguments = bash.arguments.model_validate({"command": command})
    assert bash.permission is not None
    assert bash.permission(arguments) == PermissionRequest("shell", "Run a shell command", command, command)


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("make test", "run make test"),
        ("\n make test\nmake install", "run make test …"),
        ("x" * 100, f"run {'x' * 80} …"),
    ],
)
def test_title(command: str, title: str) -> None:
    assert bash.title is not None
    assert bash.title(bash.arguments.model_validate({"command": command})) == title


def test_the_schema_is_flat_and_says_what_stays() -> None:
    function = bash.schema["function"]
    assert function["name"] == "bash"
    assert function["parameters"] == {
        "type": "object",
        "properties": {
            "command": {"type": "string", "description": "The command, as for bash; may have several lines."}
        },
        "required": ["command"],
    }
    assert "cd, variables and functions stay" in function["description"]
