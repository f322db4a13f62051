"""The name stands outside, the arguments are JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..values import Call, Family, Style
from .common import gap


def mistral_new(calls: Sequence[Call], style: Style) -> str:
    """Mistral, mistral-common from v11 tokenizers: name, ``[ARGS]``, JSON; the token before every call."""
    return "".join(f"[TOOL_CALLS]{call.name}[ARGS]{style.arguments(call)}" for call in calls)


def mistral_call_id(calls: Sequence[Call], style: Style) -> str:
    """The same with an id between, as Mistral Small 3.2 prints it."""
    ids = ["".join(style.variants.choices("abcdefXYZ0123456789", k=9)) for _ in calls]
    return "".join(
        f"[TOOL_CALLS]{call.name}[CALL_ID]{number}[ARGS]{style.arguments(call)}"
        for call, number in zip(calls, ids, strict=True)
    )


_CALLS_BEGIN, _CALLS_END = "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"
_CALL_BEGIN, _CALL_END, _SEP = "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁sep｜>"


def deepseek_v3(calls: Sequence[Call], style: Style) -> str:
    """DeepSeek-V3 and R1 chat templates: a type, the name, JSON in a fence."""
    body = "\n".join(
        f"{_CALL_BEGIN}function{_SEP}{call.name}\n```json\n{style.arguments(call)}\n```{_CALL_END}"
        for call in calls
    )
    return f"{_CALLS_BEGIN}{body}{_CALLS_END}"


def deepseek_v31(calls: Sequence[Call], style: Style) -> str:
    """DeepSeek-V3.1 model card: name, separator, JSON."""
    body = "".join(f"{_CALL_BEGIN}{call.name}{_SEP}{style.arguments(call)}{_CALL_END}" for call in calls)
    return f"{_CALLS_BEGIN}{body}{_CALLS_END}"


def kimi_k2(calls: Sequence[Call], style: Style) -> str:
    """Moonshot, Kimi-K2 docs/tool_call_guidance.md: ids ``functions.name:index`` carry the name."""
    first = style.variants.choice((0, 0, 0, 3))
    body = "".join(
        f"<|tool_call_begin|>functions.{call.name}:{first + number}<|tool_call_argument_begin|>"
        f"{style.arguments(call)}<|tool_call_end|>"
        for number, call in enumerate(calls)
    )
    return f"<|tool_calls_section_begin|>{body}<|tool_calls_section_end|>"


def functionary_v31(calls: Sequence[Call], style: Style) -> str:
    """MeetKai functionary v3.1, and Meta's custom tools for Llama 3.1: ``<function=name>`` and JSON."""
    return gap(style).join(f"<function={call.name}>{style.arguments(call)}</function>" for call in calls)


def functionary_v32(calls: Sequence[Call], style: Style) -> str:
    """MeetKai functionary v3.2 chat template: recipients behind ``>>>``."""
    return "".join(f">>>{call.name}\n{style.arguments(call)}" for call in calls)


def functionary_plain(calls: Sequence[Call], style: Style) -> str:
    """The same where the prompt ends with ``>>>``; GLM-4-9B prints its calls so, too (vLLM's glm4 docs)."""
    return f"{calls[0].name}\n{style.arguments(calls[0])}"


def functionary_v2(calls: Sequence[Call], style: Style) -> str:
    """MeetKai functionary v2 prompt template: from, recipient, content."""
    return "\n".join(
        f"<|from|>assistant\n<|recipient|>{call.name}\n<|content|>{style.arguments(call)}<|stop|>"
        for call in calls
    )


def gpt_oss(calls: Sequence[Call], style: Style) -> str:
    """OpenAI, harmony format guide: the recipient in the channel's header or before it, one call a reply."""
    analysis = style.variants.choice(
        ("", "<|channel|>analysis<|message|>We need to look at it first.<|end|><|start|>assistant")
    )
    name = f"to=functions.{calls[0].name}"
    kind = style.variants.choice((" <|constrain|>json", "<|constrain|>json", " json", ""))
    channel = style.variants.choice(("commentary", "commentary", "analysis"))
    header = f"<|channel|>{channel} {name}{kind}"
    if style.variants.random() < 0.25:
        header = f" {name}<|channel|>{channel}{kind}"
    end = style.variants.choice(("<|call|>", "<|call|>", ""))
    return f"{analysis}{header}<|message|>{style.arguments(calls[0])}{end}"


