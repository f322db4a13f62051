"""What strict chat templates want of a transcript.

Both functions keep the beginning of a growing transcript as it was, but for its last message, which may
become longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...messages import Message

BLANK_LINE = "\n\n"

# Said for the model between the results of its calls and what the user says next, where it said nothing.
BRIDGE = "I have seen the results."


def joined(first: Message, second: Message) -> Message:
    """One message of two of the same role."""
    content = BLANK_LINE.join(part for part in (first.content, second.content) if part)
    return replace(
        first,
        content=content,
        tool_calls=(*first.tool_calls, *second.tool_calls),
        by_harness=first.by_harness and second.by_harness,
    )


def without_system_role(messages: Sequence[Message]) -> list[Message]:
    """The system message at the head of the first user message; a user message alone where there is none."""
    if not messages or messages[0].role != "system":
        return list(messages)
    instructions, *rest = messages
    as_user = replace(instructions, role="user")
    if rest and rest[0].role == "user":
        return [joined(as_user, rest[0]), *rest[1:]]
    return [as_user, *rest]


def in_turns(messages: Sequence[Message]) -> list[Message]:
    """User and assistant in turns: messages of one role in a row are joined, and what a user says right after
    the results of calls comes after a word of the assistant's, as templates do not count the results."""
    turns: list[Message] = []
    for message in messages:
        last = turns[-1] if turns else None
        if last is not None and message.role == "user" and last.role == "tool":
            turns.append(Message("assistant", BRIDGE))
        if last is not None and _may_join(last, message):
            turns[-1] = joined(last, message)
        else:
            turns.append(message)
    return turns


def _may_join(last: Message, message: Message) -> bool:
    if last.role != message.role or message.role not in {"user", "assistant"}:
        return False
    return not last.tool_calls and not message.tool_calls
