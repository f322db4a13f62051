import json

import pytest
from call_tables import READ, READ_CALL, TOOLS, calls, parse

from smallcode.core.toolcalls import Parsed, parse_tool_calls


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        # Hermes
        (f"<tool_call>{READ}</tool_call>", ""),
        (f"<tool_call>\n{READ}\n</tool_call>\n", ""),
        (f"<tool_call>\r\n{READ}\r\n</tool_call>\r\n", ""),
        (f"Let me look.\n<tool_call>{READ}</tool_call>", "Let me look."),
        (f"before <tool_call>{READ}</tool_call> after", "before\n\nafter"),
        (f"<tool_call>{READ}", ""),
        (f"<tool_call>{READ}\nThen I will see.", "Then I will see."),
        (f"<tool_call>{READ}}}</tool_call>", ""),
        (f"<tool_call>[{READ}]</tool_call>", ""),
        (f"<TOOL_CALL>{READ}</TOOL_CALL>", ""),
        ('<tool_call>{"name": "read_file", "parameters": {"path": "a.py"}}</tool_call>', ""),
        ('<tool_call>{"function": {"name": "read_file", "arguments": {"path": "a.py"}}}</tool_call>', ""),
        (r'<tool_call>{"name": "read_file", "arguments": "{\"path\": \"a.py\"}"}</tool_call>', ""),
        (f"I use `<tool_call>` now.\n<tool_call>{READ}</tool_call>", "I use `<tool_call>` now."),
        (f"It's a stray ` here.\n\n<tool_call>{READ}</tool_call>", "It's a stray ` here."),
        (f"<think>Read it? <tool_call>{{</think><tool_call>{READ}</tool_call>", ""),
        (f"I should read it.</think>\n<tool_call>{READ}</tool_call>", ""),
        (f"```py\nx = 1\n```\n<tool_call>{READ}</tool_call>", "```py\nx = 1\n```"),
        # a fence at the end
        (f"```json\n{READ}\n```", ""),
        (f"```json\n{READ}", ""),
        (f"```json\r\n{READ}\r\n```\r\n", ""),
        (f"~~~~\n{READ}\n~~~~\n", ""),
        (f"I will read the file.\n\n```json\n{READ}\n```\n", "I will read the file."),
        (f'```json\n{{"type": "function", "function": {READ}}}\n```', ""),
        (f"```json\n[{READ}]\n```", ""),
        # the whole reply
        (READ, ""),
        (f"\n  {READ}\n", ""),
        (f"[{READ}]", ""),
        (f'{{"function": {READ}}}', ""),
        (f"<think>Hm.</think>\n\n{READ}", ""),
    ],
)
def test_a_call_is_read(text: str, prose: str) -> None:
    parsed = parse(text)
    assert calls(parsed) == READ_CALL
    assert parsed.text == prose
    assert parsed.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just text with {braces} and [brackets].",
        # thoughts
        f"<think><tool_call>{READ}</tool_call></think>Done.",
        f"<think>{READ}</think>",
        f"<think>I could call\n<tool_call>{READ}</tool_call> but will not.",
        f"<think>I could call\n<tool_call>{READ}</tool_call></think>\nIt is done.",
        f"<think>Hm.\n{READ}",
        f"I could call <tool_call>{READ}</tool_call></think>\nBut I will not.",
        f"[THINK]<tool_call>{READ}</tool_call>[/THINK]No.",
        f"```json\n{READ}\n```\n</think>No.",
        # quotations
        f"You write `<tool_call>{READ}</tool_call>` for that.",
        f"You write ``<tool_call>\n{READ}\n</tool_call>`` for that.",
        f"```xml\n<tool_call>{READ}</tool_call>\n```\nThat is the form.",
        f"A call has this format:\n```xml\n<tool_call>{READ}</tool_call>\n```",
        f"The format is <tool_call>{READ}</tool_call> as you see.",
        f"For example:\n\n<tool_call>{READ}</tool_call>",
        f"> <tool_call>{READ}</tool_call>",
        f'The model printed "<tool_call>{READ}</tool_call>".',
        f"| form | <tool_call>{READ}</tool_call> |",
        f"You would write <tool_call>{READ}</tool_call> then.",
        f"````md\n```json\n{READ}\n```\n````",
        f"```json\n{READ}\n```\nThis would read the file.",
        f"For example:\n\n```json\n{READ}\n```",
        f"A call looks like this:\n```json\n{READ}\n```\n",
        f"```json\n{READ}\n```\n\n```python\nprint(1)\n```",
        f"```python\n{READ}\n```",
        # talk of the tag
        "Wrap it in <tool_call></tool_call> tags.",
        "Also has <tool_call> tags in it.",
        # unmarked and not beyond doubt
        f"You could send {READ} then.",
        f"An example: {READ}",
        f"The user typed: {READ}",
        f"# Calls\n\n{READ}",
        f"{READ} is what I would send.",
        '{"name": "read_file", "version": "1.0"}',
        '{"name": "read_file"}',
        '{"name": "read_file", "arguments": {"nonsense": 1}}',
        "You can use read_file(path='a.py') for that.",
        "Then `read_file(path='a.py')`.",
        "read_file(path='a.py') would read it.",
        "```python\nread_file(path='a.py')\nprint(1)\n```",
        "The result is a <value> tag, or <path>a.py</path>.",
        "<read_file> is a tool.",
        "<read_file>\n</read_file>",
        "Action: think about read_file",
        "[special delivery]",
        "read_file: reads a file",
        '{"name": "read_file", "arguments": {}}',
        '{"name": "read_file", "arguments": {"path": "a"}, "description": "x"}',
        '{"name": "unknown", "arguments": {}}',
        '{"name": "rm", "arguments": {}}',
        f'[{READ}, {{"name": "someone"}}]',
        '```json\n{"name": "demo", "arguments": {"path": "a"}}\n```',
        '{"response": "Hello"}',
        "[]",
        '"read_file"',
    ],
)
def test_what_is_no_call_stays_text(text: str) -> None:
    parsed = parse(text)
    assert parsed.calls == ()
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<tool_call>{"name": "nothing", "arguments": {}}</tool_call>', "bash, ping, read_file, write_file"),
        ('<tool_call>{"arguments": {}}</tool_call>', "has no name"),
        ('<tool_call>{"name": "ping", "arguments": 3}</tool_call>', "not an object"),
        ('<tool_call>{"name": "ping", "arguments": {"a" "b"}}</tool_call>', "Write it as <tool_call>{"),
        (
            '<tool_call>{"name": "bash", "arguments": {"command": "say "hi"}}</tool_call>',
            "inner quotes",
        ),
        (
            '<tool_call>{"name": "write_file", "arguments": {"path": "a", "content": "x"}}" y"}}</tool_call>',
            "more text after the JSON",
        ),
        ("<tool_call>read_file path a.py</tool_call>", "not JSON"),
        (
            '<tool_call>{"name": "write_file", "arguments": {"path": "a", "content": "one\\ntwo',
            "write_file broke off",
        ),
        ('<tool_call>{"name": "write_file", "arguments": {"path": "a"', "smaller steps"),
        ('<tool_call>{"name": "write_file", "arguments": {"a": tr', "broke off"),
        ('<tool_call>{"na', "A tool call broke off"),
        (
            '<tool_call>{"name": "bash", "arguments": {"command": "a", "command": "b"}}</tool_call>',
            "two different",
        ),
        ('<tool_call>{"name": "bash", "arguments": {"command": NaN}}</tool_call>', "NaN"),
        ('<tool_call>{"name": "bash", "arguments": {"command": "\\ud83d"}}</tool_call>', "surrogate"),
    ],
)
def test_a_marked_call_that_cannot_run_is_a_problem(text: str, told: str) -> None:
    parsed = parse(f"I do it now.\n{text}")
    assert parsed.calls == ()
    assert len(parsed.problems) == 1
    assert told in parsed.problems[0].message
    assert parsed.text == "I do it now."


