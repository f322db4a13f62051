"""An editor in Python around pytest-lsp's client: buffers with versions, and answers to what the server asks.

It talks to a real ``smallcode-lsp --stdio`` process.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pytest_lsp import LanguageClient

from smallcode_lsp import from_lsp, protocol, uris
from smallcode_lsp.line_buffer import Change, LineBuffer
from smallcode_lsp.rpc import converter

ALL_FEATURES = {"protocolVersion": 1, "save": True, "permission": True, "update": True}
DEADLINE = 20.0


@dataclass
class Buffer:
    uri: str
    path: Path
    version: int
    buffer: LineBuffer

    @property
    def text(self) -> str:
        return self.buffer.text


@dataclass
class Editor:
    """``updates`` are the params of smallcode/update; ``asked`` those of smallcode/permission, which get
    ``outcome``, or what ``answer`` returns. ``shown`` are messages; ``actions`` the titles that
    window/showMessageRequest is answered with, in turn. ``progress`` are the kinds of $/progress,
    ``registered`` what the server asked for at run time."""

    client: LanguageClient
    root: Path
    outcome: str = "allow_once"
    answer: Callable[[Mapping[str, Any]], Awaitable[Any]] | None = None
    actions: list[str] = field(default_factory=list)
    buffers: dict[str, Buffer] = field(default_factory=dict)
    updates: list[Mapping[str, Any]] = field(default_factory=list)
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    saves: list[list[str]] = field(default_factory=list)
    progress: list[Any] = field(default_factory=list)
    registered: list[types.Registration] = field(default_factory=list)
    edits: list[types.ApplyWorkspaceEditParams] = field(default_factory=list)

    # --- what the user does ---------------------------------------------------------------------------

    def open(self, name: str, text: str | None = None, version: int = 0) -> Buffer:
        """Open a file; ``text`` unset takes the disk's, else the buffer is unsaved."""
        path = self.root / name
        content = path.read_bytes().decode("utf-8-sig") if text is None else text
        buffer = Buffer(uris.from_path(str(path)), path, version, LineBuffer(content, "utf-16"))
        self.buffers[buffer.uri] = buffer
        disk = content if text is None or not path.exists() else path.read_bytes().decode("utf-8-sig")
        item = types.TextDocumentItem(uri=buffer.uri, language_id="python", version=version, text=disk)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        if disk != content:
            self._told(buffer, [types.TextDocumentContentChangeWholeDocument(text=content)])
        return buffer

    def type(self, buffer: Buffer, text: str) -> None:
        """Put ``text`` in front of the buffer."""
        start = types.Position(0, 0)
        self._edit(buffer, [types.TextEdit(types.Range(start, start), text)])

    def replace_lines(self, buffer: Buffer, start: int, end: int, text: str) -> None:
        """Put ``text`` in the place of the lines from ``start`` up to, and without, ``end``."""
        span = types.Range(types.Position(start, 0), types.Position(end, 0))
        self._edit(buffer, [types.TextEdit(span, text)])

    async def request(self, method: str, params: Any = None) -> Any:
        async with asyncio.timeout(DEADLINE):
            return await self.client.protocol.send_request_async(method, params)

    async def turn(self, prompt: str, **params: Any) -> Any:
        return await self.request(protocol.TURN, {"prompt": prompt, **params})

    def events(self, kind: str) -> list[Mapping[str, Any]]:
        return [update["event"] for update in self.updates if update["event"]["type"] == kind]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not condition():
                await asyncio.sleep(0.005)

    # --- what the server asks -------------------------------------------------------------------------

    def apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        self.edits.append(params)
        for change in params.edit.document_changes or []:
            assert isinstance(change, types.TextDocumentEdit)
            buffer = self.buffers[change.text_document.uri]
            if change.text_document.version != buffer.version:
                return types.ApplyWorkspaceEditResult(applied=False, failure_reason="stale version")
            self._edit(buffer, change.edits)
        return types.ApplyWorkspaceEditResult(applied=True)

    def save(self, wanted: list[str]) -> list[str]:
        self.saves.append(wanted)
        for uri in wanted:
            buffer = self.buffers[uri]
            buffer.path.write_bytes(buffer.text.encode())
            self.client.text_document_did_save(
                types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
            )
        return wanted

    def _edit(self, buffer: Buffer, edits: Any) -> None:
        """Edits of one message count in the text before any of them: made from the last to the first."""
        ordered = sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character))
        changes = [
            types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
            for edit in reversed(ordered)
        ]
        for change in changes:
            buffer.buffer.apply(Change(change.text, from_lsp.span(change.range)))
        self._send(buffer, changes)

    def _told(self, buffer: Buffer, changes: list[Any]) -> None:
        self._send(buffer, changes)

    def _send(self, buffer: Buffer, changes: list[Any]) -> None:
        buffer.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=buffer.uri, version=buffer.version),
                content_changes=changes,
            )
        )


