"""One file for each group of methods; each handler validates, calls a plain function and converts what
comes back.

They are loaded once the client is served (loading.py): the models of the wire and the agent behind them take
half as long again as the start of an empty server does (bench/). Only ``lifecycle`` is needed at once.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

from lsprotocol import types

from .. import protocol
from ..server import SmallCodeServer
from . import lifecycle


class Place(NamedTuple):
    """An asynchronous function in a module of this package."""

    module: str
    function: str


METHODS = {
    protocol.TURN: Place("turns", "turn"),
    protocol.SESSION_NEW: Place("sessions", "new"),
    protocol.SESSION_LIST: Place("sessions", "list_sessions"),
    protocol.UNDO: Place("sessions", "undo"),
    protocol.STATUS: Place("status", "status"),
    protocol.COMMAND: Place("commands", "command"),
    protocol.DIAGNOSTICS: Place("diagnostics", "diagnostics"),
    types.TEXT_DOCUMENT_CODE_ACTION: Place("code_actions", "code_actions"),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: Place("graph", "watched_files"),
}
# Only for a client that asks for them: most have a language server that knows its language better.
SYMBOLS = {
    types.WORKSPACE_SYMBOL: Place("graph", "workspace_symbols"),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: Place("graph", "document_symbols"),
}
COMMANDS = {
    protocol.RUN_FIX: Place("code_actions", "fix"),
    protocol.RUN_EXPLAIN: Place("code_actions", "explain"),
    protocol.RUN_ASK: Place("code_actions", "ask"),
    protocol.RUN_STOP: Place("code_actions", "stop"),
    protocol.RUN_UNDO: Place("code_actions", "undo"),
}
OPTIONS = {
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=[
            types.CodeActionKind.QuickFix,
            types.CodeActionKind.RefactorRewrite,
            types.CodeActionKind.Empty,
        ]
    )
}


def register_all(server: SmallCodeServer) -> None:
    lifecycle.register(server)
    for method, place in METHODS.items():
        server.feature(method, OPTIONS.get(method))(served_when_loaded(place))
    for command, place in COMMANDS.items():
        server.command(command)(served_when_loaded(place))


def register_symbols(server: SmallCodeServer) -> None:
    for method, place in SYMBOLS.items():
        server.feature(method)(served_when_loaded(place))


def served_when_loaded(place: Place) -> Any:
    """A handler as pygls takes it."""

    async def handler(ls: SmallCodeServer, params: Any = None) -> Any:
        await ls.loader.loaded()
        module = importlib.import_module(f".{place.module}", __package__)
        return await getattr(module, place.function)(ls, params)

    return handler
