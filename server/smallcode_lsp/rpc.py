"""pygls's protocol, with what this server needs otherwise.

- The text mirror is ours (``mirror.Documents``); pygls's own is not fed, see docs/architecture.md.
- Params of custom methods stay plain JSON values; ``parse`` makes models of them.
- A request that cannot be read is answered, and no answer carries a traceback.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from cattrs import Converter
from lsprotocol import converters, types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage

from smallcode.errors import SmallCodeError
from smallcode.events import Wire

from . import from_lsp

if TYPE_CHECKING:
    from .server import SmallCodeServer

log = logging.getLogger(__name__)

Model = TypeVar("Model", bound=Wire)

# LSP's code for a request that was valid and failed all the same.
REQUEST_FAILED = -32803

UNREADABLE = "smallcode/unreadable"


def converter() -> Converter:
    """Structures LSP's own messages, and leaves the params and results of custom ones as plain JSON."""
    made = converters.get_converter()
    for message in (JsonRPCRequestMessage, JsonRPCResponseMessage, JsonRPCNotification):
        made.register_structure_hook(message, lambda data, cls: cls(**data))
    return made


def parse(model: type[Model], params: object) -> Model:
    """The params of a custom method. Raises JsonRpcInvalidParams that names each field at fault."""
    try:
        return model.model_validate({} if params is None else params)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in row['loc']) or 'params'}: {row['msg']}"
            for row in error.errors(include_url=False, include_context=False, include_input=False)
        )
        raise JsonRpcInvalidParams(f"Invalid params: {faults}") from None


def failed(error: SmallCodeError) -> JsonRpcException:
    """The error as a response: message and remedy for the user, the kind for programs."""
    data = {"code": type(error).__name__, "remedy": error.remedy}
    return JsonRpcException(str(error), REQUEST_FAILED, data)


Handler = Callable[["SmallCodeServer", Any], Coroutine[Any, Any, Any]]


def request(model: type[Model]) -> Callable[[Callable[[Any, Model], Coroutine[Any, Any, Wire]]], Handler]:
    """A handler of a custom request: params in as ``model``, a Wire out, our exceptions as responses."""

    def decorate(handler: Callable[[Any, Model], Coroutine[Any, Any, Wire]]) -> Handler:
        @wraps(handler)
        async def wrapped(ls: SmallCodeServer, params: Any) -> Any:
            try:
                result = await handler(ls, parse(model, params))
            except SmallCodeError as error:
                raise failed(error) from None
            return result.model_dump(mode="json", by_alias=True)

        # pygls reads the annotations of a handler to decide what to inject; these are the wrapper's.
        wrapped.__annotations__ = {"params": Any}
        del wrapped.__wrapped__
        return wrapped

    return decorate


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

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: types.WorkDoneProgressCancelParams) -> None:
        self._server.cancel_progress(params.token)
