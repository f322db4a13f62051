"""docs/lsp-extensions.md and server/smallcode_lsp/{protocol,wire}.py say the same."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from smallcode import events
from smallcode_lsp import protocol, wire

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "lsp-extensions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json (\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
METHODS = [
    value for value in vars(protocol).values() if isinstance(value, str) and value.startswith("smallcode/")
]
COMMANDS = [
    value
    for value in vars(protocol).values()
    if isinstance(value, str) and value.startswith("smallcode.server.")
]
DOCUMENTED = [
    wire.ClientFeatures, wire.TurnParams, wire.TurnResult, wire.UpdateParams,
    wire.PermissionParams, wire.PermissionResult, wire.SaveParams, wire.SaveResult,
    wire.SessionNewResult, wire.SessionListResult, wire.UndoParams, wire.UndoResult,
    wire.StatusParams, wire.StatusResult, wire.CommandParams, wire.CommandResult,
    wire.DiagnosticsParams,
]  # fmt: skip


def by_alias(model: type[events.Wire]) -> dict[str, bool]:
    """Wire names of the fields, and whether each may be left out."""
    return {field.alias or name: not field.is_required() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_a_section(method: str) -> None:
    assert re.search(rf"^### `{re.escape(method)}`", TEXT, re.MULTILINE)


def test_no_section_without_a_method() -> None:
    assert set(re.findall(r"^### `(smallcode/[\w/]+)`", TEXT, re.MULTILINE)) == set(METHODS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named(command: str) -> None:
    assert f"`{command}`" in TEXT


@pytest.mark.parametrize("model", DOCUMENTED, ids=lambda model: model.__name__)
def test_every_field_is_described_and_stands_in_the_example(model: type[events.Wire]) -> None:
    examples = [json.loads(text) for name, text in EXAMPLES if name == model.__name__]
    assert examples, f"{model.__name__} has no example"
    for example in examples:
        model.model_validate(example)
        assert set(example) == set(by_alias(model))
    paragraph = next(part for part in TEXT.split("\n\n") if f"`{model.__name__}`: " in part)
    described = paragraph.split(f"`{model.__name__}`: ", 1)[1]
    for field, optional in by_alias(model).items():
        assert f"`{field}`" in described
        if model not in (wire.UndoResult, wire.TurnResult) and f"`{field}`?" in described:
            assert optional or "None" in str(model.model_fields)


def test_every_event_has_its_row() -> None:
    union = get_args(get_args(events.Event)[0])
    rows = {
        cells[0].strip(" `"): set(re.findall(r"`(\w+)`", cells[1]))
        for cells in (line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| `"))
    }
    assert set(rows) == {kind.model_fields["type"].default for kind in union}
    for kind in union:
        fields = set(by_alias(kind)) - {"type"}
        assert fields <= rows[kind.model_fields["type"].default]


def test_every_example_is_of_a_model() -> None:
    assert {name for name, _ in EXAMPLES} == {model.__name__ for model in DOCUMENTED}
