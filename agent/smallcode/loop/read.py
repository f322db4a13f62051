"""What a whole reply says: its calls, the problems with others, its text and its thoughts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.reply import Repetition
from ..core.toolcalls import (
    NativeCall,
    Parsed,
    StreamParser,
    parse_tool_calls,
    read_native,
    without_repairs,
)
from ..features import CALLS_IN_TEXT, TOOL_ALIASES
from ..messages import ToolCall
from ..ports import ToolSchema
from .screen import CallScreen
from .stream import ClearScreen, Reply, Screen
from .turn import TurnState

CUT_CALL = "The call of {name} broke off at the end of the reply and did not run."


def offered(turn: TurnState) -> tuple[list[ToolSchema], dict[str, str]]:
    """The schemas of the tools that can be called, and the other names that they go by."""
    off = TOOL_ALIASES in turn.context.settings.disable
    aliases = {} if off else {alias: tool.name for tool in turn.tools for alias in tool.aliases}
    return [tool.schema for tool in turn.tools], aliases


def screen(turn: TurnState) -> Screen:
    """What shows the reply that is asked for next."""
    if CALLS_IN_TEXT in turn.context.settings.disable:
        return ClearScreen()
    schemas, aliases = offered(turn)
    return CallScreen(StreamParser(schemas, aliases))


def read(turn: TurnState, reply: Reply) -> None:
    """Find the calls: the native ones, else those printed in the text. Markup and thoughts leave the text.

    Where a reply has both, the printed ones are taken for the model's talk about what it calls.
    """
    disable = turn.context.settings.disable
    schemas, aliases = offered(turn)
    # Ids that the harness has to make up stay unique in the transcript by the place they stand in, and among
    # those that are shown by the number of replies that were dropped.
    salt = f"{len(turn.messages)}.{turn.recovery.in_all}"
    parsed = parse_tool_calls(reply.raw, schemas, aliases, salt)
    if not (reply.raw.strip() or reply.native) and reply.finish_reason != "length":
        # A server that takes the thoughts out of the text takes a call at their end with them.
        alone = parse_tool_calls(f"<think>{reply.thoughts}</think>", schemas, aliases, salt)
        parsed = replace(alone, thoughts="") if alone.calls else parsed
    if CALLS_IN_TEXT in disable and (parsed.calls or parsed.problems):
        parsed = Parsed(text=reply.raw)
    if reply.native:
        pieces = [reply.native[index] for index in sorted(reply.native)]
        meant = without_repairs(read_native(pieces, schemas, aliases, salt), disable)
        sound = _sound(pieces, schemas, aliases, disable)
    else:
        meant = without_repairs(parsed, disable)
        # The text does not tell which came first, the calls or what cannot be read.
        sound = 0 if meant.problems else len(meant.calls)
    reply.calls, reply.problems = meant.calls, tuple(str(problem) for problem in meant.problems)
    reply.sound = min(sound, len(reply.calls))
    _drop_cut(reply)
    reply.text = _with_edges(parsed.text.strip(), reply)
    reply.thoughts = "\n\n".join(part for part in (reply.thoughts, parsed.thoughts) if part)
    if reply.cut == "repetition":
        reply.text, reply.thoughts = _first_copies(reply.text), _first_copies(reply.thoughts)


def _sound(
    pieces: Sequence[NativeCall],
    schemas: Sequence[Mapping[str, Any]],
    aliases: Mapping[str, str],
    disable: Sequence[str],
) -> int:
    """How many native calls come before the first that cannot be read."""
    for number, piece in enumerate(pieces):
        if without_repairs(read_native([piece], schemas, aliases), disable).problems:
            return number
    return len(pieces)


def _drop_cut(reply: Reply) -> None:
    """At the end of a reply that was cut, a call that had to be mended may have been mended to something
    else than was meant: half of a text is written without complaint."""
    if not reply.calls or not (reply.finish_reason == "length" or reply.cut):
        return
    last: ToolCall = reply.calls[-1]
    if last.repairs:
        reply.calls = reply.calls[:-1]
        reply.problems = (*reply.problems, CUT_CALL.format(name=last.name))
        reply.sound = min(reply.sound, len(reply.calls))


def _with_edges(text: str, reply: Reply) -> str:
    """White space where a text was cut belongs to it."""
    raw = reply.raw
    tail = raw[len(raw.rstrip()) :] if reply.finish_reason == "length" and text else ""
    return text + tail


def _first_copies(text: str) -> str:
    seen = Repetition()
    return text[: seen.keep] if seen.feed(f"{text}\n") else text
