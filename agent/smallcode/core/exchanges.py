"""The calls of a transcript with their results, and what each was about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..messages import Message, ToolCall

FAILED = "Error: "
"""What the result of a call that failed begins with; that of a command begins with its exit status."""

_SUCCEEDED = "exit status 0"


@dataclass(frozen=True, slots=True)
class Told:
    """What a call is: ``title`` is a line for people, ``category`` its tool's, ``path`` the file that it
    names and ``command`` what a shell command runs, "" for others. ``pure`` is whether it only looks."""

    title: str
    category: str
    path: str = ""
    command: str = ""
    pure: bool = False


Describe = Callable[[ToolCall], Told]


@dataclass(frozen=True, slots=True)
class Pair:
    """A call and its result: the indexes of both messages in the transcript. ``age`` counts the assistant's
    messages after it."""

    call: ToolCall
    told: Told
    asked: int
    result: int
    age: int
    ok: bool


def pairs(messages: Sequence[Message], describe: Describe) -> list[Pair]:
    """In the order of the transcript; calls without a result are left out."""
    found: list[Pair] = []
    replies = [index for index, message in enumerate(messages) if message.role == "assistant"]
    for number, index in enumerate(replies):
        calls = {call.id: call for call in messages[index].tool_calls}
        end = replies[number + 1] if number + 1 < len(replies) else len(messages)
        for place in range(index + 1, end):
            message = messages[place]
            call = calls.get(message.tool_call_id or "") if message.role == "tool" else None
            if call is not None:
                told = describe(call)
                ok = succeeded(told, message.content)
                found.append(Pair(call, told, index, place, len(replies) - 1 - number, ok))
    return found


def succeeded(told: Told, result: str) -> bool:
    if told.command:
        return result.startswith(_SUCCEEDED)
    return not result.startswith(FAILED)


def request_under_way(messages: Sequence[Message]) -> int:
    """Index of the newest message that a person wrote; the length where there is none."""
    for index in range(len(messages) - 1, -1, -1):
        if messages[index].role == "user" and not messages[index].by_harness:
            return index
    return len(messages)


def newest_results(messages: Sequence[Message]) -> int:
    """Index of the first result behind the last reply; the length where there is none."""
    index = len(messages)
    while index > 0 and messages[index - 1].role == "tool":
        index -= 1
    return index
