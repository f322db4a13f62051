"""run_tests: what is run, what the user is asked, and what the model is told."""

import sys
from pathlib import Path

import pytest
import run_outputs

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.guard import WriteGuard
from smallcode.adapters.memory import MemoryWorkspace
from smallcode.adapters.project import FixedProject
from smallcode.adapters.shell import BashShell
from smallcode.core.budget import Budget
from smallcode.ecosystems import Facts, Tests
from smallcode.errors import OutsideWorkspace
from smallcode.ports import ShellResult
from smallcode.settings import Settings
from smallcode.tools import by_name
from smallcode.tools.base import ToolContext, ToolOutput

TOOL = by_name["run_tests"]

PYTEST = Facts("Python", tests=Tests("pytest", "uv run pytest"))
WEB = Facts("Node", folder="web", tests=Tests("vitest", "npx vitest run"))
MAKE = Facts("Node", tests=Tests("", "npm test"))
NOTHING = Facts("Go")


class Canned:
    """A shell in which every command comes to the same; ``ran`` are the commands."""

    def __init__(self, output: str, status: int | None) -> None:
        self._result = ShellResult(status, output, status is None, ".")
        self.ran: list[str] = []

    async def run(self, command: str, timeout: float) -> ShellResult:
        self.ran.append(command)
        return self._result

    async def aclose(self) -> None:
        pass


def context(shell: Canned | BashShell, *facts: Facts, window: int = 32768) -> ToolContext:
    guard = WriteGuard(MemoryWorkspace({"tests/test_a.py": "", "web/a.test.ts": ""}), FixedApprover("deny"))
    return ToolContext(
        guard, shell, Settings(), budget=Budget.of(window, None, 950), project=FixedProject(*facts)
    )


async def run(output: str, status: int | None, *facts: Facts, window: int = 32768) -> ToolOutput:
    ready = context(Canned(output, status), *facts, window=window)
    return await TOOL.run(ready, TOOL.arguments())


@pytest.mark.parametrize(
    ("facts", "arguments", "command"),
    [
        ((PYTEST,), {}, "uv run pytest -q --tb=short -rfE --color=no"),
        (
            (NOTHING, PYTEST),
            {"path": "tests/test_a.py", "filter": "total"},
            "uv run pytest -q --tb=short -rfE --color=no -k total tests/test_a.py",
        ),
        ((PYTEST,), {"path": "./tests/"}, "uv run pytest -q --tb=short -rfE --color=no tests"),
        ((PYTEST,), {"path": "."}, "uv run pytest -q --tb=short -rfE --color=no"),
        ((WEB,), {"path": "web/a.test.ts"}, "(cd web && CI=1 NO_COLOR=1 npx vitest run a.test.ts)"),
        ((PYTEST, WEB), {"path": "web"}, "(cd web && CI=1 NO_COLOR=1 npx vitest run)"),
        ((WEB, PYTEST), {}, "uv run pytest -q --tb=short -rfE --color=no"),
        ((MAKE,), {"path": "a b.js"}, "npm test 'a b.js'"),
    ],
)
async def test_the_user_is_asked_for_the_very_command(
    facts: tuple[Facts, ...], arguments: dict[str, str], command: str
) -> None:
    shell = Canned("1 passed in 0.1s\n", 0)
    assert TOOL.prepare is not None
    assert TOOL.permission is not None
    prepared = await TOOL.prepare(context(shell, *facts), TOOL.arguments.model_validate(arguments))
    request = TOOL.permission(prepared)
    assert request is not None
    assert (request.kind, request.detail, request.subject) == ("shell", command, command)
    output = await TOOL.run(context(shell, *facts), prepared)
    assert shell.ran == [command]
    assert output.content.startswith(f"$ {command}\n")


@pytest.mark.parametrize(
    ("facts", "output", "status", "ok", "expected"),
    [
        (PYTEST, "..\n2 passed in 0.1s\n", 0, True, ["\n2 passed"]),
        (
            PYTEST,
            run_outputs.PYTEST,
            1,
            False,
            ["2 passed, 4 failed, 1 skipped", "test_add (tests/test_cart.py:5)"],
        ),
        (PYTEST, run_outputs.PYTEST_COLLECTING, 2, False, ["1 failed", "No module named 'nope'"]),
        (PYTEST, "/usr/bin/python3: No module named pytest\n", 1, False, ["pytest is not installed here"]),
        (
            PYTEST,
            "bash: uv: command not found\n",
            127,
            False,
            ["pytest is not installed here", "uv: command"],
        ),
        (PYTEST, "no tests ran in 0.01s\n", 5, False, ["No tests were found (exit status 5)"]),
        (
            PYTEST,
            "ERROR: usage: pytest [options]\n",
            4,
            False,
            ["No results (exit status 4)", "usage: pytest"],
        ),
        (PYTEST, "..", None, False, ["Ended after 30 s without an exit status", "\n\n.."]),
        (
            PYTEST,
            "2 passed in 0.1s\nFAIL Required test coverage\n",
            1,
            False,
            ["2 passed (exit status 1)", "coverage"],
        ),
        (
            WEB,
            run_outputs.VITEST,
            1,
            False,
            ["1 passed, 2 failed, 1 skipped", "cart > totals (cart.test.js:7)"],
        ),
        (MAKE, "all well\n", 0, True, ["exit status 0", "all well"]),
        (MAKE, "", 3, False, ["exit status 3", "(no output)"]),
        (NOTHING, "", 0, False, ["No test runner is known for this project"]),
    ],
)
async def test_what_the_model_is_told(
    facts: Facts, output: str, status: int | None, ok: bool, expected: list[str]
) -> None:
    told = await run(output, status, facts)
    assert told.ok is ok
    assert [part for part in expected if part not in told.content] == []


@pytest.mark.parametrize("window", [4096, 8192, 32768])
@pytest.mark.parametrize("output", [run_outputs.PYTEST * 300, "x" * 200_000, run_outputs.PYTEST])
async def test_it_is_bounded(window: int, output: str) -> None:
    told = await run(output, 1, PYTEST, window=window)
    room = Budget.of(window, None, 950).room("command", Settings().max_result_chars)
    assert room.holds(told.content)


async def test_a_path_outside_is_refused() -> None:
    assert TOOL.prepare is not None
    with pytest.raises(OutsideWorkspace):
        await TOOL.prepare(context(Canned("", 0), PYTEST), TOOL.arguments.model_validate({"path": "../x"}))


async def test_real_tests_in_a_real_shell(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import unittest\nclass T(unittest.TestCase):\n"
        "    def test_a(self): self.assertEqual(1, 2)\n    def test_b(self): pass\n"
    )
    facts = Facts("Python", tests=Tests("unittest", f"{sys.executable} -m unittest discover"))
    shell = BashShell(str(tmp_path))
    try:
        told = await TOOL.run(context(shell, facts), TOOL.arguments())
        filtered = await TOOL.run(context(shell, facts), TOOL.arguments.model_validate({"filter": "test_b"}))
    finally:
        await shell.aclose()
    assert "1 passed, 1 failed\n\nFAILED test_a.T.test_a (" in told.content
    assert f"{tmp_path / 'test_a.py'}:3)\n  AssertionError: 1 != 2" in told.content
    assert filtered.ok
    assert filtered.content.endswith("\n1 passed")
