"""What the tests with real programs share: one fixture for each program, and a scripted model over HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.scripted_server import ScriptedServer

from .fetch import programs
from .serving import serving
from .vscode import editor


def fetched(name: str, fetch: Callable[[str], Path] = programs.fetch) -> Path:
    """The program's path. Skips the test where it cannot be had, with the reason; in CI that is a failure."""
    try:
        return fetch(name)
    except programs.Unavailable as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session", params=["nvim-0.12", "nvim-0.10"])
def nvim(request: pytest.FixtureRequest) -> Path:
    """Neovim: the current release, and the oldest one that is supported."""
    return fetched(request.param)


@pytest.fixture(scope="session")
def tmux() -> Path:
    return installed("tmux") or fetched("tmux")


@pytest.fixture(scope="session")
def llama_server() -> Path:
    return fetched("llama-server")


@pytest.fixture(scope="session")
def chromium() -> Path:
    return installed("chromium", "chromium-browser", "google-chrome") or fetched("chromium")


@pytest.fixture(scope="session")
def vscode() -> Path:
    """The folder of the editor, its Node and the driver for the browser."""
    return fetched("VS Code", editor.fetch)


def installed(*names: str) -> Path | None:
    return next((Path(found) for found in map(shutil.which, names) if found), None)


@pytest.fixture
def scripted_model() -> Iterator[Callable[[Any], ScriptedServer]]:
    """Serves a script over HTTP, beside the test, until the test ends."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(serving(script))
