"""What the VS Code extension repeats of the Python packages is the same there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from smallcode.events import Event
from smallcode.settings import TRUST_REQUIRED, Settings
from smallcode_lsp import protocol

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text("utf-8"))
PROPERTIES: dict[str, dict[str, Any]] = MANIFEST["contributes"]["configuration"]["properties"]
OF_THE_SERVER = [name for name in PROPERTIES if name != "smallcode.path"]

# In an editor an edit lands in a buffer, in sight and undoable.
OTHER_DEFAULTS = {"edit_permission": "allow"}

SAME_LIMITS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusiveMinimum",
    "enum": "enum",
}


def field_of(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name.removeprefix("smallcode."))


def schema_of(field: str) -> dict[str, Any]:
    """The field's JSON schema, without the alternative that it is not set."""
    schema = Settings.model_json_schema()["properties"][field]
    return schema | next((one for one in schema.get("anyOf", []) if one["type"] != "null"), {})


@pytest.mark.parametrize("name", OF_THE_SERVER)
def test_setting_is_the_servers(name: str) -> None:
    field = field_of(name)
    shown, meant = PROPERTIES[name], schema_of(field)
    default = OTHER_DEFAULTS.get(field, Settings.model_fields[field].default)
    assert (shown["default"] or None) == (default or None)
    assert {key: shown.get(key) for key in SAME_LIMITS} == {key: meant.get(key) for key in SAME_LIMITS}


def test_what_needs_trust_is_restricted() -> None:
    restricted = set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"])
    assert restricted == {
        name for name in PROPERTIES if name == "smallcode.path" or field_of(name) in TRUST_REQUIRED
    }


def test_every_event_is_known() -> None:
    known = set(re.findall(r'type: "(\w+)"', (EXTENSION / "src" / "events.ts").read_text("utf-8")))
    union, _ = get_args(Event)
    assert known == {model.model_fields["type"].default for model in get_args(union)}


@pytest.mark.parametrize(
    "method",
    [
        protocol.TURN,
        protocol.UPDATE,
        protocol.PERMISSION,
        protocol.SAVE,
        protocol.SESSION_NEW,
        protocol.UNDO,
        protocol.STATUS,
        protocol.DIAGNOSTICS,
        protocol.RUN_FIX,
        protocol.RUN_EXPLAIN,
    ],
)
def test_method_is_spelled_alike(method: str) -> None:
    assert f'"{method}"' in (EXTENSION / "src" / "protocol.ts").read_text("utf-8")


def test_user_commands_do_not_clash_with_the_servers() -> None:
    commands = {entry["command"] for entry in MANIFEST["contributes"]["commands"]}
    assert commands
    assert not any(command.startswith("smallcode.server.") for command in commands)


def test_the_lock_file_names_no_address() -> None:
    packages = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]
