"""Calls behind tokens, by name, in Python, in ReAct: Llama, Mistral, DeepSeek, Kimi, gpt-oss, Gemma …"""

import pytest
from call_tables import READ, READ_CALL, calls, parse_typed

ARGS = '{"path": "a.py"}'
PARAMETERS = READ.replace("arguments", "parameters")


def check(text: str, expected: list[tuple[str, dict[str, object]]], prose: str = "") -> None:
    parsed = parse_typed(text)
    assert calls(parsed) == expected
    assert parsed.problems == ()
    assert parsed.text == prose


@pytest.mark.parametrize(
    "text",
    [
        f"<|python_tag|>{PARAMETERS}",
        '<|python_tag|>read_file.call(path="a.py")',
        f"[TOOL_CALLS][{READ}]",
        f"[TOOL_CALLS] [{READ}",
        f"[TOOL_CALLS]read_file[ARGS]{ARGS}",
        f"[TOOL_CALLS]read_file[CALL_ID]abc123XYZ[ARGS]{ARGS}",
        f"[TOOL_CALLS]read_file{ARGS}",
        f"read_file[ARGS]{ARGS}",
        f"read_file{ARGS}",
        f"read_file\n{ARGS}",
        f"read_file\n```json\n{ARGS}\n```",
        "<|tool_call_start|>[read_file(path='a.py')]<|tool_call_end|>",
        f"<|tool_call_start|>[{READ}]<|tool_call_end|>",
        f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read_file\n```json\n{ARGS}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
        f"<｜tool▁call▁begin｜>function<｜tool▁sep｜>read_file\n```json\n{ARGS}\n```<｜tool▁call▁end｜>",
        f"<|tool_calls_begin|><|tool_call_begin|>function<|tool_sep|>read_file\n```json\n{ARGS}\n```<|tool_call_end|>",
        f"function<｜tool▁sep｜>read_file\n```json\n{ARGS}\n```",
        f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read_file<｜tool▁sep｜>{ARGS}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
        f"<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{ARGS}"
        "<|tool_call_end|><|tool_calls_section_end|>",
        f"<|tool_call_begin|>read_file<|tool_call_argument_begin|>{ARGS}<|tool_call_end|>",
        f"functions.read_file:0<|tool_call_argument_begin|>{ARGS}",
        f"<|tool_call|>[{READ}]",
        f"<tool_call>[{READ}]</tool_call>",
        f'<|START_ACTION|>[{{"tool_call_id": "0", "tool_name": "read_file", "parameters": {ARGS}}}]'
        f"<|END_ACTION|>",
        f'<|START_ACTION|>{{"tool_name": "read_file", "parameters": {ARGS}}}',
        f"functools[{READ}]",
        f"<|channel|>commentary to=functions.read_file <|constrain|>json<|message|>{ARGS}<|call|>",
        f"<|start|>assistant<|channel|>commentary to=functions.read_file<|message|>{ARGS}",
        f" to=functions.read_file<|channel|>commentary<|message|>{ARGS}",
        f"<|channel|>analysis<|message|>Look.<|end|><|start|>assistant to=functions.read_file"
        f"<|channel|>commentary json<|message|>{ARGS}",
        f"commentary to=functions.read_file json{ARGS}",
        "<start_function_call>call:read_file{path:<escape>a.py<escape>}<end_function_call>",
        '<|tool_call>call:read_file{path:<|"|>a.py<|"|>}<tool_call|>',
        '<|tool_call>call:read_file{path:"a.py"}<tool_call|>',
        '<|tool_call>:read_file{path:<|"|>a.py<|"|>}',
        "call:read_file{path:<escape>a.py<escape>}",
        '<|channel>thought\nLook.<channel|><|tool_call>call:read_file{path:<|"|>a.py<|"|>}<tool_call|>',
        '```tool_code\nprint(read_file(path="a.py"))\n```',
        '```tool_code\nread_file(path="a.py")\n```\nNow I wait.',
        '[read_file(path="a.py")]',
        "read_file(path='a.py')",
        '<function_calls>read_file(path="a.py")</function_calls>',
        '<|python_start|>[read_file(path="a.py")]<|python_end|>',
        f">>>read_file\n{ARGS}",
        f"<|recipient|>read_file\n<|content|>{ARGS}<|stop|>",
        f"<tool_calls>[{READ}]</tool_calls>",
        f"Step one.\n[BEGIN FINAL RESPONSE]\n<tool_calls>[{READ}]</tool_calls>",
        f"<TOOLCALL>[{READ}]</TOOLCALL>",
        f'<|tools_prefix|>[{{"read_file": {ARGS}}}]<|tools_suffix|>',
        f"<|action_start|><|plugin|>\n{PARAMETERS}<|action_end|>",
        f"<longcat_tool_call>{READ}</longcat_tool_call>",
        f'<|content_invoke_tool_json|>{{"name": "read_file", "args": {ARGS}}}<|end_message|>',
        f"function call<|role_sep|>\n{READ}",
        f"[TOOL_REQUEST]{READ}[END_TOOL_REQUEST]",
        f"<tools>{READ}</tools>",
        f"<json>{READ}</json>",
        f"<response>{READ}</response>",
        f"Action: read_file\nAction Input: {ARGS}",
        "Thought: so\nAction: read_file\nAction Input: {'path': 'a.py'} # the file\nObservation: ",
        "Action: read_file\nAction Input: a.py",
        f"Action: read_file\nAction Input:\n```json\n{ARGS}\n```",
        f"**Action:** read_file\n**Action Input:** {ARGS}",
        f"✿FUNCTION✿: read_file\n✿ARGS✿: {ARGS}\n✿RESULT✿",
        f'```json\n{{"action": "read_file", "action_input": {ARGS}}}\n```',
        f'```\n{{"action": "read_file", "action_input": {ARGS}}}\n```',
        '{"tool": "read_file", "path": "a.py"}',
        f'{{"tool_calls": [{{"type": "function", "function": {READ}}}]}}',
        "```yaml\nname: read_file\narguments:\n  path: a.py\n```",
        f"``` json\n{READ}\n```",
        f"```json {READ} ```",
    ],
)
def test_one_call(text: str) -> None:
    parsed = parse_typed(text)
    assert calls(parsed) == READ_CALL
    assert parsed.problems == ()
    assert parsed.text in ("", "Now I wait.", "Thought: so")
    assert calls(parse_typed(text.replace("\n", "\r\n"))) == READ_CALL
    assert calls(parse_typed(f"{text}<|eot_id|>")) == READ_CALL


@pytest.mark.parametrize(
    "text",
    [
        f"I will look. {READ} Then I go on.",
        f"Here it is:\n\n{READ}; {READ}\n",
        "Let me look at it.\n[read_file(path='a.py'), read_file(path='a.py')]\nThen I go on.",
        f"I'll read it:\n```json\n{READ}\n```\nThen I go on.",
    ],
)
def test_plain_calls_in_prose(text: str) -> None:
    parsed = parse_typed(text)
    assert calls(parsed)[:1] == READ_CALL
    assert "read_file" not in parsed.text


@pytest.mark.parametrize("tag", ["<|python_tag|>", ">>>python\n", "<function=python>"])
def test_raw_code(tag: str) -> None:
    assert calls(parse_typed(f"{tag}x = {{1: 2}}\nprint(x)" + "</function>" * ("<f" in tag))) == [
        ("python", {"code": "x = {1: 2}\nprint(x)"})
    ]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("bash(command='echo \"hi\"')", {"command": 'echo "hi"'}),
        ("bash(command='it\\'s')", {"command": "it's"}),
        ('bash(command="say "hi" now")', {"command": 'say "hi" now'}),
        ('bash(command="""two\nlines""")', {"command": "two\nlines"}),
        ("bash(command=r'a\\d')", {"command": "a\\d"}),
        ("bash('ls')", {"command": "ls"}),
        ("bash({'command': 'ls'})", {"command": "ls"}),
        ("bash(command='ls'", {"command": "ls"}),
        ("bash(command='f(x, y=[1])')", {"command": "f(x, y=[1])"}),
        ("default_api.bash(command='ls')", {"command": "ls"}),
        ("bash(cmd='ls')", {"command": "ls"}),
    ],
)
def test_python_values(call: str, expected: dict[str, object]) -> None:
    assert calls(parse_typed(f"[{call}]")) == [("bash", expected)]


def test_values_of_other_types() -> None:
    expected = {"pattern": "x", "limit": 3, "regex": True, "paths": ["a"], "near": {"line": 1, "text": None}}
    for text in (
        "[search(pattern='x', limit=3, regex=True, paths=['a'], near={'line': 1, 'text': None})]",
        "[search(pattern='x', limit=3, regex=true, paths=['a'], near={'line': 1, 'text': null})]",
        '<|tool_call>call:search{pattern:<|"|>x<|"|>,limit:3,regex:true,paths:[<|"|>a<|"|>],near:{line:1,text:null}}',
        '{"name": "search", "arguments": {"pattern": "x", "limit": "3", "regex": "true", "paths": "a", '
        '"near": "{\\"line\\": 1, \\"text\\": null}"}}',
    ):
        assert calls(parse_typed(text)) == [("search", expected)]


def test_a_decoy_in_a_thought_does_not_run() -> None:
    text = (
        f'[THINK]Perhaps [TOOL_CALLS]bash[ARGS]{{"command": "rm"}}?[/THINK][TOOL_CALLS]read_file[ARGS]{ARGS}'
    )
    check(text, READ_CALL)


@pytest.mark.parametrize(
    "text",
    [
        '[TOOL_CALLS]write_file[ARGS]{"path": "a", "content": "one',
        '<|tool_call>call:write_file{path:<|"|>a<|"|>,content:<|"|>one',
        "[write_file(path='a', content='one",
        '```json\n{"name": "write_file", "arguments": {"path": "a", "content": "one',
        '{"name": "write_file", "arguments": {"path": "a", "content": "one',
        'Action: write_file\nAction Input: {"path": "a", "content": "one',
        '<|channel|>commentary to=functions.write_file<|message|>{"path": "a", "content": "one',
        '{"name": "write_file", "arguments": {"path": "a"',
    ],
)
def test_a_cut_call_is_told_and_not_run(text: str) -> None:
    parsed = parse_typed(text)
    assert parsed.calls == ()
    assert parsed.cut
    assert "write_file broke off" in parsed.problems[0].message


def test_whole_calls_before_a_cut_one_run() -> None:
    parsed = parse_typed(f'[TOOL_CALLS][{READ}, {{"name": "bash", "arguments": {{"command": "l')
    assert calls(parsed) == READ_CALL
    assert parsed.cut