def test_several_calls_keep_their_order() -> None:
    bash = '{"name": "bash", "arguments": {"command": "echo </tool_call> <tool_call>"}}'
    parsed = parse(f"First.\n<tool_call>{READ}</tool_call>\n<tool_call>\n{bash}</tool_call>\nThen.")
    assert calls(parsed) == [*READ_CALL, ("bash", {"command": "echo </tool_call> <tool_call>"})]
    assert parsed.text == "First.\n\nThen."
    assert len({call.id for call in parsed.calls}) == 2


def test_a_broken_call_does_not_hide_the_others() -> None:
    parsed = parse(f"<tool_call>{{oops}}</tool_call><tool_call>{READ}</tool_call><tool_call>{{")
    assert calls(parsed) == READ_CALL
    assert len(parsed.problems) == 2


def test_content_that_holds_fences_and_tags_is_literal() -> None:
    content = "# Title\n```python\nx = '<think>'\n```\n</think> `$&` \\1 <tool_call>"
    body = json.dumps({"name": "write_file", "arguments": {"path": "README.md", "content": content}})
    for text in (f"<tool_call>{body}</tool_call>", f"```json\n{body}\n```", body):
        assert calls(parse(text)) == [("write_file", {"path": "README.md", "content": content})]


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ('<tool_call>{"name": "cat", "arguments": {"path": "a.py"}}</tool_call>', "name cat -> read_file"),
        ('{"name": "cat", "arguments": {"path": "a.py"}}', "name cat -> read_file"),
        (f"<tool_call>{READ}", "no end tag"),
        (f"<tool_call>{READ}}}</tool_call>", "extra closing brackets"),
        (r'{"name": "read_file", "arguments": "{\"path\": \"a.py\"}"}', "arguments encoded as a string"),
    ],
)
def test_repairs_are_recorded(text: str, repair: str) -> None:
    parsed = parse(text)
    assert calls(parsed) == READ_CALL
    assert repair in parsed.calls[0].repairs


def test_raw_line_breaks_in_strings_are_taken_as_meant() -> None:
    parsed = parse('<tool_call>{"name": "bash", "arguments": {"command": "a\n\tb"}}</tool_call>')
    assert calls(parsed) == [("bash", {"command": "a\n\tb"})]
    assert parsed.calls[0].repairs == ("raw line breaks or tabs in strings",)


def test_thoughts_are_kept_apart() -> None:
    parsed = parse(f"<think>one</think>Hello <thinking>two</thinking>there.\n<tool_call>{READ}</tool_call>")
    assert parsed.thoughts == "one\n\ntwo"
    assert parsed.text == "Hello\n\nthere."


def test_text_without_calls_is_kept_as_it_is() -> None:
    text = "# Plan\n\n```py\nx = {'a': 1}\n```\n\n`<tool_call>` is a tag."
    assert parse(text).text == text


def test_ids_are_the_same_for_the_same_reply_and_fit_strict_templates() -> None:
    first, again, later = (
        parse_tool_calls(f"<tool_call>{READ}", TOOLS, salt=salt).calls[0].id for salt in ("1", "1", "2")
    )
    assert first == again != later
    assert len(first) == 9
    assert first.isalnum()


def test_no_tools_are_offered() -> None:
    parsed = parse_tool_calls(f"<tool_call>{READ}</tool_call>", [])
    assert parsed.calls == ()
    assert "no tools are offered" in parsed.problems[0].message
    assert parse_tool_calls(READ, []) == Parsed(text=READ)
