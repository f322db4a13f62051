"""The editor at the other end of the wire, as the workspace sees it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from . import protocol, uris, wire
from .editor_port import EditAnswer

if TYPE_CHECKING:
    from .server import SmallCodeServer

log = logging.getLogger(__name__)

SAVED = "They are saved"


class EditorClient:
    """Implements editor_port.EditorPort over LSP."""

    def __init__(self, server: SmallCodeServer) -> None:
        self._server = server

    async def apply_edit(self, edit: types.WorkspaceEdit, label: str) -> EditAnswer:
        try:
            answer = await self._server.workspace_apply_edit_async(
                types.ApplyWorkspaceEditParams(edit=edit, label=label)
            )
        except JsonRpcException as error:
            return EditAnswer(False, error.message)
        return EditAnswer(answer.applied, answer.failure_reason)

    async def save(self, documents: Sequence[str]) -> Sequence[str]:
        """Clients that do not serve smallcode/save are asked in a message to do it themselves."""
        if not self._server.features.save:
            return await self._ask_to_save(documents)
        params = wire.SaveParams(uris=list(documents))
        try:
            answer = await self._server.ask_client(protocol.SAVE, params.model_dump(by_alias=True))
            return wire.SaveResult.model_validate(answer).saved
        except (JsonRpcException, ValidationError) as error:
            log.warning("the client did not save: %s", error)
            return []

    async def _ask_to_save(self, documents: Sequence[str]) -> Sequence[str]:
        names = ", ".join(uris.to_path(uri) or uri for uri in documents)
        try:
            answer = await self._server.window_show_message_request_async(
                types.ShowMessageRequestParams(
                    type=types.MessageType.Info,
                    message=f"A command is about to run and has to see your changes. Please save {names}.",
                    actions=[types.MessageActionItem(SAVED), types.MessageActionItem("Not now")],
                )
            )
        except JsonRpcException as error:
            log.warning("the client was not asked to save: %s", error)
            return []
        return documents if answer is not None and answer.title == SAVED else []