def react(calls: Sequence[Call], style: Style) -> str:
    """Yao et al. 2022; LangChain's and Qwen-Agent's ReAct prompts: action and input on lines."""
    thought = style.variants.choice(("", "Thought: I should look at this first.\n"))
    stop = style.variants.choice(("", "\nObservation:"))
    return f"{thought}Action: {calls[0].name}\nAction Input: {style.arguments(calls[0])}{stop}"


def qwen_agent(calls: Sequence[Call], style: Style) -> str:
    """Qwen-Agent, qwen_fncall_prompt.py, for Qwen2 and before: flower marks."""
    body = "\n".join(f"✿FUNCTION✿: {call.name}\n✿ARGS✿: {style.arguments(call)}" for call in calls)
    return body + style.variants.choice(("", "\n✿RESULT✿"))


def solar_open(calls: Sequence[Call], style: Style) -> str:
    """Upstage Solar-Open-100B chat template: id, name and arguments each behind a token."""
    ids = ["".join(style.variants.choices("abcdefghij0123456789", k=10)) for _ in calls]
    body = "".join(
        f"<|tool_call:begin|>{number}<|tool_call:name|>{call.name}<|tool_call:args|>{style.arguments(call)}"
        "<|tool_call:end|>"
        for call, number in zip(calls, ids, strict=True)
    )
    return f"<|tool_calls|>{body}{style.variants.choice(('', '<|calls|>'))}"


_MISTRAL: dict[str, Any] = {
    "think": ("[THINK]", "[/THINK]"),
    "prose_after": False,
    "openers": ("[TOOL_CALLS]",),
}

FAMILIES = (
    Family("mistral_new", "mistral-common", mistral_new, special=("[TOOL_CALLS]", "[ARGS]"), **_MISTRAL),
    Family("mistral_call_id", "mistral-common", mistral_call_id, planned=False, **_MISTRAL),
    Family(
        "deepseek_v3",
        "DeepSeek-V3 chat template",
        deepseek_v3,
        openers=(_CALLS_BEGIN,),
        closers=(_CALLS_END, _CALL_END, "```"),
        wrapper=(_CALLS_BEGIN, _CALLS_END),
    ),
    Family(
        "deepseek_v31",
        "DeepSeek-V3.1 model card",
        deepseek_v31,
        openers=(_CALLS_BEGIN,),
        closers=(_CALLS_END, _CALL_END),
        wrapper=(_CALLS_BEGIN, _CALLS_END),
        special=(_CALLS_BEGIN, _CALLS_END, _CALL_BEGIN, _CALL_END, _SEP),
    ),
    Family(
        "kimi_k2",
        "Kimi-K2 tool call guidance",
        kimi_k2,
        openers=("<|tool_calls_section_begin|>",),
        closers=("<|tool_calls_section_end|>", "<|tool_call_end|>"),
        wrapper=("<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"),
        special=(
            "<|tool_calls_section_begin|>",
            "<|tool_calls_section_end|>",
            "<|tool_call_begin|>",
            "<|tool_call_argument_begin|>",
            "<|tool_call_end|>",
        ),
    ),
    Family("functionary_v31", "functionary v3.1", functionary_v31, closers=("</function>",)),
    Family("functionary_v32", "functionary v3.2", functionary_v32, openers=(">>>",), prose_after=False),
    Family(
        "functionary_plain", "vLLM docs, GLM-4", functionary_plain, marked=False, most=1, prose_after=False
    ),
    Family(
        "functionary_v2",
        "functionary v2",
        functionary_v2,
        planned=False,
        openers=("<|from|>assistant\n",),
        closers=("<|stop|>",),
        prose_after=False,
    ),
    Family(
        "gpt_oss",
        "OpenAI harmony format",
        gpt_oss,
        most=1,
        think=None,
        prose_before=False,
        prose_after=False,
        closers=("<|call|>",),
        special=("<|channel|>", "<|start|>", "<|end|>", "<|message|>", "<|constrain|>", "<|call|>"),
    ),
    Family("react", "LangChain, ReAct agent", react, marked=False, most=1, prose_after=False),
    Family(
        "qwen_agent",
        "Qwen-Agent qwen_fncall_prompt.py",
        qwen_agent,
        planned=False,
        openers=("✿FUNCTION✿: ",),
        prose_after=False,
    ),
    Family(
        "solar_open",
        "Solar-Open-100B chat template",
        solar_open,
        planned=False,
        openers=("<|tool_calls|>",),
        closers=("<|tool_call:end|>",),
        wrapper=("<|tool_calls|>", "<|calls|>"),
        think=("<|think|>", "<|end|>"),
        prose_after=False,
    ),
)
