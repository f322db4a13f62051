"""``smallcode demo``: one turn in a small project, from a failing test to a passing one.

Everything on the way is real: the language server in a process of its own, the model client's HTTP stream,
the tools, the edits in an unsaved buffer, the tests. Only the model's replies are replayed, unless ``live``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from ... import events as ev
from ...adapters.scripted_stream import MODEL
from ...adapters.terminal_approver import TerminalApprover
from ...errors import SmallCodeError
from ...ports import Approver, PermissionRequest
from ...settings import Settings
from ..approve import AllowInside
from . import project
from .client import LanguageClient
from .editor import Buffer, Editor, path_of
from .replayed import replayed_server
from .show import Show

SERVER = (sys.executable, "-m", "smallcode_lsp", "--stdio")

# Seconds. A model on a laptop may take minutes for a step; the replayed one takes none.
START_PATIENCE = 60.0
REPLAYED_PATIENCE = 120.0
LIVE_PATIENCE = 3600.0


def main(*, live: bool = False, yes: bool = False, svg: str | None = None) -> int:
    """Show the turn; 0 where the test is green in the end and the unsaved change is still there."""
    show = Show(record=svg is not None)
    try:
        with tempfile.TemporaryDirectory(prefix="smallcode-demo-", ignore_cleanup_errors=True) as folder:
            # Editors and servers speak of real paths; a temporary folder may lie behind a link.
            passed = asyncio.run(_demo(show, Path(folder).resolve(), live=live, yes=yes))
        if svg is not None:
            Path(svg).write_text(show.svg(), encoding="utf-8")
    except SmallCodeError as error:
        show.failed(str(error))
        return 1
    except OSError as error:
        show.failed(f"{error.strerror}: {error.filename}")
        return 1
    return 0 if passed else 1


async def _demo(show: Show, place: Path, *, live: bool, yes: bool) -> bool:
    show.opening(live=live)
    root = await project.make_project(place)
    async with _settings(live) as settings, _server(root, settings, place / "server.log") as client:
        return await _play(show, client, root, live=live, approver=_approver(show, live=live, yes=yes))


async def _play(show: Show, client: LanguageClient, root: Path, *, live: bool, approver: Approver) -> bool:
    editor = Editor(client.notify)
    _serve_editor(client, editor, show, approver)
    buffer = editor.open(root / project.OPEN_FILE)
    editor.replace(buffer, project.UNSAVED_BEFORE, project.UNSAVED + project.UNSAVED_BEFORE)

    show.section("Before")
    show.project(root, buffer)
    show.tested(await project.run_tests(root))

    show.section("The turn")
    show.screen.line(f"> {project.PROMPT}", "bold")
    params = {"prompt": project.PROMPT, "textDocument": {"uri": buffer.uri}}
    await client.request("smallcode/turn", params, LIVE_PATIENCE if live else REPLAYED_PATIENCE)

    show.section("After")
    if buffer.dirty:
        await editor.save({"uris": [buffer.uri]})
    return await _judge(show, root, buffer)


async def _judge(show: Show, root: Path, buffer: Buffer) -> bool:
    run = await project.run_tests(root)
    show.tested(run)
    kept = project.UNSAVED in buffer.text
    show.check(kept, "the change that was not saved is still there" if kept else "the unsaved change is lost")
    if run.green and kept:
        show.closing()
    return run.green and kept


def _serve_editor(client: LanguageClient, editor: Editor, show: Show, approver: Approver) -> None:
    """What an editor's frontend does for the server."""

    async def permission(params: dict[str, Any]) -> dict[str, object]:
        request = PermissionRequest(
            params["kind"],
            params["title"],
            params["detail"],
            protected="allow_always" not in params["options"],
        )
        outcome = await approver.ask(request)
        show.asked(request.title, outcome, by_demo=isinstance(approver, AllowInside))
        return {"outcome": outcome}

    async def save(params: dict[str, Any]) -> dict[str, object]:
        result = await editor.save(params)
        show.saved([path_of(uri).name for uri in params["uris"]])
        return result

    async def nothing(params: object) -> None:
        return None

    def update(params: dict[str, Any]) -> None:
        show.screen.show(ev.EVENT.validate_python(params["event"]))

    def message(params: dict[str, Any]) -> None:
        show.screen.line(f"! {params['message']}", "yellow")

    client.requests |= {
        "workspace/applyEdit": editor.apply_edit,
        "smallcode/permission": permission,
        "smallcode/save": save,
        "window/workDoneProgress/create": nothing,
        "client/registerCapability": nothing,
    }
    client.notifications |= {"smallcode/update": update, "window/showMessage": message}


def _approver(show: Show, *, live: bool, yes: bool) -> Approver:
    """What a script does is known; what a model does is for a person to judge."""
    if yes or not live:
        return AllowInside()
    return TerminalApprover(before=show.screen.pause)


@asynccontextmanager
async def _settings(live: bool) -> AsyncIterator[dict[str, object]]:
    """The editor's settings. Replayed, each one is an editor's default, whatever the user's own are."""
    if live:
        yield {}
        return
    async with replayed_server() as address:
        defaults = Settings(base_url=address, model=MODEL, edit_permission="allow")
        yield defaults.model_dump(mode="json", exclude_none=True, exclude={"api_key"})


@asynccontextmanager
async def _server(root: Path, settings: dict[str, object], log: Path) -> AsyncIterator[LanguageClient]:
    client = await LanguageClient.start(SERVER, cwd=root, environment=project.environment(), log=log)
    try:
        features = {"protocolVersion": 1, "save": True, "permission": True, "update": True}
        capabilities = {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": {"synchronization": {"didSave": True}},
            "workspace": {
                "applyEdit": True,
                "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
                "workspaceFolders": True,
            },
            "window": {"workDoneProgress": True},
            "experimental": {"smallcode": features},
        }
        params = {
            "processId": None,
            "clientInfo": {"name": "smallcode demo"},
            "rootUri": root.as_uri(),
            "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
            "capabilities": capabilities,
            "initializationOptions": {"settings": settings},
        }
        await client.request("initialize", params, START_PATIENCE)
        client.notify("initialized", {})
        yield client
    finally:
        await client.aclose()
