"""One JSON array of calls behind a token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..values import Call, Encode, Family, Style


def _array(style: Style, calls: Sequence[Call], name: str = "name", arguments: str = "arguments") -> str:
    return style.array([style.entry(call, name, arguments) for call in calls])


def mistral_old(calls: Sequence[Call], style: Style) -> str:
    """Mistral, mistral-common up to v7 tokenizers: the token and an array; ids of nine characters."""
    ids = ["".join(style.variants.choices("abcdefXYZ0123456789", k=9)) for _ in calls]
    with_id = style.variants.random() < 0.4
    entries = [
        style.entry(call, id=number) if with_id else style.entry(call)
        for call, number in zip(calls, ids, strict=True)
    ]
    return f"[TOOL_CALLS]{style.variants.choice(('', ' '))}{style.array(entries)}"


def granite3(calls: Sequence[Call], style: Style) -> str:
    """IBM Granite 3 chat templates and vLLM's granite parser: token or tag, and an array or one object."""
    opener = style.variants.choice(("<|tool_call|>", "<tool_call>"))
    if len(calls) == 1 and style.variants.random() < 0.3:
        return opener + style.call(calls[0])
    return opener + _array(style, calls)


def command_a(calls: Sequence[Call], style: Style) -> str:
    """Cohere, Command R7B and Command A chat templates: action block, ``tool_name`` and ``parameters``."""
    with_id = style.variants.random() < 0.6
    entries = [
        style.entry(call, "tool_name", "parameters", tool_call_id=str(number))
        if with_id
        else style.entry(call, "tool_name", "parameters")
        for number, call in enumerate(calls)
    ]
    return f"<|START_ACTION|>{style.array(entries)}<|END_ACTION|>"


def functools(calls: Sequence[Call], style: Style) -> str:
    """Fireworks firefunction-v2 and Microsoft Phi-4-mini: vLLM's phi4_mini_json parser."""
    return f"functools{_array(style, calls)}"


def _between(opener: str, closer: str) -> Callable[[Sequence[Call], Style], str]:
    def encode(calls: Sequence[Call], style: Style) -> str:
        return f"{opener}{_array(style, calls)}{closer}"

    return encode


def apriel(calls: Sequence[Call], style: Style) -> str:
    """ServiceNow Apriel-1.5 and 1.6 model cards: tags around an array, after the mark of the final reply."""
    lead = style.variants.choice(("", "[BEGIN FINAL RESPONSE]\n"))
    trail = "\n[END FINAL RESPONSE]" if lead and style.variants.random() < 0.5 else ""
    return f"{lead}<tool_calls>{_array(style, calls)}</tool_calls>{trail}"


def hunyuan_a13b(calls: Sequence[Call], style: Style) -> str:
    """Tencent Hunyuan-A13B: vLLM's hunyuan_a13b parser; the reply stands in an answer tag or not."""
    answer = style.variants.random() < 0.5
    body = f"<tool_calls>{_array(style, calls)}</tool_calls>"
    return f"<answer>{body}</answer>" if answer else body


def apertus(calls: Sequence[Call], style: Style) -> str:
    """Swiss AI Apertus: SGLang's apertus2509 detector; each entry has the tool's name as its only key."""
    return f"<|tools_prefix|>{style.array([style.nested(call, call.name) for call in calls])}<|tools_suffix|>"


def hyperclovax(calls: Sequence[Call], style: Style) -> str:
    """NAVER HyperCLOVA X SEED Think model card: a role header, then an array to the end of the message."""
    lead = style.variants.choice(("", "<|im_end|>\n<|im_start|>assistant"))
    return f"{lead} -> tool/function_call\n{_array(style, calls)}{style.variants.choice(('', '<|im_end|>'))}"


def _family(name: str, source: str, encode: Encode, opener: str, closer: str, **more: Any) -> Family:
    openers = (opener,) if opener else ()
    closers = (closer, "]") if closer else ("]",)
    return Family(name, source, encode, openers=openers, closers=closers, **more)


FAMILIES = (
    _family(
        "mistral_old",
        "mistral-common",
        mistral_old,
        "[TOOL_CALLS]",
        "",
        special=("[TOOL_CALLS]",),
        think=("[THINK]", "[/THINK]"),
        prose_after=False,
    ),
    _family("granite3", "Granite 3 chat template", granite3, "", "", prose_after=False),
    _family(
        "command_a",
        "Cohere, Command A chat template",
        command_a,
        "<|START_ACTION|>",
        "<|END_ACTION|>",
        special=("<|START_ACTION|>", "<|END_ACTION|>"),
        think=("<|START_THINKING|>", "<|END_THINKING|>"),
    ),
    _family("functools", "vLLM phi4_mini_json parser", functools, "functools", ""),
    _family(
        "phi4_mini",
        "Phi-4-mini chat template",
        _between("<|tool_call|>", "<|/tool_call|>"),
        "<|tool_call|>",
        "<|/tool_call|>",
        special=("<|tool_call|>", "<|/tool_call|>"),
    ),
    _family(
        "jamba",
        "vLLM jamba parser",
        _between("<tool_calls>", "</tool_calls>"),
        "<tool_calls>",
        "</tool_calls>",
    ),
    _family(
        "nemotron_v2",
        "NVIDIA Nemotron Nano v2 chat template",
        _between("<TOOLCALL>", "</TOOLCALL>"),
        "<TOOLCALL>",
        "</TOOLCALL>",
    ),
    _family("apriel", "Apriel model cards", apriel, "<tool_calls>", "</tool_calls>"),
    _family(
        "hunyuan_a13b",
        "vLLM hunyuan_a13b parser",
        hunyuan_a13b,
        "<tool_calls>",
        "</tool_calls>",
        planned=False,
    ),
    _family(
        "apertus",
        "SGLang apertus2509 detector",
        apertus,
        "<|tools_prefix|>",
        "<|tools_suffix|>",
        planned=False,
        special=("<|tools_prefix|>", "<|tools_suffix|>"),
        think=("<|inner_prefix|>", "<|inner_suffix|>"),
    ),
    _family(
        "pangu",
        "openPangu: vLLM pangu parser",
        _between("[unused11]", "[unused12]"),
        "[unused11]",
        "[unused12]",
        planned=False,
        special=("[unused11]", "[unused12]"),
        think=("[unused16]", "[unused17]"),
    ),
    _family(
        "hyperclovax",
        "HyperCLOVA X SEED Think model card",
        hyperclovax,
        "",
        "",
        planned=False,
        think=None,
        prose_after=False,
    ),
)
