"""JSON without a token of its own: what is left where the model knows no format or the server strips it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..values import Call, Family, Style


def openai_json(calls: Sequence[Call], style: Style) -> str:
    """OpenAI, Chat Completions API reference, ``tool_calls`` of a message; several calls as an array.

    Models print the object, the nested ``function`` object of the API, or the whole ``tool_calls`` field.
    """
    shape = style.variants.choice(("flat", "flat", "flat", "nested", "field"))
    if shape == "flat":
        entries = [style.entry(call) for call in calls]
    else:
        entries = [f'{{"type": "function", "function": {style.entry(call)}}}' for call in calls]
    if shape == "field":
        return f'{{"tool_calls": {style.array(entries)}}}'
    if len(calls) == 1:
        return style.surrounded(entries[0])
    return style.array(entries)


def fenced_json(calls: Sequence[Call], style: Style) -> str:
    """The same in a fence: llama.cpp, docs/function-calling.md, the generic handler."""
    fence = style.variants.choice(("json", "json", "json", "", "tool_call", "JSON"))
    if len(calls) == 1:
        return f"```{fence}\n{style.call(calls[0])}\n```"
    if style.variants.random() < 0.5:
        return "\n\n".join(f"```{fence}\n{style.call(call)}\n```" for call in calls)
    return f"```{fence}\n{style.array([style.entry(call) for call in calls])}\n```"


def xlam(calls: Sequence[Call], style: Style) -> str:
    """Salesforce xLAM-2 model cards, and the xlam parser in vLLM's tool-calling docs: always an array."""
    return style.array([style.entry(call) for call in calls])


def action_json(calls: Sequence[Call], style: Style) -> str:
    """LangChain, structured chat agent: ``action`` and ``action_input``, mostly in a fence."""
    body = style.call(calls[0], "action", "action_input")
    shape = style.variants.choice(("json", "", "bare"))
    if shape == "bare":
        return body
    lead = style.variants.choice(("", "Action:\n"))
    return f"{lead}```{shape}\n{body}\n```"


def ollama_functions(calls: Sequence[Call], style: Style) -> str:
    """LangChain, ``OllamaFunctions``: its prompt asks for ``tool`` and ``tool_input``."""
    return style.call(calls[0], "tool", "tool_input")


def llama3(calls: Sequence[Call], style: Style) -> str:
    """Meta, Llama 3.1 prompt format docs: ``<|python_tag|>`` and JSON with ``parameters``; more by ``;``."""
    return "<|python_tag|>" + "; ".join(style.call(call, "name", "parameters") for call in calls)


def command_r_plus(calls: Sequence[Call], style: Style) -> str:
    """Cohere, Command R+ model card, single-step tool use: ``Action:`` and a fenced array."""
    body = style.array([style.entry(call, "tool_name", "parameters") for call in calls])
    return f"Action: ```json\n{body}\n```"


_LAST: dict[str, Any] = {"prose_after": False, "marked": False}

FAMILIES = (
    Family("openai_json", "OpenAI API reference", openai_json, **_LAST),
    Family("fenced_json", "llama.cpp docs/function-calling.md", fenced_json, **_LAST, closers=("```",)),
    Family("xlam", "vLLM docs, tool calling: xlam", xlam, planned=False, **_LAST),
    Family("action_json", "LangChain structured chat agent", action_json, **_LAST, most=1),
    Family("ollama_functions", "LangChain OllamaFunctions", ollama_functions, planned=False, **_LAST, most=1),
    Family(
        "llama3",
        "Meta, Llama 3.1 prompt formats",
        llama3,
        openers=("<|python_tag|>",),
        special=("<|python_tag|>",),
        prose_after=False,
    ),
    Family(
        "command_r_plus",
        "Cohere, Command R+ model card",
        command_r_plus,
        planned=False,
        closers=("```",),
        **_LAST,
    ),
)
