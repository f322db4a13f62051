"""The Neovim frontend in real Neovim, with the real server and a scripted model over HTTP.

Each file neovim/NAME.lua is a scenario; NAME.json is what the model says in it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.scripted_server import ScriptedServer

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
PLUGIN = REPOSITORY / "editors" / "neovim"
SCENARIOS = Path(__file__).parent / "neovim"
SCREENS = REPOSITORY / "build" / "screens"
SERVER = [str(Path(sys.executable).with_name("smallcode-lsp")), "--stdio"]
HARNESS = "harness.lua"
STYLUA = "@johnnymorganz/stylua-bin@2.5.2"

# Longer than the harness itself waits for anything. Seconds.
PATIENCE = 120.0

Model = Callable[[Any], ScriptedServer]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose path has a space in it."""
    folder = tmp_path / "my project"
    (folder / ".git").mkdir(parents=True)
    return folder


def surroundings(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment without what a developer has set for their own editor and agent."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("SMALLCODE_", "XDG_", "NVIM"))
    }
    home = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return kept | home | {"LC_ALL": "C.UTF-8"} | more


def run_scenario(nvim: Path, project: Path, name: str, url: str) -> None:
    given = {
        "scenario": str(SCENARIOS / f"{name}.lua"),
        "project": str(project),
        "server": SERVER,
        "url": url,
    }
    done = subprocess.run(
        [nvim, "--headless", "--clean", "-n", "--cmd", f"set rtp^={PLUGIN}", "-S", SCENARIOS / HARNESS],
        cwd=project,
        env=surroundings(project.parent, SMALLCODE_E2E=json.dumps(given)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "Error" not in done.stderr, done.stderr


def script_of(name: str) -> Any:
    script = SCENARIOS / f"{name}.json"
    return json.loads(script.read_text("utf-8")) if script.exists() else []


@pytest.mark.parametrize("name", ["ask", "enable", "health", "permission", "save", "text", "typing", "view"])
def test_scenario(nvim: Path, project: Path, scripted_model: Model, name: str) -> None:
    model = scripted_model(script_of(name))
    run_scenario(nvim, project, name, model.address)


def test_stop_closes_the_stream(nvim: Path, project: Path, scripted_model: Model) -> None:
    model = scripted_model(script_of("stop"))
    run_scenario(nvim, project, "stop", model.address)
    assert [request.disconnected for request in model.requests] == [True, False, True]


def test_the_model_is_told_what_the_question_is_about(
    nvim: Path, project: Path, scripted_model: Model
) -> None:
    model = scripted_model(script_of("scope"))
    run_scenario(nvim, project, "scope", model.address)
    prompts = [request.json["messages"][-1]["content"] for request in model.requests]
    at_cursor, by_range, by_keys, from_view, typed = prompts
    assert "undefined name yy" in at_cursor
    assert "os is not used" not in at_cursor.split("undefined name yy")[0]
    for prompt in (by_range, by_keys):
        assert "import os\nx = yy" in prompt
        assert "os is not used" in prompt
        assert "undefined name yy" in prompt
    assert "print(x)" not in by_range
    assert "a.py" in from_view
    assert "from the prompt" in typed


def test_every_scenario_is_run() -> None:
    here = Path(__file__).read_text("utf-8")
    names = {path.stem for path in SCENARIOS.glob("*.lua")} - {Path(HARNESS).stem}
    assert names
    assert {name for name in names if f'"{name}"' not in here} == set()


def test_help_has_a_tag_for_everything(nvim: Path, tmp_path: Path) -> None:
    doc = tmp_path / "doc"
    shutil.copytree(PLUGIN / "doc", doc)
    done = subprocess.run(
        [nvim, "--headless", "--clean", "-n", "-c", f"helptags {doc}", "-c", "qa"],
        env=surroundings(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    tags = {line.split("\t")[0] for line in (doc / "tags").read_text("utf-8").splitlines()}
    commands = re.findall(r"^  (\w+) = \{ run = ", (PLUGIN / "lua/smallcode/commands.lua").read_text(), re.M)
    options = re.findall(r"^  \['?([\w.]+)|^  (\w+) = ", checks_of_config(), re.M)
    assert commands and options
    assert {f":Smallcode-{name}" for name in commands} <= tags
    assert {f"smallcode-option-{one or other}" for one, other in options} <= tags
    text = (doc / "smallcode.txt").read_text("utf-8")
    links = set(re.findall(r"\|(:?[Ss]mallcode[^|\s]*)\|", text))
    assert links <= tags


def checks_of_config() -> str:
    source = (PLUGIN / "lua/smallcode/config.lua").read_text("utf-8")
    found = re.search(r"^local CHECKS = \{\n(.*?)^\}", source, re.M | re.S)
    assert found
    return re.sub(r"^    .*\n", "", found[1], flags=re.M)


def test_lua_is_formatted() -> None:
    if shutil.which("npx") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("npx is not on PATH")
    done = subprocess.run(
        ["npx", "--yes", STYLUA, "--check", "--config-path", PLUGIN / ".stylua.toml", PLUGIN, SCENARIOS],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Terminal:
    """A terminal of 120 by 36 in tmux, on a server of its own."""

    def __init__(self, tmux: Path, socket: Path, command: str, environment: dict[str, str]) -> None:
        self._tmux = [str(tmux), "-S", str(socket), "-f", "/dev/null"]
        self._environment = environment
        self.do("new-session", "-d", "-x", "120", "-y", "36", command)

    def do(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    def type(self, *keys: str) -> None:
        self.do("send-keys", *keys)

    def screen(self) -> str:
        return self.do("capture-pane", "-p")

    def until(self, *texts: str) -> str:
        """The screen once it shows all of the texts."""
        ends = time.monotonic() + PATIENCE / 2
        while time.monotonic() < ends:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"{texts} did not appear:\n{screen}")


def test_a_turn_on_the_screen(nvim: Path, tmux: Path, project: Path, scripted_model: Model) -> None:
    """Driven by keys; the screens are left in build/screens for people to look at."""
    (project / "calc.py").write_text("def add(a, b):\n    return a - b\n", encoding="utf-8")
    (project / "test_calc.py").write_text("from calc import add\n\nassert add(2, 3) == 5\n", encoding="utf-8")
    model = scripted_model(script_of("screen"))
    init = project.parent / "init.lua"
    options = {"cmd": SERVER, "settings": {"base_url": model.address}}
    init.write_text(
        f"vim.opt.rtp:prepend({json.dumps(str(PLUGIN))})\n"
        f"vim.g.smallcode = vim.json.decode([==[{json.dumps(options)}]==])\n",
        encoding="utf-8",
    )
    version = re.search(r"NVIM v(\d+\.\d+)", subprocess.check_output([nvim, "--version"], text=True))
    assert version
    SCREENS.mkdir(parents=True, exist_ok=True)

    def keep(name: str, screen: str) -> str:
        (SCREENS / f"neovim-{version[1]}-{name}.txt").write_text(screen, encoding="utf-8")
        return screen

    terminal = Terminal(
        tmux,
        project.parent / "tmux",
        f"cd '{project}' && '{nvim}' -n -i NONE -u '{init}' calc.py",
        surroundings(project.parent, TERM="screen-256color"),
    )
    try:
        terminal.until("return a - b")
        terminal.type(":Smallcode ask make the test pass", "Enter")
        asked = keep("permission", terminal.until("Run a shell command", "y once"))
        assert "python3 test_calc.py" in asked
        assert "+    return a + b" in asked, "what led to the question is in sight"
        assert "┊ thoughts (2 lines)" in asked
        time.sleep(0.5)
        terminal.type("y")
        done = keep("done", terminal.until("✓ done", "changed: calc.py"))
        assert "✓ run python3 test_calc.py" in done
        assert "SmallCode" in done
        terminal.type("u")
        keep("undone", terminal.until("return a - b", "1 change; before"))
    finally:
        terminal.do("kill-server")
