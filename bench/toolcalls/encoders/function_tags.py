"""``<function=name>`` with a tag for each parameter, and the other families that tag name and value."""

from __future__ import annotations

from collections.abc import Sequence

from ..values import Call, Family, Style
from .common import gap, own_lines, raw, without


def _function(call: Call) -> str:
    body = "".join(
        f"<parameter={key}>{own_lines(value)}</parameter>\n" for key, value in call.arguments.items()
    )
    return f"<function={call.name}>\n{body}</function>"


def qwen3_coder(calls: Sequence[Call], style: Style) -> str:
    """Qwen3-Coder, Nemotron 3 Nano and Step-3.5 chat templates: each value on lines of its own."""
    return gap(style).join(f"<tool_call>\n{_function(call)}\n</tool_call>" for call in calls)


def qwen3_coder_tight(calls: Sequence[Call], style: Style) -> str:
    """The same without line ends, or with names as attributes: Nous's and OpenHands' prompts print it so."""
    attribute = style.variants.random() < 0.4
    found = []
    for call in calls:
        if attribute:
            body = "".join(
                f'<parameter name="{key}">{raw(value)}</parameter>' for key, value in call.arguments.items()
            )
            found.append(f'<tool_call><function name="{call.name}">{body}</function></tool_call>')
        else:
            body = "".join(
                f"<parameter={key}>{raw(value)}</parameter>" for key, value in call.arguments.items()
            )
            found.append(f"<tool_call><function={call.name}>{body}</function></tool_call>")
    return "\n".join(found)


def seed_oss(calls: Sequence[Call], style: Style) -> str:
    """ByteDance Seed-OSS chat template: as Qwen3-Coder, values without line ends of their own."""
    found = []
    for call in calls:
        body = "".join(
            f"<parameter={key}>{raw(value)}</parameter>\n" for key, value in call.arguments.items()
        )
        found.append(f"<seed:tool_call>\n<function={call.name}>\n{body}</function>\n</seed:tool_call>")
    return "\n".join(found)


def glm45(calls: Sequence[Call], style: Style) -> str:
    """Zhipu GLM-4.5 and 4.6 chat templates: keys and values in turns, on lines."""
    found = []
    for call in calls:
        pairs = "".join(
            f"<arg_key>{key}</arg_key>\n<arg_value>{raw(value)}</arg_value>\n"
            for key, value in call.arguments.items()
        )
        found.append(f"<tool_call>{call.name}\n{pairs}</tool_call>")
    return gap(style).join(found)


def glm47(calls: Sequence[Call], style: Style) -> str:
    """GLM-4.7 chat template, iFlytek Spark 3 and Poolside Laguna parsers: the same without line ends."""
    found = []
    for call in calls:
        pairs = "".join(
            f"<arg_key>{key}</arg_key><arg_value>{raw(value)}</arg_value>"
            for key, value in call.arguments.items()
        )
        found.append(f"<tool_call>{call.name}{pairs}</tool_call>")
    return style.variants.choice(("", "\n")).join(found)


def hunyuan_v3(calls: Sequence[Call], style: Style) -> str:
    """Tencent Hunyuan V3: vLLM's hy_v3 parser: GLM's pairs behind a separator; tags may have a suffix."""
    suffix = style.variants.choice(("", "", ":opensource"))
    found = []
    for call in calls:
        pairs = "".join(
            f"<arg_key{suffix}>{key}</arg_key{suffix}>\n<arg_value{suffix}>{raw(value)}</arg_value{suffix}>\n"
            for key, value in call.arguments.items()
        )
        found.append(f"<tool_call{suffix}>{call.name}<tool_sep{suffix}>\n{pairs}</tool_call{suffix}>")
    return f"<tool_calls{suffix}>\n" + "\n".join(found) + f"\n</tool_calls{suffix}>"


def minicpm5(calls: Sequence[Call], style: Style) -> str:
    """OpenBMB MiniCPM5: SGLang's minicpm5 detector: ``<param name>``, CDATA around values with markup."""
    found = []
    for call in calls:
        body = "".join(
            f'<param name="{key}">{_cdata(raw(value))}</param>' for key, value in call.arguments.items()
        )
        found.append(f'<function name="{call.name}">{body}</function>')
    return gap(style).join(found)


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>" if any(sign in text for sign in "<&\n") else text


def solar_open2(calls: Sequence[Call], style: Style) -> str:
    """Upstage Solar Open 2: vLLM's solar_open2 parser, docstring: tokens around each name and value."""
    found = []
    for call in calls:
        pairs = "".join(
            f"<|tool_arg:start|>{key}<|tool_arg:value|>{raw(value)}<|tool_arg:end|>\n"
            for key, value in call.arguments.items()
        )
        found.append(f"<|tool_call:start|>{call.name}\n{pairs}<|tool_call:end|>")
    return "\n".join(found)


_NO_PARAMETER = without("</parameter>", "<parameter", "</function>")
_NO_ARGUMENT = without("</arg_value>", "<arg_key>")

FAMILIES = (
    Family(
        "qwen3_coder",
        "Qwen3-Coder chat template",
        qwen3_coder,
        syntax="tags",
        value_end="</parameter>",
        openers=("<tool_call>\n",),
        closers=("</tool_call>", "</function>"),
        wrapper=("<tool_call>", "</tool_call>"),
        accepts=_NO_PARAMETER,
    ),
    Family(
        "qwen3_coder_tight",
        "OpenHands function call converter",
        qwen3_coder_tight,
        syntax="tags",
        value_end="</parameter>",
        openers=("<tool_call>",),
        closers=("</tool_call>", "</function>"),
        wrapper=("<tool_call>", "</tool_call>"),
        accepts=_NO_PARAMETER,
    ),
    Family(
        "seed_oss",
        "Seed-OSS chat template",
        seed_oss,
        syntax="tags",
        value_end="</parameter>",
        openers=("<seed:tool_call>\n",),
        closers=("</seed:tool_call>", "</function>"),
        wrapper=("<seed:tool_call>", "</seed:tool_call>"),
        think=("<seed:think>", "</seed:think>"),
        accepts=_NO_PARAMETER,
    ),
    Family(
        "glm45",
        "GLM-4.5 chat template",
        glm45,
        syntax="tags",
        value_end="</arg_value>",
        closers=("</tool_call>",),
        accepts=_NO_ARGUMENT,
    ),
    Family(
        "glm47",
        "GLM-4.7 chat template",
        glm47,
        syntax="tags",
        value_end="</arg_value>",
        closers=("</tool_call>",),
        accepts=_NO_ARGUMENT,
    ),
    Family(
        "hunyuan_v3",
        "vLLM hy_v3 parser",
        hunyuan_v3,
        planned=False,
        syntax="tags",
        value_end="</arg_value",
        accepts=_NO_ARGUMENT,
    ),
    Family(
        "minicpm5",
        "SGLang minicpm5 detector",
        minicpm5,
        planned=False,
        syntax="tags",
        value_end="</param>",
        closers=("</function>",),
        accepts=without("]]>", "</param>"),
    ),
    Family(
        "solar_open2",
        "vLLM solar_open2 parser",
        solar_open2,
        planned=False,
        syntax="tags",
        value_end="<|tool_arg:end|>",
        closers=("<|tool_call:end|>",),
        accepts=without("<|tool_arg"),
    ),
)
