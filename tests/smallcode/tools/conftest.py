"""A project for the file tools: in memory or on the disk, behind the real write guard."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.guard import WriteGuard
from smallcode.adapters.measure import vocabulary_tokens
from smallcode.adapters.memory import FixedValidator, MemoryWorkspace
from smallcode.adapters.outlines import TreeOutliner
from smallcode.adapters.shell import BashShell
from smallcode.core.budget import Budget
from smallcode.core.focus import Focus
from smallcode.ports import Outcome, Workspace
from smallcode.settings import Settings
from smallcode.tools import by_name
from smallcode.tools.base import ToolContext, ToolOutput


class Project:
    """``run`` validates the arguments and runs a tool, as the loop does."""

    def __init__(self, workspace: Workspace, outcome: Outcome, settings: Settings) -> None:
        self.workspace = workspace
        self.approver = FixedApprover(outcome)
        guard = WriteGuard(workspace, self.approver)
        # The shell starts with its first command, and no file tool runs one but create_and_run.
        self.shell = BashShell("/")
        self.validator = FixedValidator("BROKEN")
        self.context = ToolContext(guard, self.shell, settings, self.validator)

    def ask(self, request: str, window: int = 32768) -> "Project":
        """The same project in a turn with this request, before a model with this window."""
        budget = Budget.of(window, None, 950, vocabulary_tokens)
        outliner = TreeOutliner()
        self.context = replace(self.context, budget=budget, focus=Focus(request), outliner=outliner)
        return self

    async def run(self, name: str, /, **arguments: Any) -> ToolOutput:
        tool = by_name[name]
        return await tool.run(self.context, tool.arguments.model_validate(arguments))


MakeProject = Callable[..., Project]


@pytest.fixture
def project() -> MakeProject:
    """``project({path: content}, max_result_chars=…)`` is in memory; its texts are ``workspace.texts``.
    ``outcome`` is the answer to every request for permission."""

    def make(files: Mapping[str, str], outcome: Outcome = "allow_once", **settings: Any) -> Project:
        return Project(MemoryWorkspace(files), outcome, Settings(**settings))

    return make


@pytest.fixture
def disk_project(tmp_path: Path) -> MakeProject:
    """``disk_project({path: bytes})`` is below ``tmp_path``."""

    def make(files: Mapping[str, bytes]) -> Project:
        for path, data in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        return Project(DiskWorkspace(tmp_path), "allow_once", Settings())

    return make


@pytest.fixture
def project_on() -> MakeProject:
    """``project_on(workspace)`` is on any workspace, such as one that fails."""

    def make(workspace: Workspace) -> Project:
        return Project(workspace, "allow_once", Settings())

    return make
