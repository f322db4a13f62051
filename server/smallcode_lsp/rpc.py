"""pygls's protocol, with what this server needs otherwise.

- The text mirror is ours (``mirror.Documents``); pygls's own is not fed, see docs/architecture.md.
- Params of custom methods stay plain JSON values; ``requests.parse`` makes models of them.
- A request that cannot be read is answered, and no answer carries a traceback.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from cattrs import Converter
from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage

from . import from_lsp

if TYPE_CHECKING:
    from .server import SmallCodeServer

log = logging.getLogger(__name__)

UNREADABLE = "smallcode/unreadable"


def converter() -> Converter:
    """Structures LSP's own messages, and leaves the params and results of custom ones as plain JSON."""
    made = converters.get_converter()
    for message in (JsonRPCRequestMessage, JsonRPCResponseMessage, JsonRPCNotification):
        made.register_structure_hook(message, lambda data, cls: cls(**data))
    return made


class SmallCodeProtocol(LanguageServerProtocol):
    """Built-in handlers replaced where pygls's would keep or lose something that we need."""

    _server: SmallCodeServer

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A request whose params are malformed still gets an answer: it is routed to one that says so."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                return JsonRPCRequestMessage(
                    id=data["id"], jsonrpc="2.0", method=UNREADABLE, params=str(data["method"])
                )
            raise error

    @lsp_method(UNREADABLE)
    def lsp_unreadable(self, method: str) -> None:
        raise JsonRpcInvalidParams(f"Invalid params for {method}.")

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        """Where request and cancel arrive together the handler has not begun, and could not answer for
        itself: it begins first."""
        asyncio.get_running_loop().call_soon(super()._handle_cancel_notification, msg_id)

    def _handle_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        """Who asked may have stopped waiting, as after a cancelled turn; pygls would call that an error of
        the server, and show it."""
        future = self._request_futures.get(msg_id)
        if future is not None and future.cancelled():
            del self._request_futures[msg_id]
        else:
            super()._handle_response(msg_id, result, error)

    def _send_handler_result(self, future: Future[Any], *, msg_id: str | int) -> None:
        """An error that a handler meant to answer with is an answer, not a fault to log with a traceback."""
        error = None if future.cancelled() else future.exception()
        if isinstance(error, JsonRpcException):
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=error.to_response_error())
        else:
            super()._send_handler_result(future, msg_id=msg_id)

    def _send_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        """Tracebacks go to the log, never over the wire: they hold paths, and could hold keys."""
        if error is not None and isinstance(error.data, dict) and "traceback" in error.data:
            error = types.ResponseError(code=error.code, message="Internal error. The server's log has more.")
        super()._send_response(msg_id, result, error)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        self._server.documents.did_open(document.uri, document.version, document.text)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        self._server.documents.did_change(
            document.uri, document.version, from_lsp.changes(params.content_changes)
        )

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.documents.did_close(params.text_document.uri)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:
        """pygls's runs a command apart from its request, and cancelling the one leaves the other running."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"There is no command {params.command}.")
        arguments = params.arguments or ()
        if len(arguments) > 1:
            raise JsonRpcInvalidParams(f"{params.command} takes one argument, not {len(arguments)}.")
        return await handler(*arguments)

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: types.WorkDoneProgressCancelParams) -> None:
        self._server.cancel_progress(params.token)
