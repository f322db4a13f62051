"""Qwen3-Coder, Qwen3.5: one element a parameter, text as it is, so that code needs no escapes.

Form: the chat template of https://huggingface.co/Qwen/Qwen3-Coder-30B-A3B-Instruct
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, response_tag, to_json, tools_lines

_FORM = """\
<tool_call>
<function=NAME>
<parameter=PARAMETER>
value, as it is, over as many lines as it takes
</parameter>
</function>
</tool_call>"""


def _tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"# Tools\n\nFunction signatures within <tools></tools>:\n<tools>\n{tools_lines(tools)}\n</tools>\n\n"
        f"{CALL_WHEN_NEEDED} Write each call so, with an element for every parameter:\n{_FORM}"
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    return "\n".join(_call(call) for call in calls)


def _call(call: ToolCall) -> str:
    parameters = "".join(
        f"<parameter={name}>\n{_value(value)}\n</parameter>\n" for name, value in call.arguments.items()
    )
    return f"<tool_call>\n<function={call.name}>\n{parameters}</function>\n</tool_call>"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value)


QWEN_CODER = Dialect("qwen-coder", _tools, _calls, response_tag)
