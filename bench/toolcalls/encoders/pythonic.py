"""Calls in Python's syntax."""

from __future__ import annotations

from collections.abc import Sequence

from ..python_text import a_quote, python_call, python_text
from ..values import Call, Family, Style


def _written(calls: Sequence[Call], style: Style) -> list[str]:
    quote = a_quote(style.variants)
    return [python_call(call, quote, style.form) for call in calls]


def llama4(calls: Sequence[Call], style: Style) -> str:
    """Meta, Llama 4 and Llama 3.2 prompt formats; Team-ACE ToolACE: a list of calls."""
    return f"[{', '.join(_written(calls, style))}]"


def olmo3(calls: Sequence[Call], style: Style) -> str:
    """AllenAI OLMo 3: vLLM's olmo3 parser: calls on lines between tags."""
    return "<function_calls>" + "\n".join(_written(calls, style)) + "</function_calls>"


def lfm2(calls: Sequence[Call], style: Style) -> str:
    """Liquid AI, LFM2 model cards: a list of calls between tokens."""
    return f"<|tool_call_start|>[{', '.join(_written(calls, style))}]<|tool_call_end|>"


def gemma3(calls: Sequence[Call], style: Style) -> str:
    """Google, Gemma 3 function calling guide: a ``tool_code`` fence, often with print around the call."""
    shown = style.variants.random() < 0.5
    lines = [f"print({line})" if shown else line for line in _written(calls, style)]
    return "```tool_code\n" + "\n".join(lines) + "\n```"


def minicpm3(calls: Sequence[Call], style: Style) -> str:
    """OpenBMB MiniCPM3 and 4 chat templates: tokens around a fence of Python calls."""
    lines = "\n".join(_written(calls, style))
    return f"<|tool_call_start|>\n```python\n{lines}\n```\n<|tool_call_end|>"


def llama3_builtin(calls: Sequence[Call], style: Style) -> str:
    """Meta, Llama 3.1 prompt formats, built-in tools: a method ``call`` of the tool behind the token."""
    call = calls[0]
    return f"<|python_tag|>{python_call(Call(call.name + '.call', call.arguments), form=style.form)}"


def gorilla(calls: Sequence[Call], style: Style) -> str:
    """Berkeley, Gorilla OpenFunctions v1 and v2 READMEs: a mark before each call."""
    return ", ".join(f"<<function>>{text}" for text in _written(calls, style))


def nexusraven(calls: Sequence[Call], style: Style) -> str:
    """Nexusflow NexusRaven-V2 model card: ``Call:``, several by ``;``, then the token that ends the turn."""
    return f"Call: {'; '.join(_written(calls, style))}{style.variants.choice(('<bot_end>', ''))}"


def chatglm3(calls: Sequence[Call], style: Style) -> str:
    """Zhipu ChatGLM3 prompt guide: the name on a line, then a fence that calls ``tool_call``."""
    call = calls[0]
    quote = a_quote(style.variants)
    inner = ", ".join(
        f"{key}={python_text(value, quote, style.form)}" for key, value in call.arguments.items()
    )
    return f"{call.name}\n```python\ntool_call({inner})\n```"


FAMILIES = (
    Family(
        "llama4",
        "Meta, Llama 4 prompt formats",
        llama4,
        syntax="python",
        marked=False,
        prose_after=False,
        wrapper=("[", "]"),
        closers=("]", ")"),
    ),
    Family(
        "olmo3",
        "vLLM olmo3 parser",
        olmo3,
        syntax="python",
        openers=("<function_calls>",),
        closers=("</function_calls>",),
        wrapper=("<function_calls>", "</function_calls>"),
    ),
    Family(
        "lfm2",
        "LFM2 model cards",
        lfm2,
        syntax="python",
        openers=("<|tool_call_start|>",),
        closers=("<|tool_call_end|>", "]"),
        special=("<|tool_call_start|>", "<|tool_call_end|>"),
    ),
    Family(
        "gemma3",
        "Gemma function calling guide",
        gemma3,
        syntax="python",
        marked=False,
        prose_after=False,
        think=None,
        closers=("```",),
    ),
    Family(
        "minicpm3",
        "MiniCPM3 chat template",
        minicpm3,
        planned=False,
        syntax="python",
        openers=("<|tool_call_start|>\n",),
        closers=("<|tool_call_end|>", "```"),
        think=("<|thought_start|>", "<|thought_end|>"),
    ),
    Family(
        "llama3_builtin",
        "Meta, Llama 3.1 prompt formats",
        llama3_builtin,
        planned=False,
        syntax="python",
        most=1,
        openers=("<|python_tag|>",),
        think=None,
        prose_after=False,
    ),
    Family(
        "gorilla",
        "Gorilla OpenFunctions README",
        gorilla,
        planned=False,
        syntax="python",
        think=None,
        prose_after=False,
        openers=("<<function>>",),
    ),
    Family(
        "nexusraven",
        "NexusRaven-V2 model card",
        nexusraven,
        planned=False,
        syntax="python",
        marked=False,
        think=None,
        prose_before=False,
        prose_after=False,
    ),
    Family(
        "chatglm3",
        "ChatGLM3 prompt guide",
        chatglm3,
        planned=False,
        syntax="python",
        marked=False,
        most=1,
        think=None,
        prose_before=False,
        prose_after=False,
        closers=("```",),
    ),
)
