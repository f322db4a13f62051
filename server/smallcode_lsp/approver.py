"""Asks the editor's user for permission: through smallcode/permission where the client serves it, through
LSP's own window/showMessageRequest elsewhere."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from lsprotocol import types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from smallcode.ports import Outcome, PermissionRequest

from . import protocol, wire

if TYPE_CHECKING:
    from smallcode.session import Session

    from .server import SmallCodeServer

log = logging.getLogger(__name__)

# A person may be away from the keyboard; a turn does not wait for ever. Seconds.
PATIENCE = 3600.0

ANSWERS: dict[str, Outcome] = {
    "Allow once": "allow_once",
    "Always in this session": "allow_always",
    "Deny": "deny",
}


class EditorApprover:
    """Implements ports.Approver for one ``session``, which is set once it is made.

    Silence, a closed prompt and an unreadable answer deny.
    """

    def __init__(self, server: SmallCodeServer) -> None:
        self._server = server
        self.session: Session | None = None

    async def ask(self, request: PermissionRequest) -> Outcome:
        try:
            async with asyncio.timeout(PATIENCE):
                if self._server.features.permission:
                    return await self._ask_frontend(request)
                return await self._ask_in_a_message(request)
        except (TimeoutError, JsonRpcException) as error:
            log.warning("permission denied without an answer: %s", error or "nobody answered")
            return "deny"

    async def _ask_frontend(self, request: PermissionRequest) -> Outcome:
        params = wire.PermissionParams(
            session_id=self.session.id if self.session else "",
            turn_id=self.session.turn_id if self.session else "",
            kind=request.kind,
            title=request.title,
            detail=request.detail,
            options=["allow_once", "deny"] if request.protected else ["allow_once", "allow_always", "deny"],
        )
        answer = await self._server.ask_client(protocol.PERMISSION, params.model_dump(by_alias=True))
        try:
            return wire.PermissionResult.model_validate(answer).outcome
        except ValidationError:
            log.warning("the client's answer to a permission request is not of its form: %r", answer)
            return "deny"

    async def _ask_in_a_message(self, request: PermissionRequest) -> Outcome:
        offered = [
            title
            for title, outcome in ANSWERS.items()
            if not (request.protected and outcome == "allow_always")
        ]
        answer = await self._server.window_show_message_request_async(
            types.ShowMessageRequestParams(
                type=types.MessageType.Warning,
                message=f"{request.title}\n\n{request.detail}",
                actions=[types.MessageActionItem(title=title) for title in offered],
            )
        )
        return ANSWERS.get(answer.title, "deny") if answer is not None else "deny"
