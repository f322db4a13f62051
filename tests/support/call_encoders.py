"""Calls written the way models write them: one encoder for each dialect, from names and arguments.

An encoder takes a list of calls, each a name and arguments that are all strings, and gives a whole reply.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

Call = tuple[str, dict[str, str]]
Encoder = Callable[[Sequence[Call]], str]


def as_json(name: str, arguments: dict[str, str], key: str = "arguments", name_key: str = "name") -> str:
    return json.dumps({name_key: name, key: arguments}, ensure_ascii=False)


def as_python(name: str, arguments: dict[str, str]) -> str:
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"


def _each(
    one: Callable[[str, dict[str, str]], str], before: str = "", after: str = "", between: str = "\n"
) -> Encoder:
    return lambda calls: before + between.join(one(name, arguments) for name, arguments in calls) + after


def _pairs(arguments: dict[str, str], one: str) -> str:
    return "".join(one.format(key, value) for key, value in arguments.items())


def _qwen(name: str, arguments: dict[str, str]) -> str:
    inside = _pairs(arguments, "<parameter={}>\n{}\n</parameter>\n")
    return f"<tool_call>\n<function={name}>\n{inside}</function>\n</tool_call>"


def _invoke(name: str, arguments: dict[str, str], space: str = "", flag: str = "") -> str:
    inside = _pairs(arguments, f'<{space}parameter name="{{}}"{flag}>{{}}</{space}parameter>\n')
    return f'<{space}invoke name="{name}">\n{inside}</{space}invoke>'


def _glm(name: str, arguments: dict[str, str]) -> str:
    inside = _pairs(arguments, "<arg_key>{}</arg_key>\n<arg_value>{}</arg_value>\n")
    return f"<tool_call>{name}\n{inside}</tool_call>"


def _gemma(quote: str) -> Callable[[str, dict[str, str]], str]:
    def one(name: str, arguments: dict[str, str]) -> str:
        inside = ",".join(f"{key}:{quote}{value}{quote}" for key, value in arguments.items())
        return f"call:{name}{{{inside}}}"

    return one


_gemma_4 = _gemma('<|"|>')
_function_gemma = _gemma("<escape>")


def _kimi_k3(name: str, arguments: dict[str, str]) -> str:
    inside = _pairs(arguments, '<|open|>argument key="{}" type="string"<|sep|>{}<|close|>argument<|sep|>')
    return f'<|open|>call tool="{name}" index="1"<|sep|>{inside}<|close|>call<|sep|>'


def _tool_tags(name: str, arguments: dict[str, str]) -> str:
    return f"<{name}>\n" + _pairs(arguments, "<{0}>\n{1}\n</{0}>\n") + f"</{name}>"


def _harmony(name: str, arguments: dict[str, str]) -> str:
    body = json.dumps(arguments)
    return f"<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>{body}<|call|>"


def _list(calls: Sequence[Call], key: str = "arguments", name_key: str = "name") -> str:
    return f"[{', '.join(as_json(name, arguments, key, name_key) for name, arguments in calls)}]"


DEEPSEEK = "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"

# The bodies of these are JSON or Python literals, so that any string comes through.
ESCAPED: dict[str, Encoder] = {
    "hermes": _each(lambda n, a: f"<tool_call>\n{as_json(n, a)}\n</tool_call>"),
    "openai": _list,
    "llama 3": _each(lambda n, a: as_json(n, a, "parameters"), "<|python_tag|>", "", "; "),
    "llama 3, bare": _each(lambda n, a: as_json(n, a, "parameters"), "", "", "; "),
    "fenced": lambda calls: f"I'll do that.\n\n```json\n{_list(calls)}\n```\n",
    "pythonic": _each(as_python, "[", "]", ", "),
    "olmo": _each(as_python, "<function_calls>", "</function_calls>"),
    "lfm2": _each(as_python, "<|tool_call_start|>[", "]<|tool_call_end|>", ", "),
    "gemma 3": _each(lambda n, a: f"print({as_python(n, a)})", "```tool_code\n", "\n```"),
    "mistral, old": lambda calls: f"[TOOL_CALLS]{_list(calls)}",
    "mistral": _each(lambda n, a: f"[TOOL_CALLS]{n}[ARGS]{json.dumps(a)}", between=""),
    "deepseek v3": _each(
        lambda n, a: (
            f"<｜tool▁call▁begin｜>function<｜tool▁sep｜>{n}\n"
            f"```json\n{json.dumps(a)}\n```<｜tool▁call▁end｜>"
        ),
        *DEEPSEEK,
    ),
    "deepseek v3.1": _each(
        lambda n, a: f"<｜tool▁call▁begin｜>{n}<｜tool▁sep｜>{json.dumps(a)}<｜tool▁call▁end｜>",
        *DEEPSEEK, "",
    ),
    "kimi k2": _each(
        lambda n, a: (
            f"<|tool_call_begin|>functions.{n}:0"
            f"<|tool_call_argument_begin|>{json.dumps(a)}<|tool_call_end|>"
        ),
        "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", "",
    ),
    "granite": lambda calls: f"<|tool_call|>{_list(calls)}",
    "command-r": lambda calls: f"<|START_ACTION|>{_list(calls, 'parameters', 'tool_name')}<|END_ACTION|>",
    "phi 4": lambda calls: f"functools{_list(calls)}",
    "harmony": _each(_harmony, between="<|start|>assistant"),
    "functionary": _each(lambda n, a: f"<function={n}>{json.dumps(a)}</function>"),
    "functionary 3.2": _each(lambda n, a: f">>>{n}\n{json.dumps(a)}"),
    "jamba": lambda calls: f"<tool_calls>{_list(calls)}</tool_calls>",
    "nemotron": lambda calls: f"<TOOLCALL>{_list(calls)}</TOOLCALL>",
    "apertus": lambda calls: f"<|tools_prefix|>{json.dumps([{n: a} for n, a in calls])}<|tools_suffix|>",
    "internlm": _each(
        lambda n, a: f"<|action_start|><|plugin|>\n{as_json(n, a, 'parameters')}<|action_end|>"
    ),
    "longcat": _each(lambda n, a: f"<longcat_tool_call>{as_json(n, a)}</longcat_tool_call>"),
    "inkling": _each(lambda n, a: f"<|content_invoke_tool_json|>{as_json(n, a, 'args')}<|end_message|>"),
    "gigachat": lambda calls: f"function call<|role_sep|>\n{as_json(*calls[0])}",
    "lm studio": _each(lambda n, a: f"[TOOL_REQUEST]{as_json(n, a)}[END_TOOL_REQUEST]"),
    "react": lambda calls: f"Thought: so.\nAction: {calls[0][0]}\nAction Input: {json.dumps(calls[0][1])}",
    "action": lambda calls: f"```\n{as_json(*calls[0], 'action_input', 'action')}\n```",
}  # fmt: skip

# The values of these are bare text between tags, so that they hold anything but the tags.
BARE: dict[str, Encoder] = {
    "qwen3 coder": _each(_qwen),
    "seed-oss": _each(lambda n, a: _qwen(n, a).replace("tool_call>", "seed:tool_call>")),
    "minimax m2": _each(_invoke, "<minimax:tool_call>\n", "\n</minimax:tool_call>"),
    "deepseek v3.2": _each(
        lambda n, a: _invoke(n, a, "｜DSML｜", ' string="true"'),
        "<｜DSML｜function_calls>\n", "\n</｜DSML｜function_calls>",
    ),
    "step 3": _each(
        lambda n, a: (
            f"<｜tool_call_begin｜>function<｜tool_sep｜>{_invoke(n, a, 'steptml:')}<｜tool_call_end｜>"
        ),
        "<｜tool_calls_begin｜>", "<｜tool_calls_end｜>",
    ),
    "dots": _each(_invoke, "<dots_function_call>", "</dots_function_call>"),
    "glm": _each(_glm),
    "gemma 4": _each(lambda n, a: f"<|tool_call>{_gemma_4(n, a)}<tool_call|>", between=""),
    "functiongemma": _each(
        lambda n, a: f"<start_function_call>{_function_gemma(n, a)}<end_function_call>", between=""
    ),
    "kimi k3": _each(_kimi_k3, "<|open|>tools<|sep|>", "<|close|>tools<|sep|>", ""),
    "tool tags": _each(_tool_tags),
}  # fmt: skip
