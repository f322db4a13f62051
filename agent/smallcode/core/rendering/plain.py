"""A transcript without a trace of native tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...messages import Message
from .quirks import BLANK_LINE, in_turns
from .words import Dialect, ToolSchema


def as_text(messages: Sequence[Message], tools: Sequence[ToolSchema], dialect: Dialect) -> list[Message]:
    """System, user and assistant messages that say the same: the tools at the end of the system prompt, calls
    in the assistant's text, the results of one reply in one user message.

    User and assistant take turns, as the strictest templates want. What is rendered of the beginning of a
    transcript is the beginning of what is rendered of the whole, but for its last message, which may become
    longer where no answer came after it.
    """
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    plain = [_plain(message, names, dialect) for message in messages]
    if tools:
        plain = _with_tools(plain, dialect.render_tools(tools))
    return in_turns(plain)


def _with_tools(messages: list[Message], shown: str) -> list[Message]:
    if messages and messages[0].role == "system":
        content = BLANK_LINE.join(part for part in (messages[0].content, shown) if part)
        return [replace(messages[0], content=content), *messages[1:]]
    return [Message("system", shown), *messages]


def _plain(message: Message, names: Mapping[str, str], dialect: Dialect) -> Message:
    if message.role == "tool":
        name = names.get(message.tool_call_id or "", "tool")
        return Message("user", dialect.render_result(name, message.content), by_harness=True)
    if message.tool_calls:
        written = dialect.render_calls(message.tool_calls)
        content = "\n".join(part for part in (message.content, written) if part)
        return replace(message, content=content, tool_calls=())
    return message
