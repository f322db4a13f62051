"""Pieces of the markup of calls, to make any text of."""

from call_tables import READ
from hypothesis import strategies as st

PIECES = [
    "[", "{", '{"a":', '{"name":', '{"name": "', "<", "`", "<tool_call>", '<tool_call>{"a": ',
    "<tool_call>{}",
    '<tool_call>["x ', "</think>", "<think>", "<think></think>", "```\n", "```json\n{\n", " ",
    "\n", "a", '"', "'",
    f"<tool_call>{READ}</tool_call>", "f(", "read_file(", "[read_file(", "read_file({",
    "read_file{", "<function=",
    "<function=read_file>", "<parameter=path>", "</parameter>x",
    '<invoke name="read_file"><parameter name="path">',
    "call:read_file{path:", '<|tool_call>call:read_file{path:<|"|>', "<arg_key>path</arg_key><arg_value>x",
    "read_file[ARGS]", 'read_file[ARGS]{"path":"', "Action: read_file\n", "<read_file>",
    "<read_file><path>", "<a>",
    "to=functions.read_file ", ">>>read_file\n", "name: read_file\n  path: ",
    "read_file:\n  path: a\n", f"{READ} ",
    '{"a": 1} ', "// \n", "/*", "\\", '", ', "<|channel|>commentary", "[TOOL_CALLS]",
    '[TOOL_CALLS][{"name": ',
    '<|open|>call tool="read_file"<|sep|><|open|>argument key="path"<|sep|>', "[a](b) ", '"""',
    "<｜tool▁sep｜>", ";",
]  # fmt: skip
OPENERS = [
    "",
    "<tool_call>",
    "```json\n",
    "<function=write_file><parameter=path>",
    '{"name": "bash", "arguments": {"command": "',
]
MORE = [*PIECES, *OPENERS, READ[:20], READ[20:], "}", "]", ")", "</tool_call>", "</function>",
    "</parameter>", "</invoke>", "\r\n", "text", "\\ud83d", "\ud83d", "arguments", ":", ",",
    "null", "\0", "~~~\n",
    "<|im_end|>", "<|message|>", "[/THINK]", "[THINK]", '<|"|>', "<escape>", "path", "a.py", "=",
    "<path>", "</path>",
]  # fmt: skip
FRAGMENTS = st.sampled_from(MORE)
