"""Texts that make a careless parser slow: each has about 100,000 characters."""

from __future__ import annotations

from collections.abc import Mapping

LENGTH = 100_000

_UNITS: Mapping[str, str] = {
    "open braces": "{",
    "open brackets": "[",
    "open objects": '{"a":',
    "open brackets and calls": "[f(a=",
    "less-than signs": "<",
    "full-width bars": "<｜",
    "backticks": "`",
    "fences": "```\n",
    "fences with JSON": '```json\n{"name": "bash", ',
    "quotes": '"',
    "backslashes": '{"name": "bash", "arguments": {"command": "' + "\\" * 40,
    "open think tags": "<think>",
    "closing think tags": "</think>",
    "think tags in turns": "<think></think>",
    "open tool_call tags": "<tool_call>",
    "open tool_call tags with braces": "<tool_call>{",
    "unclosed calls": '<tool_call>{"name": "bash", "arguments": {"command": "ls',
    "whole calls": '<tool_call>{"name": "bash", "arguments": {"command": "ls"}}</tool_call>',
    "function tags": "<function=bash><parameter=command>",
    "parameters without end": "<parameter=command>ls",
    "invoke tags": '<invoke name="bash"><parameter name="command">',
    "argument pairs": "<tool_call>bash<arg_key>command</arg_key><arg_value>",
    "tool tokens": "[TOOL_CALLS]bash[ARGS]",
    "DeepSeek tokens": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>",
    "Kimi tokens": "<|tool_call_begin|>functions.bash:0<|tool_call_argument_begin|>",
    "harmony tokens": "<|channel|>commentary to=functions.bash<|message|>",
    "Gemma tokens": '<|tool_call>call:bash{command:<|"|>',
    "python tags": "<|python_tag|>",
    "actions": "Action: bash\nAction Input: ",
    "bare calls": "bash(command=",
    "names": "bash ",
    "names of tags": "<bash><command>",
    "spaces": " ",
    "line ends": "\n",
    "letters": "x",
    "commas": '{"a":1},',
    "smart quotes": "{“a”: “b”,",
    "comments": "/* // ",
    "escaped JSON": '{\\"name\\": \\"bash\\", ',
    "YAML lines": "bash:\n  - command: |\n",
}


def texts() -> dict[str, str]:
    """By name: a unit over and over, and some within one call or behind one opener."""
    found = {name: _repeated(unit) for name, unit in _UNITS.items()}
    opener = '<tool_call>{"name": "bash", "arguments": {"command": '
    found["a call of nested brackets"] = opener + _repeated("[")
    found["a call of balanced brackets"] = opener + "[" * (LENGTH // 2) + "]" * (LENGTH // 2)
    found["a call with a huge string"] = f'{opener}"{_repeated("x")}"}}}}</tool_call>'
    found["a call with a huge cut string"] = f'{opener}"{_repeated("a b ")}'
    found["a call with bare quotes"] = f'{opener}"{_repeated(chr(34) + " ")}"}}}}</tool_call>'
    found["a bare huge object"] = '{"name": "bash", "arguments": {"command": "' + _repeated("\\n") + '"}}'
    found["a huge number"] = opener + _repeated("9") + "}}</tool_call>"
    found["a huge name"] = '<tool_call>{"name": "' + _repeated("a") + '", "arguments": {}}</tool_call>'
    found["thoughts without end"] = "<think>" + _repeated("I could call bash. ")
    found["prose, then a call"] = _repeated("It is late. ") + f'\n{opener}"ls"}}}}</tool_call>'
    return found


def _repeated(unit: str) -> str:
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH]
