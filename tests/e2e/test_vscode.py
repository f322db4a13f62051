"""The extension in real VS Code, with the real server and a scripted model over HTTP.

The scenarios stand in vscode/scenarios/scenarios.js and run in one launch; each is one test here.
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from .serving import serving
from .vscode import editor

SCENARIOS = re.findall(
    r'^  async "(.+)"\(\) {$', (editor.HERE / "scenarios" / "scenarios.js").read_text("utf-8"), re.MULTILINE
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcomes(
    vscode: Path, chromium: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    run = tmp_path_factory.mktemp("vscode")
    project = editor.make_project(run / "my project")
    scripts = json.loads((editor.HERE / "replies.json").read_text("utf-8"))
    assert set(scripts) <= set(SCENARIOS), "a script without a scenario"
    with ExitStack() as stack:
        models = {name: stack.enter_context(serving(script)) for name, script in scripts.items()}
        addresses = {name: model.address for name, model in models.items()}
        results = editor.run_scenarios(vscode, chromium, project, run, addresses)
    for name, model in models.items():
        results.get(name, {})["requests"] = [request.json for request in model.requests]
    return results


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(outcomes: dict[str, dict[str, Any]], name: str) -> None:
    assert name in outcomes, f"did not run; these did: {list(outcomes)}"
    outcome = outcomes[name]
    assert outcome["ok"], f"{outcome['error']}\n\nThe output view:\n{outcome['output']}"


def test_the_model_is_told_what_another_checker_reports(outcomes: dict[str, dict[str, Any]]) -> None:
    [request] = outcomes["what another checker reports is known to the server"]["requests"]
    assert "subtracts instead of adding" in request["messages"][-1]["content"]


def test_the_model_sees_the_unsaved_buffer(outcomes: dict[str, dict[str, Any]]) -> None:
    _, after_reading, *_ = outcomes["edit an unsaved buffer, then undo the turn"]["requests"]
    assert "# not saved yet" in after_reading["messages"][-1]["content"]
