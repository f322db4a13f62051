"""Fix and Explain on a selection or a diagnostic: code actions whose commands start a turn. Any LSP
client has them, with none of our frontends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from smallcode.errors import SmallCodeError

from .. import from_lsp, protocol, wire
from ..requests import failed, parse
from ..server import SmallCodeServer
from .commands import stop_turns
from .sessions import undo_turn
from .turns import run


@dataclass(frozen=True, slots=True)
class Action:
    """``prompt`` is what the turn is asked where the user adds nothing."""

    command: str
    title: str
    kind: types.CodeActionKind
    prompt: str


FIX = Action(
    protocol.RUN_FIX,
    "Fix with SmallCode",
    types.CodeActionKind.QuickFix,
    "Fix the problem that is reported here. Change only what has to change.",
)
FIX_SELECTION = Action(
    protocol.RUN_FIX,
    "Fix the selection with SmallCode",
    types.CodeActionKind.RefactorRewrite,
    "Find and fix what is wrong in the selected code. Change only what has to change.",
)
EXPLAIN = Action(
    protocol.RUN_EXPLAIN,
    "Explain with SmallCode",
    types.CodeActionKind.Empty,
    "Explain the selected code: what it does, and what is surprising in it. Do not change any file.",
)


async def code_actions(ls: SmallCodeServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    selected = params.range.start != params.range.end
    found = params.context.diagnostics
    actions = [_action(FIX, params)] if found else []
    if selected and not found:
        actions.append(_action(FIX_SELECTION, params))
    if selected or found:
        actions.append(_action(EXPLAIN, params))
    only = params.context.only
    return [action for action in actions if only is None or _wanted(action.kind, only)]


def _wanted(kind: types.CodeActionKind | str | None, only: Any) -> bool:
    """Kinds are hierarchical: asking for "refactor" asks for "refactor.rewrite" too."""
    value = str(getattr(kind, "value", kind) or "")
    wanted = [str(getattr(entry, "value", entry)) for entry in only]
    return any(value == entry or value.startswith(f"{entry}.") or entry == "" for entry in wanted)


def _action(action: Action, params: types.CodeActionParams) -> types.CodeAction:
    argument = {
        "prompt": action.prompt,
        "textDocument": {"uri": params.text_document.uri},
        "range": from_lsp.plain_range(params.range),
        "diagnostics": [from_lsp.plain_diagnostic(one) for one in params.context.diagnostics],
    }
    command = types.Command(title=action.title, command=action.command, arguments=[argument])
    return types.CodeAction(
        title=action.title,
        kind=action.kind,
        command=command,
        diagnostics=params.context.diagnostics if action is FIX else None,
    )


def default_prompt(command: str, argument: dict[str, Any]) -> str:
    """What a command asks where the user adds no words of their own; "" where words are needed."""
    if command == protocol.RUN_EXPLAIN:
        return EXPLAIN.prompt
    if command == protocol.RUN_FIX:
        return (FIX if argument.get("diagnostics") else FIX_SELECTION).prompt
    return ""


async def fix(ls: SmallCodeServer, argument: Any = None) -> Any:
    return await _start_turn(ls, protocol.RUN_FIX, argument)


async def explain(ls: SmallCodeServer, argument: Any = None) -> Any:
    return await _start_turn(ls, protocol.RUN_EXPLAIN, argument)


async def ask(ls: SmallCodeServer, argument: Any = None) -> Any:
    return await _start_turn(ls, protocol.RUN_ASK, argument)


async def _start_turn(ls: SmallCodeServer, command: str, argument: Any) -> Any:
    given = argument if isinstance(argument, dict) else {}
    params = parse(wire.TurnParams, {"prompt": default_prompt(command, given), **given})
    try:
        result = await run(ls, params)
    except SmallCodeError as error:
        ls.warn(str(error))
        raise failed(error) from None
    return result.model_dump(mode="json", by_alias=True)


async def stop(ls: SmallCodeServer, argument: Any = None) -> int:
    return stop_turns(ls, parse(wire.StatusParams, argument).session_id)


async def undo(ls: SmallCodeServer, argument: Any = None) -> Any:
    params = parse(wire.UndoParams, argument)
    try:
        return (await undo_turn(ls, params)).model_dump(mode="json", by_alias=True)
    except SmallCodeError as error:
        ls.warn(str(error))
        raise failed(error) from None