def _converter() -> Converter:
    """lsprotocol takes a code action with a command for a bare command."""
    made = converter()
    made.register_structure_hook(
        types.Command | types.CodeAction,
        lambda data, _: made.structure(
            data, types.Command if isinstance(data.get("command"), str) else types.CodeAction
        ),
    )
    return made


def _serve(editor: Editor) -> None:
    client = editor.client

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def _(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        return editor.apply(params)

    @client.feature(protocol.SAVE)
    def _(params: Any) -> Any:
        return {"saved": editor.save(params["uris"])}

    @client.feature(protocol.PERMISSION)
    async def _(params: Any) -> Any:
        editor.asked.append(params)
        return await editor.answer(params) if editor.answer else {"outcome": editor.outcome}

    @client.feature(types.WINDOW_SHOW_MESSAGE)
    def _(params: types.ShowMessageParams) -> None:
        editor.shown.append(params.message)

    @client.feature(types.PROGRESS)
    def _(params: types.ProgressParams) -> None:
        value = params.value
        editor.progress.append(value["kind"] if isinstance(value, dict) else value.kind)

    @client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
    def _(params: types.WorkDoneProgressCreateParams) -> None:
        return None

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _(params: types.RegistrationParams) -> None:
        editor.registered.extend(params.registrations)

    @client.feature(protocol.UPDATE)
    def _(params: Any) -> None:
        editor.updates.append(params)

    @client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
    def _(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
        editor.questions.append(params.message)
        return types.MessageActionItem(editor.actions.pop(0)) if editor.actions else None


@asynccontextmanager
async def open_editor(
    root: Path,
    address: str,
    *,
    features: Mapping[str, Any] | None = ALL_FEATURES,
    settings: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    actions: Sequence[str] = (),
) -> AsyncIterator[Editor]:
    """A server process with the folder ``root`` open and the model at ``address``."""
    client = LanguageClient(converter_factory=_converter)
    editor = Editor(client, root, actions=list(actions))
    _serve(editor)
    state = root.parent / "state"
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(root.parent),
        "XDG_STATE_HOME": str(state),
        **(environment or {}),
    }
    await client.start_io(sys.executable, "-m", "smallcode_lsp", "--stdio", env=env)
    try:
        window = types.WindowClientCapabilities(work_done_progress=True)
        await client.initialize_session(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(
                    window=window,
                    workspace=types.WorkspaceClientCapabilities(
                        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
                        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                            dynamic_registration=True
                        ),
                    ),
                    experimental={"smallcode": dict(features)} if features else None,
                ),
                workspace_folders=[types.WorkspaceFolder(uri=uris.from_path(str(root)), name=root.name)],
                initialization_options={"settings": {"base_url": address, **(settings or {})}},
            )
        )
        yield editor
        await client.shutdown_session()
    finally:
        server = client._server
        if server is not None and server.returncode is None and sys.exc_info()[0] is not None:
            server.kill()
        await asyncio.wait_for(client.stop(), DEADLINE)
