"""The list of messages that the model sees, kept valid for strict chat templates.

Valid means: a system message only in front, every tool call followed by exactly one result before anything
else, no result without its call, never two messages of the user or of the assistant in a row, and nothing of
the assistant that is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import Message

CANCELLED = "The call did not run: the turn was cancelled."


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
