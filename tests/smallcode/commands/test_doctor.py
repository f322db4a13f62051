"""``smallcode doctor``: findings, remedies, and the source of every setting."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.adapters.settings_file import load
from smallcode.commands.doctor import examine, settings_findings
from smallcode.commands.judging import Level, judge
from smallcode.core.profile import Profile
from smallcode.ports import ModelInfo
from smallcode.settings import Settings

if TYPE_CHECKING:
    from .conftest import CommandLine

INFO = ModelInfo("http://127.0.0.1:8080/v1", "qwen", 32768, "server", "llama.cpp", True, ("qwen",))
FENCED = Profile("x1", tools="text", dialect="fenced", thinks=True)
NOBODY = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("info", "subject", "level", "text"),
    [
        (INFO, "server", "ok", "http://127.0.0.1:8080/v1 (llama.cpp)"),
        (replace(INFO, address="http://me:secret@host/v1"), "server", "ok", "http://host/v1"),
        (INFO, "model", "ok", "qwen"),
        (replace(INFO, models=("a", "b")), "model", "warning", "Set model to one of: a, b."),
        (replace(INFO, models=("qwen:latest",)), "model", "ok", "qwen"),
        (INFO, "window", "ok", "32,768 tokens, told by the server"),
        (replace(INFO, window=8192, window_source="assumed"), "window", "warning", "Set context_window"),
        (replace(INFO, window_source="settings"), "window", "ok", "told by the settings"),
        (replace(INFO, window=4096), "window", "warning", "tight"),
        (replace(INFO, window=1024), "window", "problem", "-c 16384"),
        (replace(INFO, asked_window=16384, window=16384), "window", "ok", "16,384 tokens in force"),
        (
            replace(INFO, asked_window=16384, window=16384, window_source="settings"),
            "window",
            "ok",
            "16,384 tokens will be asked for",
        ),
        (replace(INFO, asked_window=16384, window=4096), "window", "warning", "4,096 tokens in force"),
        (INFO, "requests", "ok", "any number"),
        (replace(INFO, slots=1), "requests", "ok", "take turns"),
        (replace(INFO, slots=4), "requests", "ok", "4 at once"),
        (INFO, "counting", "ok", "estimated"),
        (replace(INFO, counting="server"), "counting", "ok", "by the server"),
        (INFO, "tools", "ok", "native"),
        (replace(INFO, native_tools=None), "tools", "ok", "does not tell"),
        (replace(INFO, native_tools=False), "tools", "warning", "--jinja"),
        (replace(INFO, tools_as_text=True, profile=FENCED), "tools", "ok", "in the form fenced"),
        (replace(INFO, native_tools=False, profile=FENCED, tools_as_text=True), "tools", "ok", "fenced"),
        (replace(INFO, profile=FENCED, profile_why="it is called x"), "profile", "ok", "x1: it is called x"),
        (INFO, "thinking", "ok", "no switch is known"),
        (replace(INFO, thinking_switch="no_think"), "thinking", "ok", "switch: no_think"),
        (replace(INFO, profile=FENCED), "thinking", "ok", "thinks by itself"),
        (INFO, "forcing", "ok", "no way to force a call"),
        (replace(INFO, constraints=("free", "shaped")), "forcing", "ok", "by a grammar or schema"),
        (
            replace(INFO, constraints=("free", "required", "shaped"), untried=("required",)),
            "forcing",
            "ok",
            "by a grammar or schema; not tried yet: tool_choice",
        ),
    ],
)
def test_what_a_server_means(info: ModelInfo, subject: str, level: Level, text: str) -> None:
    (finding,) = [finding for finding in judge(info) if finding.subject == subject]
    assert finding.level == level
    assert text in f"{finding.detail} {finding.remedy}"
    assert bool(finding.remedy) == (level != "ok")


def test_a_setting_that_cannot_be_used_is_a_warning(tmp_path: Path) -> None:
    def resolve(steps: int) -> Any:
        missing = tmp_path / "none.toml"
        return load(None, environment={}, overrides={"max_steps": steps}, user_file=missing)

    assert [finding.level for finding in settings_findings(resolve(5))] == ["ok"]
    (finding,) = settings_findings(resolve(0))
    assert finding.level == "warning"
    assert "max_steps = 0 cannot be used" in finding.detail


@pytest.mark.parametrize(
    ("faults", "level", "text"),
    [
        ({}, "ok", "(llama.cpp)"),
        ({"api_key": "other"}, "problem", "127.0.0.1"),
        ({"loading": 1000}, "problem", "is not ready after 1 s"),
    ],
)
async def test_a_real_server_is_asked(
    tmp_path: Path, faults: dict[str, Any], level: Level, text: str
) -> None:
    async with ScriptedServer([], like="llama.cpp", **faults) as server:
        resolved = load(
            None,
            environment={},
            overrides={"base_url": server.address},
            user_file=tmp_path / "none.toml",
        )
        findings = await examine(tmp_path, resolved, patience=1.0)
        asked = server.requests
    (finding,) = [finding for finding in findings if finding.subject == "server"]
    assert finding.level == level
    assert text in finding.detail
    assert bool(finding.remedy) == (level != "ok")
    assert asked == []


@pytest.mark.slow
async def test_the_report_tells_the_source_of_every_setting_and_no_key(command_line: CommandLine) -> None:
    (command_line.project / "smallcode.toml").write_text(
        "max_steps = 9\ntrace = 3\nedit_permission = 'allow'\n"
    )
    async with ScriptedServer([Step(fault=Fault("close"))], like="llama.cpp", api_key="top-secret") as server:
        variables = {"SMALLCODE_BASE_URL": server.address, "SMALLCODE_API_KEY": "top-secret"}
        as_json = await command_line.run("doctor", "--json", **variables)
        as_text = await command_line.run("doctor", COLUMNS="400", **variables)
    assert (as_json.status, as_text.status) == (0, 0)
    report = json.loads(as_json.out)
    assert report["ok"] and not report["trusted"]
    settings = {entry["name"]: entry for entry in report["settings"]}
    assert settings.keys() == Settings.model_fields.keys()
    assert settings["max_steps"]["source"].startswith("project file ")
    assert settings["api_key"] == {
        "name": "api_key",
        "value": "set, not shown",
        "source": "environment SMALLCODE_API_KEY",
    }
    warned = [entry["detail"] for entry in report["findings"] if entry["subject"] == "settings"]
    assert len(warned) == 2
    for text in (as_json.out, as_text.out):
        assert "top-secret" not in text
        assert "edit_permission is ignored" in text


@pytest.mark.slow
async def test_what_is_missing_is_a_problem_with_its_remedy(
    command_line: CommandLine, tmp_path: Path
) -> None:
    ran = await command_line.run("doctor", "--json", SMALLCODE_BASE_URL=NOBODY, PATH=str(tmp_path))
    assert ran.status == 1
    found = {entry["subject"]: entry for entry in json.loads(ran.out)["findings"]}
    expected = {"server": "problem", "ripgrep": "warning", "git": "warning", "bash": "problem"}
    assert {name: found[name]["level"] for name in expected} == expected
    assert all(found[name]["remedy"] for name in expected)
    assert "127.0.0.1:9" in found["server"]["detail"]
