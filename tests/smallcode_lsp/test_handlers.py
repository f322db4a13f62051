"""The table of handlers that are loaded after the start, and what the start does without."""

import importlib
import inspect
import subprocess
import sys

import pytest

from smallcode_lsp import handlers, loading, protocol

PLACES = {**handlers.METHODS, **handlers.COMMANDS, **handlers.SYMBOLS}

# What no answer to initialize needs. Each takes longer to load than all that this server adds to pygls.
NOT_FOR_THE_START = ("pydantic", "httpx", "regex", "pathspec", "rich", "smallcode.session", "tree_sitter")


@pytest.mark.parametrize("name", PLACES)
def test_every_place_is_a_handler(name: str) -> None:
    place = PLACES[name]
    module = f"smallcode_lsp.handlers.{place.module}"
    assert module in loading.MODULES
    handler = getattr(importlib.import_module(module), place.function)
    assert inspect.iscoroutinefunction(handler)
    assert next(iter(inspect.signature(handler).parameters)) == "ls"


def test_every_method_and_command_of_ours_is_served() -> None:
    named = {value for value in vars(protocol).values() if isinstance(value, str)}
    to_the_client = {protocol.UPDATE, protocol.PERMISSION, protocol.SAVE}
    ours = {name for name in named if name.startswith(("smallcode/", "smallcode.server."))}
    assert ours - to_the_client == {name for name in PLACES if name.startswith("smallcode")}


def test_the_start_loads_none_of_the_slow_libraries() -> None:
    code = "import sys; from smallcode_lsp.server import make_server; make_server(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert {"pygls", "smallcode_lsp.handlers.lifecycle"} <= set(done.stdout.split())
    assert not set(NOT_FOR_THE_START) & set(done.stdout.split())
