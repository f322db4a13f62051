"""The language server: pygls, the text mirror, and the hub. What it does stands in handlers/."""

from __future__ import annotations

import asyncio
import logging
import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer

from . import __version__
from .graphs import Graphs
from .hub import Hub
from .loading import Loader
from .mirror import Documents
from .reports import Reports
from .rpc import SmallCodeProtocol, converter

if TYPE_CHECKING:
    from . import wire

log = logging.getLogger(__name__)


class SmallCodeServer(LanguageServer):
    """``experimental`` is that of the client's capabilities, as it came; ``hub`` is None until the client
    has initialized us.

    ``graphs`` are the code graphs of the folders; ``running`` maps the progress token of each turn under way
    to the session it runs in; ``reports`` are what the editor's other language servers say; ``options`` are
    the client's initializationOptions as they came.
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
        self.loader = Loader()
        self.documents = Documents()
        self.graphs = Graphs(self.documents)
        self.experimental: object = None
        self.hub: Hub | None = None
        self.running: dict[int | str, str] = {}
        self.reports = Reports()
        self.options: object = None

    @cached_property
    def features(self) -> wire.ClientFeatures:
        """What the client serves; to be asked for once it has initialized us."""
        from .features import client_features  # noqa: PLC0415 - pydantic is not for the start

        return client_features(self.experimental)

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

    async def aclose(self) -> None:
        """End every turn and shell command, and the connections to the model server."""
        if self.hub is not None:
            await self.hub.aclose()

    def warn(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=message))


def make_server() -> SmallCodeServer:
    """A server with every handler registered."""
    from .handlers import register_all  # noqa: PLC0415 - the handlers name the server in their types

    server = SmallCodeServer()
    register_all(server)
    return server
