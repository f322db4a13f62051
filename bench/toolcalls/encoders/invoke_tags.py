"""``<invoke name>`` with a ``<parameter name>`` for each value, in several wrappers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..values import Call, Encode, Family, Style
from .common import raw, without


def _invoke(call: Call, prefix: str = "", typed: bool = False) -> str:
    """``typed`` adds the flag that tells strings from JSON; ``prefix`` is that of each tag."""
    lines = [
        f'<{prefix}parameter name="{key}"{_flag(value) if typed else ""}>{raw(value)}</{prefix}parameter>\n'
        for key, value in call.arguments.items()
    ]
    return f'<{prefix}invoke name="{call.name}">\n{"".join(lines)}</{prefix}invoke>'


def _flag(value: Any) -> str:
    return f' string="{str(isinstance(value, str)).lower()}"'


def _wrapped(opener: str, closer: str, prefix: str = "", typed: bool = False) -> Encode:
    def encode(calls: Sequence[Call], style: Style) -> str:
        body = "\n".join(_invoke(call, prefix, typed) for call in calls)
        return f"{opener}\n{body}\n{closer}"

    return encode


def step3(calls: Sequence[Call], style: Style) -> str:
    """StepFun Step3: SGLang's step3 detector: DeepSeek-like tokens around an invoke in its own namespace."""
    around = style.variants.choice(("\n", ""))
    found = [
        f"<｜tool_call_begin｜>function<｜tool_sep｜>{_invoke(call, 'steptml:')}<｜tool_call_end｜>"
        for call in calls
    ]
    return f"<｜tool_calls_begin｜>{around}{around.join(found)}{around}<｜tool_calls_end｜>"


def minimax_m3(calls: Sequence[Call], style: Style) -> str:
    """MiniMax-M3: SGLang's minimax_m3 detector: a namespace token before each tag, values by tag name."""
    found = [f'{_M3}<invoke name="{call.name}">{_fields(call.arguments)}{_M3}</invoke>' for call in calls]
    return f"{_M3}<tool_call>\n" + "\n".join(found) + f"\n{_M3}</tool_call>"


_M3 = "]<]minimax[>["


def _fields(arguments: Mapping[str, Any]) -> str:
    return "".join(f"{_M3}<{key}>{_nested(value)}{_M3}</{key}>" for key, value in arguments.items())


def _nested(value: Any) -> str:
    if isinstance(value, Mapping):
        return _fields(value)
    if isinstance(value, list):
        return "".join(f"{_M3}<item>{_nested(item)}{_M3}</item>" for item in value)
    return raw(value)


def kimi_k3(calls: Sequence[Call], style: Style) -> str:
    """Moonshot Kimi-K3 chat template in llama.cpp: open, close and sep tokens, typed arguments."""
    lead = style.variants.choice(("", "<|open|>response<|sep|><|close|>response<|sep|>"))
    found = []
    for number, call in enumerate(calls, 1):
        body = "".join(
            f'<|open|>argument key="{key}" type="{_kind(value)}"<|sep|>{raw(value)}<|close|>argument<|sep|>'
            for key, value in call.arguments.items()
        )
        found.append(f'<|open|>call tool="{call.name}" index="{number}"<|sep|>{body}<|close|>call<|sep|>')
    end = style.variants.choice(("", "<|close|>message<|sep|>"))
    return f"{lead}<|open|>tools<|sep|>{''.join(found)}<|close|>tools<|sep|>{end}"


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


_accepts: Callable[[Call], bool] = without("</parameter>", "<parameter", "</invoke>")


def _family(
    name: str, source: str, tag: str, prefix: str = "", *, typed: bool = False, **more: Any
) -> Family:
    opener, closer = f"<{tag}>", f"</{tag}>"
    return Family(
        name,
        source,
        _wrapped(opener, closer, prefix, typed),
        syntax="tags",
        value_end=f"</{prefix}parameter>",
        openers=(opener + "\n",),
        closers=(closer, f"</{prefix}invoke>"),
        wrapper=(opener, closer),
        accepts=_accepts,
        **more,
    )


FAMILIES = (
    _family("minimax_m2", "MiniMax-M2 tool calling guide", "minimax:tool_call"),
    _family("deepseek_v32", "DeepSeek-V3.2 encoding", "｜DSML｜function_calls", "｜DSML｜", typed=True),
    _family(
        "deepseek_v4", "vLLM deepseek_v4 parser", "｜DSML｜tool_calls", "｜DSML｜", typed=True, planned=False
    ),
    _family(
        "gigachat35", "vLLM gigachat35 parser", "｜GCML｜tool_calls", "｜GCML｜", typed=True, planned=False
    ),
    _family("dots", "SGLang dots detector", "dots_function_call", planned=False),
    _family("anthropic_invoke", "Anthropic, legacy tool use docs", "function_calls", planned=False),
    Family(
        "step3",
        "SGLang step3 detector",
        step3,
        planned=False,
        syntax="tags",
        value_end="</steptml:parameter>",
        openers=("<｜tool_calls_begin｜>",),
        closers=("<｜tool_calls_end｜>", "<｜tool_call_end｜>"),
        wrapper=("<｜tool_calls_begin｜>", "<｜tool_calls_end｜>"),
        accepts=_accepts,
    ),
    Family(
        "minimax_m3",
        "SGLang minimax_m3 detector",
        minimax_m3,
        planned=False,
        syntax="tags",
        value_end="]<]minimax[>[</",
        closers=("]<]minimax[>[</tool_call>",),
        # An empty list or object has no text of its own in this format.
        accepts=lambda call: not any(value in ([], {}) for value in call.arguments.values()),
    ),
    Family(
        "kimi_k3",
        "Kimi-K3 chat template",
        kimi_k3,
        planned=False,
        syntax="tags",
        value_end="<|close|>argument",
        think=("<|open|>think<|sep|>", "<|close|>think<|sep|>"),
        prose_after=False,
    ),
)
