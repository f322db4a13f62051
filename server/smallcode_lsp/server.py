"""The language server: pygls, the text mirror, and the hub. What it does stands in handlers/."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer

from . import __version__, protocol
from .hub import Hub
from .mirror import Documents
from .rpc import SmallCodeProtocol, converter

log = logging.getLogger(__name__)


class SmallCodeServer(LanguageServer):
    """``features`` is what the client serves; ``hub`` is None until the client has initialized us.

    ``running`` maps the progress token of each turn under way to the session it runs in; ``diagnostics``
    maps real paths to what the editor's other language servers report; ``options`` are the client's
    initializationOptions as they came.
    """

    protocol: SmallCodeProtocol

    def __init__(self) -> None:
        super().__init__(
            "smallcode-lsp",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=SmallCodeProtocol,
            converter_factory=converter,
        )
        self.documents = Documents()
        self.features = protocol.ClientFeatures()
        self.hub: Hub | None = None
        self.running: dict[int | str, str] = {}
        self.diagnostics: dict[str, list[protocol.WireDiagnostic]] = {}
        self.options: object = None

    def ready(self) -> Hub:
        """The hub. Raises JsonRpcServerNotInitialized before the client has sent initialize."""
        if self.hub is None:
            raise JsonRpcServerNotInitialized("Send initialize first.")
        return self.hub

    async def ask_client(self, method: str, params: dict[str, Any]) -> Any:
        """A request to the client; the caller sets the deadline. Cancelling it withdraws the question.
        Raises JsonRpcException where the client answers with an error."""
        request_id = str(uuid.uuid4())
        try:
            return await self.protocol.send_request_async(method, params, msg_id=request_id)
        except asyncio.CancelledError:
            self.cancel_request(types.CancelParams(id=request_id))
            raise

    def cancel_progress(self, token: int | str) -> None:
        """The user pressed the stop button of a progress report."""
        if self.hub is None or token not in self.running:
            return
        session = self.hub.sessions.get(self.running[token])
        if session is not None:
            session.cancel()

    def warn(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=message))


def make_server() -> SmallCodeServer:
    """A server with every handler registered."""
    from .handlers import register_all  # noqa: PLC0415 - the handlers name the server in their types

    server = SmallCodeServer()
    register_all(server)
    return server
