"""Faults in how a call is written."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from ..action import Call, Reply
from .base import Fault, Moment, names_tools, printed

_ABOUT_FORMAT = re.compile(
    r"json|pars(?:e|ing)|format|syntax|schema|xml|function call|tool call|truncat|cut off", re.I
)

# Arguments up to this many characters are cut in the middle of a value where a call is cut.
SHORTEST_CUT = 12


def _hermes(call: Call) -> str:
    return f'<tool_call>\n{{"name": "{call.name}", "arguments": {printed(call)}}}\n</tool_call>'


def _fenced(call: Call) -> str:
    return f'```json\n{{"name": "{call.name}", "arguments": {printed(call)}}}\n```'


def _bare(call: Call) -> str:
    return f'{{"name": "{call.name}", "parameters": {printed(call)}}}'


def _qwen_coder(call: Call) -> str:
    body = "".join(
        f"<parameter={name}>\n{_value(value)}\n</parameter>\n" for name, value in call.arguments.items()
    )
    return f"<tool_call>\n<function={call.name}>\n{body}</function>\n</tool_call>"


def _mistral(call: Call) -> str:
    return f'[TOOL_CALLS][{{"name": "{call.name}", "arguments": {printed(call)}}}]'


def _pythonic(call: Call) -> str:
    return f"[{call.name}({', '.join(f'{name}={value!r}' for name, value in call.arguments.items())})]"


def _react(call: Call) -> str:
    return f"Thought: I should use {call.name}.\nAction: {call.name}\nAction Input: {printed(call)}"


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


DIALECTS = (_hermes, _fenced, _bare, _qwen_coder, _mistral, _pythonic, _react)


def call_as_text(reply: Reply, moment: Moment) -> Reply | None:
    if not reply.calls or not moment.native:
        return None
    text = moment.choose(DIALECTS)(reply.calls[0])
    return replace(reply, calls=(), content=f"{reply.content}\n{text}".strip(), finish="stop")


def unclosed_xml(reply: Reply, moment: Moment) -> Reply | None:
    """A tagged call whose closing tags are missing, with or without its last parameter's."""
    if not reply.calls or not moment.native:
        return None
    text = moment.choose((_hermes, _qwen_coder))(reply.calls[0])
    cut = re.sub(r"(?:\s*</(?:tool_call|function|parameter)>)+\s*$", "", text)
    return replace(reply, calls=(), content=f"{reply.content}\n{cut}".strip(), finish="stop")


def malformed_json(reply: Reply, moment: Moment) -> Reply | None:
    if not reply.calls or not moment.native:
        return None
    raw = printed(reply.calls[0])
    broken = moment.choose((_trailing_comma, _single_quotes, _no_end, _raw_line_ends, _bare_keys))(raw)
    if broken == raw:
        broken = _no_end(raw)
    return replace(reply, calls=(replace(reply.calls[0], raw=broken),))


def _trailing_comma(raw: str) -> str:
    return f"{raw[:-1]},}}"


def _single_quotes(raw: str) -> str:
    return re.sub(r'"(\w+)":', r"'\1':", raw)


def _no_end(raw: str) -> str:
    return raw[:-1]


def _raw_line_ends(raw: str) -> str:
    return re.sub(r"(?<!\\)((?:\\\\)*)\\n", r"\1\n", raw)


def _bare_keys(raw: str) -> str:
    return re.sub(r'(?<=[{ ])"(\w+)":', r"\1:", raw)


def truncated_call(reply: Reply, moment: Moment) -> Reply | None:
    """The reply ends in the middle of the arguments, as at the limit of tokens."""
    if not reply.calls or not moment.native:
        return None
    raw = printed(reply.calls[0])
    cut = raw[: max(len(raw) * 2 // 3, min(SHORTEST_CUT, len(raw) - 2))]
    return replace(reply, calls=(replace(reply.calls[0], raw=cut),), finish="length")


def prose_only_code(reply: Reply, moment: Moment) -> Reply | None:
    """The new code in a fence, for the user to put in, instead of a call."""
    action = reply.action
    if not reply.calls or action.do not in ("edit", "write"):
        return None
    code = action.new or action.text
    return replace(
        reply,
        calls=(),
        content=f"Here is the updated code for `{action.path}`:\n\n```\n{code}\n```",
        finish="stop",
    )


def _says_how(text: str, moment: Moment) -> bool:
    return _ABOUT_FORMAT.search(text) is not None


def _says_tools(text: str, moment: Moment) -> bool:
    return (
        names_tools(text, moment)
        or re.search(r"\b(?:use|call|using|calling) (?:a|the|one of the)?\s*tools?\b", text) is not None
    )


FAULTS = (
    Fault("call_as_text", call_as_text, _says_how),
    Fault("malformed_json", malformed_json, _says_how),
    Fault("unclosed_xml", unclosed_xml, _says_how),
    Fault("truncated_call", truncated_call, _says_how),
    Fault("prose_only_code", prose_only_code, _says_tools),
)
