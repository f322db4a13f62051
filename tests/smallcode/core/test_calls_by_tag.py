"""Calls with tags and parameters of their own: Qwen3-Coder, MiniMax, DeepSeek's DSML, GLM, Kimi K3, XML."""

import pytest
from call_tables import READ_CALL, calls, parse_typed

SEARCH = [("search", {"pattern": "x+", "limit": 3, "regex": True, "paths": ["src", "tests"]})]
WRITE = [("write_file", {"path": "a.py", "content": 'if a < b:\n    print("</div>")'})]


def check(text: str, expected: list[tuple[str, dict[str, object]]], prose: str = "") -> None:
    parsed = parse_typed(text)
    assert calls(parsed) == expected
    assert parsed.problems == ()
    assert parsed.text == prose


@pytest.mark.parametrize(
    "text",
    [
        "<tool_call>\n<function=read_file>\n<parameter=path>\na.py\n</parameter>\n</function>\n</tool_call>",
        "<function=read_file>\n<parameter=path>\na.py\n</parameter>\n</function>",
        "<tool_call>\r\n<function=read_file>\r\n<parameter=path>\r\na.py\r\n</parameter>\r\n</function>\r\n</tool_call>",
        "<tool_call><function=read_file><parameter=path>a.py</function></tool_call>",
        "<tool_call><function=read_file><parameter=path>a.py</parameter></tool_call>",
        "<function=read_file><parameter=path>a.py</parameter>",
        '<tool_call><function name="read_file"><parameter name="path">a.py</parameter></function>'
        "</tool_call>",
        "<function = read_file ><parameter = path >a.py</parameter></function>",
        "<function=read_file>\n<parameter>path</parameter>\na.py\n</function>",
        '<function=read_file>{"path": "a.py"}</function>',
        "<function=read_file>\n```json\n{'path': 'a.py',}\n```\n</function>",
        "<function=read_file>a.py</function>",
        "<seed:tool_call><function=read_file><parameter=path>a.py</parameter></function></seed:tool_call>",
        '<minimax:tool_call>\n<invoke name="read_file">\n<parameter name="path">a.py</parameter>\n'
        "</invoke>\n</minimax:tool_call>",
        '<invoke name="read_file"><parameter name="path">a.py</parameter></invoke>',
        '<invoke name="read_file"><path>a.py</path></invoke>',
        ']<]minimax[>[<tool_call>]<]minimax[>[<invoke name="read_file">]<]minimax[>[<path>a.py]'
        "<]minimax[>[</path>"
        "]<]minimax[>[</invoke>]<]minimax[>[</tool_call>",
        '<｜DSML｜function_calls>\n<｜DSML｜invoke name="read_file">\n'
        '<｜DSML｜parameter name="path" string="true">'
        "a.py</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>",
        '<｜DSML｜invoke name="read_file"><｜DSML｜parameter name="path" string="false">a.py'
        "</｜DSML｜parameter></｜DSML｜invoke>",
        '<function_calls><invoke name="read_file">{"path": "a.py"}</invoke></function_calls>',
        '<steptml:invoke name="read_file"><steptml:parameter name="path">a.py</steptml:parameter>'
        "</steptml:invoke>",
        '<function name="read_file"><param name="path"><![CDATA[a.py]]></param></function>',
        "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>a.py</arg_value>\n</tool_call>",
        "<tool_call>read_file<arg_key>path</arg_key><arg_value>a.py</arg_value></tool_call>",
        "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>a.py</arg_key>\n</tool_call>",
        "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>a.py</tool_call>",
        "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>a.py</arg_value>",
        "<ifm|tool_calls><ifm|tool_call>read_file<ifm|arg_key>path</ifm|arg_key><ifm|arg_value>a.py</ifm|arg_value>"
        "</ifm|tool_call></ifm|tool_calls>",
        '<|open|>tools<|sep|><|open|>call tool="read_file" index="1"<|sep|>'
        '<|open|>argument key="path" type="string"<|sep|>'
        "a.py<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|><|close|>message<|sep|>",
        "<read_file><path>a.py</path></read_file>",
        "<read_file>\n<path> a.py</path>\n</read_file>",
        "<read_file>\n<path>a.py\n</read_file>",
        "<read_file>\npath: a.py\n</read_file>",
        '<read_file>{"path": "a.py"}</read_file>',
        "<read_file>a.py</read_file>",
        '<tool_call><name>read_file</name><arguments>{"path": "a.py"}</arguments></tool_call>',
        "<tool_use><tool_name>read_file</tool_name><parameters><path>a.py</path></parameters></tool_use>",
        "```xml\n<read_file>\n<path>a.py</path>\n</read_file>\n```",
        "<think>Look first.</think>\n<read_file><path>a.py</path></read_file>",
        "<think>I had better read it.\n<function=read_file><parameter=path>a.py</parameter></function>",
    ],
)
def test_one_call(text: str) -> None:
    check(text, READ_CALL)
    check(f"{text}<|im_end|>\n", READ_CALL)
    if not text.startswith("<think"):
        check(f"I will read it.\n\n{text}", READ_CALL, "I will read it.")
        check(f"I should read it.\n</think>\n\n{text}", READ_CALL)


