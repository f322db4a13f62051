import json
import re
import tomllib
from pathlib import Path

import pytest
from bench.runner.harness import fill, known_harnesses, load_harness
from bench.runner.jobs import BadPlan

VALUES = {
    "base_url": "http://127.0.0.1:1/run/r/v1",
    "model": "sim",
    "prompt": 'Say {home} and "quote"',
    "workspace": "/w",
    "home": "/h",
    "window": "16384",
    "answer": "4096",
    "python": "/py",
    "root": "/r",
    "cache": "/c",
    "platform": "linux-x64",
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{home}/.x", "/h/.x"),
        ("{prompt}", VALUES["prompt"]),
        ('{"a": {"b": {window}}}', '{"a": {"b": 16384}}'),
        ("{unknown} {}", "{unknown} {}"),
    ],
)
def test_placeholders(template: str, expected: str) -> None:
    assert fill(template, VALUES) == expected


@pytest.mark.parametrize("name", known_harnesses())
def test_every_adapter_gets_the_prompt_and_the_address(name: str) -> None:
    harness = load_harness(known_harnesses()[name])
    command = [fill(part, VALUES) for part in harness.command]
    files = {fill(path, VALUES): fill(content, VALUES) for path, content in harness.files.items()}
    assert command[-1] == VALUES["prompt"]
    assert VALUES["base_url"] in " ".join(command) + " ".join(files.values())
    assert all(path.startswith("/h/") for path in files)
    assert all(json.loads(content) for path, content in files.items() if path.endswith(".json"))
    assert harness.outcome(0) == "done"
    assert harness.outcome(77) == "exit 77"


@pytest.mark.parametrize(
    "name", [name for name, path in known_harnesses().items() if "fetch" in path.read_text()]
)
def test_fetched_harnesses_are_pinned(name: str) -> None:
    folder = known_harnesses()[name].parent / "npm" / load_harness(known_harnesses()[name]).fetch
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert all("resolved" not in package for package in packages.values())
    assert all(package["integrity"] for path, package in packages.items() if path)


def test_settings_become_variables() -> None:
    ours = load_harness(known_harnesses()["ours"])
    assert ours.variables((("disable", "a,b"),)) == {"SMALLCODE_DISABLE": "a,b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 'x'\ncommand = []", "command is empty"),
        ("title = 'x'\ncommand = ['a']\nporpoise = 1", "porpoise"),
        ("title = ", "cannot be read"),
    ],
)
def test_a_bad_adapter_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "odd.toml").write_text(text)
    with pytest.raises(BadPlan, match=message) as raised:
        load_harness(tmp_path / "odd.toml")
    assert "odd.toml" in str(raised.value)


def test_names_and_files_agree() -> None:
    assert set(known_harnesses()) >= {"ours", "ours-lsp", "pi", "opencode"}
    for path in known_harnesses().values():
        assert tomllib.loads(path.read_text())["title"]
