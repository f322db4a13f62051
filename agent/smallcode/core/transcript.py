"""The list of messages that the model sees: kept valid for strict chat templates, and made smaller.

Valid means: a system message only in front, every tool call followed by exactly one result before anything
else, no result without its call, never two messages of the user or of the assistant in a row, and nothing of
the assistant that is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..messages import Message
from .shorten import shorten
from .tokens import utf8_size

CANCELLED = "The call did not run: the turn was cancelled."

# Results smaller than this are not worth a stub of their own. Bytes and not characters: of dense text a few
# hundred characters take a thousand tokens.
STUB_WORTH_BYTES = 400


def problems(messages: Sequence[Message]) -> list[str]:
    """What a strict template would refuse, one sentence each; empty for a valid transcript."""
    found: list[str] = []
    open_calls: list[str] = []
    previous = ""
    for index, message in enumerate(messages):
        if message.role == "system" and index > 0:
            found.append(f"message {index}: a system message that is not the first")
        if message.role == "tool":
            if message.tool_call_id in open_calls:
                open_calls.remove(message.tool_call_id)
            else:
                found.append(f"message {index}: a result without its call")
        elif open_calls:
            found.append(f"message {index}: calls without a result before it: {', '.join(open_calls)}")
            open_calls = []
        if message.role in ("user", "assistant") and message.role == previous:
            found.append(f"message {index}: two {message.role} messages in a row")
        if message.role == "assistant" and not (message.content or message.tool_calls):
            found.append(f"message {index}: an assistant message without content")
        open_calls += [call.id for call in message.tool_calls]
        previous = message.role
    if open_calls:
        found.append(f"at the end: calls without a result: {', '.join(open_calls)}")
    return found


def missing_results(messages: Sequence[Message], reason: str = CANCELLED) -> list[Message]:
    """The results that the last assistant message still waits for, each saying ``reason``."""
    answered: set[str] = set()
    for message in reversed(messages):
        if message.role == "tool":
            answered.add(message.tool_call_id or "")
            continue
        return [
            Message("tool", reason, tool_call_id=call.id)
            for call in message.tool_calls
            if call.id not in answered
        ]
    return []


def shrink(messages: Sequence[Message]) -> list[Message] | None:
    """One step smaller, or None when nothing is left to give up.

    The steps, gentlest first: old results and pictures become stubs, all at once; the oldest turns go,
    leaving the one under way; the results of the turn under way are stubbed but for the last; the last one is
    cut in half. What the user asked for last is never touched. Calls and results stay in pairs throughout.
    """
    start = _turn_under_way(messages)
    for attempt in (
        _stub(messages, 0, start),
        _drop_oldest_turns(messages, start),
        _stub(messages, start, _last_results(messages)),
        _halve_last_results(messages),
    ):
        if attempt is not None:
            return attempt
    return None


def _turn_under_way(messages: Sequence[Message]) -> int:
    """Index of the newest message that a person wrote: the request that is being worked on."""
    for index in range(len(messages) - 1, -1, -1):
        if messages[index].role == "user" and not messages[index].by_harness:
            return index
    return len(messages)


def _last_results(messages: Sequence[Message]) -> int:
    index = len(messages)
    while index > 0 and messages[index - 1].role == "tool":
        index -= 1
    return index


def _stub(messages: Sequence[Message], start: int, end: int) -> list[Message] | None:
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    out = list(messages)
    for index in range(start, min(end, len(out))):
        message = out[index]
        if message.images:
            names_of = ", ".join(image.name for image in message.images)
            told = f"{message.content}\n\n[{names_of}: the picture is no longer shown]"
            out[index] = replace(message, content=told, images=())
        elif message.role == "tool" and utf8_size(message.content) > STUB_WORTH_BYTES:
            name = names.get(message.tool_call_id or "", "the tool")
            stub = f"[result of {name}, {len(message.content)} characters, left out; call it again to see it]"
            out[index] = replace(message, content=stub)
    return out if any(a is not b for a, b in zip(out, messages, strict=True)) else None


def _drop_oldest_turns(messages: Sequence[Message], start: int) -> list[Message] | None:
    first = 1 if messages and messages[0].role == "system" else 0
    if start <= first:
        return None
    return [*messages[:first], *messages[start:]]


def _halve_last_results(messages: Sequence[Message]) -> list[Message] | None:
    start = _last_results(messages)
    out = list(messages)
    for index in range(start, len(out)):
        if utf8_size(out[index].content) > STUB_WORTH_BYTES:
            out[index] = replace(
                out[index], content=shorten(out[index].content, len(out[index].content) // 2)
            )
    return out if any(a is not b for a, b in zip(out, messages, strict=True)) else None
