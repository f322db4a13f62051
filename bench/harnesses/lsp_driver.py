"""One turn through the language server, as an editor without open buffers would have it.

A harness of its own for the benchmark: starts ``smallcode-lsp``, sends one ``smallcode/turn``, and answers
what a frontend answers: edits are applied and saved, permissions are given inside the workspace.
"""

from __future__ import annotations

import argparse
import asyncio
import codecs
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smallcode.commands.demo.client import LanguageClient
from smallcode.commands.demo.editor import Buffer, Editor
from smallcode.errors import SmallCodeError

SERVER = (sys.executable, "-m", "smallcode_lsp", "--stdio")
START_PATIENCE_S = 60.0
TURN_PATIENCE_S = 3600.0

# Those of ``smallcode run``, so that both ways into the agent are read alike.
EXIT_STATUS = {"done": 0, "failed": 1, "stopped": 3, "step_limit": 4, "cancelled": 130}

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {"synchronization": {"didSave": True}},
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "workspaceFolders": True,
    },
    "experimental": {
        "smallcode": {"protocolVersion": 1, "save": True, "permission": True, "update": True},
    },
}


class Files(Editor):
    """An editor's buffers, opened by edits alone. A byte order mark belongs to the file, not to the text."""

    def open(self, path: Path) -> Buffer:
        buffer = super().open(path)
        if buffer.text.startswith("\ufeff"):
            self._marked.add(path)
            buffer.text = buffer.saved = buffer.text.removeprefix("\ufeff")
        return buffer

    def __init__(self, client: LanguageClient) -> None:
        super().__init__(client.notify)
        self._marked: set[Path] = set()

    async def save(self, params: Mapping[str, Any]) -> dict[str, object]:
        saved = await super().save(params)
        for path in self._marked:
            data = path.read_bytes()
            if not data.startswith(codecs.BOM_UTF8):
                path.write_bytes(codecs.BOM_UTF8 + data)
        return saved


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("prompt")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "server.log"
            try:
                return asyncio.run(turn(asked, log))
            finally:
                sys.stderr.write(log.read_text("utf-8", "replace") if log.exists() else "")
    except SmallCodeError as error:
        print(f"lsp_driver: {error}", file=sys.stderr)
        return 1


async def turn(asked: argparse.Namespace, log: Path) -> int:
    """Raises SmallCodeError where the server refuses or ends."""
    root = asked.root.resolve()
    client = await LanguageClient.start(SERVER, cwd=root, environment=os.environ, log=log)
    try:
        answer_requests(client, Files(client))
        settings = {
            "base_url": asked.base_url,
            "model": asked.model,
            "shell_permission": "allow",
            "edit_permission": "allow",
        }
        params = {
            "processId": os.getpid(),
            "clientInfo": {"name": "bench"},
            "rootUri": root.as_uri(),
            "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
            "capabilities": CAPABILITIES,
            "initializationOptions": {"settings": settings, "trusted": True},
        }
        await client.request("initialize", params, START_PATIENCE_S)
        client.notify("initialized", {})
        result = await client.request("smallcode/turn", {"prompt": asked.prompt}, TURN_PATIENCE_S)
    finally:
        await client.aclose()
    print(json.dumps(result))
    return EXIT_STATUS[result["stopReason"]]


def answer_requests(client: LanguageClient, files: Files) -> None:
    async def permission(params: dict[str, Any]) -> dict[str, object]:
        asks_person = "allow_always" not in params["options"]
        inside = params["kind"] in ("shell", "edit") and not asks_person
        return {"outcome": "allow_once" if inside else "deny"}

    async def nothing(params: object) -> None:
        return None

    client.requests |= {
        "workspace/applyEdit": files.apply_edit,
        "smallcode/permission": permission,
        "smallcode/save": files.save,
        "window/workDoneProgress/create": nothing,
        "client/registerCapability": nothing,
    }


if __name__ == "__main__":
    sys.exit(main())
