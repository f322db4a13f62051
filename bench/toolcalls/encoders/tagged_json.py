"""A JSON object for each call between tags."""

from __future__ import annotations

from collections.abc import Sequence

from ..values import Call, Family, Style
from .common import gap, line


def hermes(calls: Sequence[Call], style: Style) -> str:
    """NousResearch, Hermes-Function-Calling; chat templates of Qwen2.5, Qwen3, Granite 4, EXAONE 4, Ling."""
    between, around = gap(style), line(style)
    return between.join(f"<tool_call>{around}{style.call(call)}{around}</tool_call>" for call in calls)


def hermes_wrappers(calls: Sequence[Call], style: Style) -> str:
    """Tags that Hermes-like models print instead: llama.cpp, common/chat.cpp, Hermes 2 Pro handler."""
    tag = style.variants.choice(("tool", "tools", "json", "response", "function_call"))
    around = line(style)
    return "\n".join(f"<{tag}>{around}{style.call(call)}{around}</{tag}>" for call in calls)


def longcat(calls: Sequence[Call], style: Style) -> str:
    """Meituan LongCat-Flash-Chat: SGLang, longcat_detector, docstring; no separator between calls."""
    return "".join(f"<longcat_tool_call>\n{style.call(call)}\n</longcat_tool_call>" for call in calls)


def ernie45(calls: Sequence[Call], style: Style) -> str:
    """Baidu ERNIE 4.5 Thinking: vLLM, ernie45 tool parser; an optional answer tag stands before the calls."""
    lead = style.variants.choice(("", "<response>\n</response>\n\n"))
    body = "\n".join(f"<tool_call>\n{style.call(call)}\n</tool_call>" for call in calls)
    return f"{lead}{body}\n"


def minimax_m1(calls: Sequence[Call], style: Style) -> str:
    """MiniMax-M1 repository, docs/function_call_guide.md: one object a line in ``<tool_calls>``."""
    return "<tool_calls>\n" + "\n".join(style.call(call) for call in calls) + "\n</tool_calls>"


def granite_20b(calls: Sequence[Call], style: Style) -> str:
    """IBM granite-20b-functioncalling: vLLM, granite-20b-fc parser; no closing tag exists."""
    return " ".join(f"<function_call> {style.call(call)}" for call in calls)


def internlm2(calls: Sequence[Call], style: Style) -> str:
    """InternLM repository, agent/README: action and plugin tokens, one call a reply."""
    around = line(style)
    body = style.call(calls[0], "name", "parameters")
    return f"<|action_start|><|plugin|>{around}{body}{around}<|action_end|>"


def gigachat3(calls: Sequence[Call], style: Style) -> str:
    """ai-sage GigaChat3 chat templates in llama.cpp: a role header, or since 3.1 a token of its own."""
    opener = style.variants.choice(("function call<|role_sep|>\n", "<|function_call|>"))
    return opener + style.call(calls[0]) + style.variants.choice(("", "</s>"))


def mirothinker(calls: Sequence[Call], style: Style) -> str:
    """MiroThinker chat template in llama.cpp, after Cline's MCP prompt: server, tool, JSON arguments."""
    return "\n\n".join(
        f"<use_mcp_tool>\n<server_name>workspace</server_name>\n<tool_name>{call.name}</tool_name>\n"
        f"<arguments>\n{style.arguments(call)}\n</arguments>\n</use_mcp_tool>"
        for call in calls
    )


FAMILIES = (
    Family("hermes", "Hermes-Function-Calling", hermes, openers=("<tool_call>",), closers=("</tool_call>",)),
    Family("hermes_wrappers", "llama.cpp common/chat.cpp", hermes_wrappers),
    Family(
        "longcat",
        "SGLang longcat_detector",
        longcat,
        planned=False,
        openers=("<longcat_tool_call>",),
        closers=("</longcat_tool_call>",),
    ),
    Family(
        "ernie45",
        "vLLM ernie45 parser",
        ernie45,
        planned=False,
        openers=("<tool_call>",),
        closers=("</tool_call>",),
    ),
    Family(
        "minimax_m1",
        "MiniMax-M1 function call guide",
        minimax_m1,
        planned=False,
        openers=("<tool_calls>",),
        closers=("</tool_calls>",),
    ),
    Family(
        "granite_20b", "vLLM granite-20b-fc parser", granite_20b, planned=False, openers=("<function_call>",)
    ),
    Family(
        "internlm2",
        "InternLM agent README",
        internlm2,
        planned=False,
        most=1,
        openers=("<|action_start|><|plugin|>",),
        closers=("<|action_end|>",),
        special=("<|action_start|>", "<|plugin|>", "<|action_end|>"),
    ),
    Family("gigachat3", "GigaChat3 chat template", gigachat3, planned=False, most=1, prose_after=False),
    Family(
        "mirothinker",
        "MiroThinker chat template",
        mirothinker,
        planned=False,
        openers=("<use_mcp_tool>",),
        closers=("</use_mcp_tool>", "</arguments>"),
    ),
)
