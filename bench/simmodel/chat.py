"""A request's messages as what the model said, called and was told, in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .tokens import text_of

_TAGGED = re.compile(r"<tool_call>\s*(\{.*?\})\s*(?:</tool_call>|$)", re.S)
_FENCED = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.S | re.M)
_SHELLS = frozenset({"bash", "sh", "shell", "console", "mswea_bash_command"})


@dataclass(frozen=True, slots=True)
class Said:
    """``role`` is system, user or assistant; a developer message counts as the system's."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """``arguments`` is empty where the text of them, ``raw``, is no JSON object."""

    name: str
    arguments: Mapping[str, Any]
    raw: str
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came back; ``call`` is None where the call is not in the prompt (any more)."""

    call: Called | None
    text: str


Item = Said | Called | Result


@dataclass(frozen=True, slots=True)
class Chat:
    """``feedback`` is what stands after the model's last message: results and texts of the user."""

    items: tuple[Item, ...]
    tools: tuple[Mapping[str, Any], ...]
    response_format: Mapping[str, Any]
    tool_choice: Any

    @property
    def system(self) -> str:
        return "\n".join(item.text for item in self.items if isinstance(item, Said) and item.role == "system")

    @property
    def users(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.items if isinstance(item, Said) and item.role == "user")

    @property
    def feedback(self) -> tuple[Item, ...]:
        last = max(
            (
                index
                for index, item in enumerate(self.items)
                if isinstance(item, Called) or (isinstance(item, Said) and item.role == "assistant")
            ),
            default=-1,
        )
        return self.items[last + 1 :] if last >= 0 else ()

    @property
    def feedback_text(self) -> str:
        return "\n".join(item.text for item in self.feedback if isinstance(item, Said | Result))

    @property
    def last_call(self) -> Called | None:
        return next((item for item in reversed(self.items) if isinstance(item, Called)), None)


def read_chat(request: Mapping[str, Any]) -> Chat:
    """Never raises for a request that the server accepted."""
    offered = tuple(tool for tool in request.get("tools") or () if isinstance(tool.get("function"), dict))
    tagged = _tools_in_text(request.get("messages", ())) if not offered else ()
    return Chat(
        tuple(_items(request.get("messages", ()), native=bool(offered))),
        offered or tagged,
        request.get("response_format") or {},
        request.get("tool_choice"),
    )


def _items(messages: Sequence[Mapping[str, Any]], *, native: bool) -> Iterator[Item]:
    by_id: dict[str, Called] = {}
    unanswered: list[Called] = []
    for message in messages:
        role, text = message.get("role", "user"), text_of(message.get("content"))
        if role == "assistant":
            if text:
                yield Said("assistant", text)
            unanswered = list(_native_calls(message)) or list(_text_calls(text, native=native))
            by_id |= {call.call_id: call for call in unanswered if call.call_id}
            yield from unanswered
        elif role == "tool":
            yield Result(by_id.get(message.get("tool_call_id", "")), text)
        elif role == "user" and unanswered and not unanswered[-1].call_id:
            yield Result(unanswered[-1], text)
            unanswered = []
        else:
            yield Said("system" if role == "developer" else role, text)


def _native_calls(message: Mapping[str, Any]) -> Iterator[Called]:
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        raw = function.get("arguments") or ""
        yield Called(function.get("name") or "", _object(raw), str(raw), call.get("id") or "")


def _text_calls(text: str, *, native: bool) -> Iterator[Called]:
    """Calls that stand in the text: tagged JSON, and fenced shell where no tools are offered."""
    for found in _TAGGED.finditer(text):
        if (call := _object(found[1])) and isinstance(call.get("name"), str):
            arguments = call.get("arguments") or {}
            yield Called(call["name"], arguments if isinstance(arguments, dict) else {}, found[1])
    if not native:
        for language, body in _FENCED.findall(text):
            if language in _SHELLS:
                yield Called("bash", {"command": body.strip()}, body)


def _object(raw: Any) -> Mapping[str, Any]:
    if isinstance(raw, dict):
        return raw
    try:
        loaded = json.loads(raw)
    except (TypeError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _tools_in_text(messages: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Tools whose JSON schemas the prompt prints between ``<tools>`` tags, one a line or as one list."""
    for message in messages:
        for body in re.findall(r"<tools>(.*?)</tools>", text_of(message.get("content")), re.S):
            found = [_as_tool(value) for value in _json_values(body)]
            if tools := tuple(tool for tool in found if tool):
                return tools
    return ()


def _json_values(body: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = 0
    while (start := min((i for i in (body.find("{", at), body.find("[", at)) if i >= 0), default=-1)) >= 0:
        try:
            value, at = decoder.raw_decode(body, start)
        except ValueError:
            return
        yield from value if isinstance(value, list) else [value]


def _as_tool(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        return {}
    function = value.get("function", value)
    return {"type": "function", "function": function} if "name" in function else {}
