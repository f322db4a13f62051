"""GLM 4.5 and later: keys and values in elements, text as it is.

Form: https://github.com/ggml-org/llama.cpp/blob/master/models/templates/GLM-4.6.jinja
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, response_tag, to_json, tools_lines

_FORM = "<tool_call>NAME\n<arg_key>KEY</arg_key>\n<arg_value>VALUE</arg_value>\n</tool_call>"


def _tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"# Tools\n\nFunction signatures within <tools></tools>:\n<tools>\n{tools_lines(tools)}\n</tools>\n\n"
        f"{CALL_WHEN_NEEDED} Write each call so, with a key and a value for every argument:\n{_FORM}"
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    return "\n".join(_call(call) for call in calls)


def _call(call: ToolCall) -> str:
    pairs = "".join(
        f"<arg_key>{name}</arg_key>\n"
        f"<arg_value>{value if isinstance(value, str) else to_json(value)}</arg_value>\n"
        for name, value in call.arguments.items()
    )
    return f"<tool_call>{call.name}\n{pairs}</tool_call>"


GLM = Dialect("glm", _tools, _calls, response_tag)
