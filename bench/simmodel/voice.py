"""In which form a harness wants calls: native, or in one of the text formats that prompts describe."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from .action import Call, Reply
from .chat import Chat
from .faults.base import printed
from .offered import Offered, Tool, read_offered

Form = Literal["native", "tagged", "json", "shell", "blocks", "plain"]

_FENCE = re.compile(r"```(mswea_bash_command|bash|sh|shell)\b")
_BLOCK = "<<<<<<< SEARCH"
_SHELL = Tool("bash", "Run a command.", {"command": {"type": "string"}}, ("command",))


@dataclass(frozen=True, slots=True)
class Voice:
    """``detail`` is the fence's language, or the names of the keys for tool and arguments."""

    form: Form
    offered: Offered
    detail: tuple[str, ...] = ()


def hear_voice(chat: Chat, request: Mapping[str, Any]) -> Voice:
    instructions = "\n".join([chat.system, *chat.users[:1]])
    offered = read_offered(chat.tools, instructions)
    if keys := _keys(chat.response_format):
        return Voice("json", offered, keys)
    if request.get("tools") and chat.tool_choice != "none":
        return Voice("native", offered)
    if chat.tools and not request.get("tools"):
        return Voice("tagged", offered)
    if fence := _FENCE.search(instructions):
        return Voice("shell", Offered((_SHELL,), offered.cwd), (fence[1],))
    if _BLOCK in instructions:
        return Voice("blocks", Offered((), offered.cwd))
    return Voice("plain", Offered((), offered.cwd))


def _keys(response_format: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of a flat {tool, arguments} schema; () where the format asks for something else."""
    holder = response_format.get("json_schema") or response_format
    schema = holder.get("schema") or {}
    properties = schema.get("properties") or {}
    tool = next(
        (name for name in ("tool", "name", "tool_name", "action") if "enum" in properties.get(name, {})), ""
    )
    given = next((name for name in ("args", "arguments", "parameters", "input") if name in properties), "")
    return (tool, given) if tool and given else ()


def spoken(reply: Reply, voice: Voice) -> Reply:
    """The reply with its calls in the voice's form."""
    if voice.form == "native" or (not reply.calls and voice.form != "blocks"):
        return reply
    text = _text(reply, voice)
    return replace(reply, calls=(), content=f"{reply.content}\n{text}".strip(), finish=reply.finish or "stop")


def _text(reply: Reply, voice: Voice) -> str:
    if voice.form == "blocks":
        return _block(reply)
    call = reply.calls[0]
    if voice.form == "json":
        tool, given = voice.detail
        return json.dumps({tool: call.name, given: dict(call.arguments)}, ensure_ascii=False)
    if voice.form == "shell":
        return f"```{voice.detail[0]}\n{call.arguments.get('command', '')}\n```"
    return _tagged(call)


def _tagged(call: Call) -> str:
    return f'<tool_call>\n{{"name": {json.dumps(call.name)}, "arguments": {printed(call)}}}\n</tool_call>'


def _block(reply: Reply) -> str:
    action = reply.action
    if action.do not in ("edit", "write", "append"):
        return ""
    new = action.new if action.do == "edit" else action.text
    return f"{action.path}\n```\n{_BLOCK}\n{action.old}\n=======\n{new}\n>>>>>>> REPLACE\n```"
