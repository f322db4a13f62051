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
        images=(*first.images, *second.images),
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
    """User and assistant in turns, calls and their results not counted, as Mistral's templates count: what
    one of them says twice in a row is joined, and where the user goes on right after results, the assistant
    says a word first."""
    turns: list[Message] = []
    counted = ""
    for message in messages:
        last = turns[-1] if turns else None
        if last is not None and _may_join(last, message):
            turns[-1] = joined(last, message)
            continue
        if message.role == counted == "user":
            turns.append(Message("assistant", BRIDGE))
        turns.append(message)
        if message.role in {"user", "assistant"} and not message.tool_calls:
            counted = message.role
    return turns


def _may_join(last: Message, message: Message) -> bool:
    if last.role != message.role or message.role not in {"user", "assistant"}:
        return False
    return not last.tool_calls and not message.tool_calls