@pytest.mark.parametrize(
    "text",
    [
        "<function=search><parameter=pattern>x+</parameter><parameter=limit>3</parameter>"
        '<parameter=regex>True</parameter><parameter=paths>["src", "tests"]</parameter></function>',
        '<invoke name="search"><parameter name="pattern">x+</parameter><parameter name="limit"> 3 '
        "</parameter>"
        "<parameter name=\"regex\">true</parameter><parameter name=\"paths\">['src', 'tests']"
        "</parameter></invoke>",
        "<tool_call>search<arg_key>pattern</arg_key><arg_value>x+</arg_value><arg_key>limit</arg_key><arg_value>3"
        "</arg_value><arg_key>regex</arg_key><arg_value>true</arg_value><arg_key>paths</arg_key>"
        '<arg_value>["src", "tests"]</arg_value></tool_call>',
        '<search><pattern>x+</pattern><limit>3</limit><regex>true</regex><paths>["src", "tests"]'
        "</paths></search>",
        "<search>\npattern: x+\nlimit: 3\nregex: true\npaths:\n  - src\n  - tests\n</search>",
    ],
)
def test_text_is_converted_by_the_schema(text: str) -> None:
    check(text, SEARCH)


@pytest.mark.parametrize(
    "text",
    [
        "<function=write_file>\n<parameter=path>\na.py\n</parameter>\n<parameter=content>\n{}\n</parameter>\n</function>",
        '<invoke name="write_file"><parameter name="path">a.py</parameter>'
        '<parameter name="content">{}</parameter></invoke>',
        "<tool_call>write_file<arg_key>path</arg_key><arg_value>a.py</arg_value><arg_key>content</arg_key>"
        "<arg_value>{}</arg_value></tool_call>",
        "<write_file><path>a.py</path><content>\n{}\n</content></write_file>",
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        'if a < b:\n    print("</div>")',
        '{"a": 1}',
        "    indented\n\n\n  twice",
        "<parameter=other>1</parameter> is markup",
        "ends in </function> or so",
        "3",
        "true",
        "`x` $& \\1 \\n",
    ],
)
def test_values_are_literal(text: str, content: str) -> None:
    check(text.replace("{}", content), [("write_file", {"path": "a.py", "content": content})])


def test_several_calls() -> None:
    one = "<function=read_file><parameter=path>{}</parameter></function>"
    text = f"<tool_call>{one.format('a')}</tool_call>\n<tool_call>{one.format('b')}</tool_call>\nNow I wait."
    check(text, [("read_file", {"path": "a"}), ("read_file", {"path": "b"})], "Now I wait.")
    check(
        f"<tool_call>{one.format('a')}{one.format('b')}</tool_call>",
        [("read_file", {"path": p}) for p in "ab"],
    )
    check("<tool_call>ping</tool_call><ping/><tool_call>ping\n</tool_call>", [("ping", {})] * 3)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<function=write_file><parameter=path>a</parameter><parameter=content>one\ntwo", "cut"),
        ("<function=write_file><parameter=path>a</parameter>", "cut"),
        ("<function=write_file><parameter=path>a</parameter><param", "cut"),
        ('<invoke name="write_file"><parameter name="path">a</parameter><parameter name="content">x', "cut"),
        (
            "<tool_call>write_file<arg_key>path</arg_key><arg_value>a</arg_value><arg_key>content</arg_key>",
            "cut",
        ),
        ("<write_file><path>a</path><content>one\ntwo", "cut"),
        ("<function=nothing><parameter=path>a</parameter></function>", "unknown tool"),
        (
            "<function=bash><parameter=command>a</parameter><parameter=command>b</parameter></function>",
            "unreadable",
        ),
    ],
)
def test_what_cannot_run(text: str, kind: str) -> None:
    parsed = parse_typed(f"I do it.\n{text}")
    assert parsed.calls == ()
    assert [problem.kind for problem in parsed.problems] == [kind]
    assert parsed.text == "I do it."
