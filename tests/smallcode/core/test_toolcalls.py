import json
import time

import pytest
from call_tables import READ, READ_CALL, TOOLS, calls, parse
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.toolcalls import NativeCall, Parsed, parse_tool_calls, read_native


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
        f"<think>I could call\n<tool_call>{READ}</tool_call>",
        f"I could call <tool_call>{READ}</tool_call></think>\nBut I will not.",
        f"[THINK]<tool_call>{READ}</tool_call>[/THINK]No.",
        f"```json\n{READ}\n```\n</think>No.",
        # quotations
        f"You write `<tool_call>{READ}</tool_call>` for that.",
        f"You write ``<tool_call>\n{READ}\n</tool_call>`` for that.",
        f"```xml\n<tool_call>{READ}</tool_call>\n```\nThat is the form.",
        f"```xml\n<tool_call>{READ}</tool_call>\n```",
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
        f"The answer: {READ}",
        f"{READ} is what I would send.",
        '{"name": "read_file", "version": "1.0"}',
        '{"name": "read_file"}',
        '{"name": "read_file", "arguments": {"path": "a", "nonsense": 1}}',
        '{"name": "read_file", "arguments": {}}',
        '{"name": "read_file", "arguments": {"path": "a"}, "description": "x"}',
        '{"name": "unknown", "arguments": {}}',
        '{"name": "rm", "arguments": {}}',
        '{"name": "read_file", "arguments": {"path": "a"',
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
        ('<tool_call>{"name": "reed_file", "arguments": {}}</tool_call>', "Did you mean read_file?"),
        ('<tool_call>{"name": "nothing", "arguments": {}}</tool_call>', "bash, ping, read_file, write_file"),
        ('<tool_call>{"arguments": {}}</tool_call>', "has no name"),
        ('<tool_call>{"name": "ping", "arguments": 3}</tool_call>', "not a JSON object"),
        ("<tool_call>{'name': 'ping'}</tool_call>", "Write it as <tool_call>{"),
        (
            '<tool_call>{"name": "bash", "arguments": {"command": "say "hi""}}</tool_call>',
            "could not be read",
        ),
        (
            '<tool_call>{"name": "write_file", "arguments": {"path": "a", "content": "x"}}" y"}}</tool_call>',
            "more text after the JSON",
        ),
        ("<tool_call><function=bash></function></tool_call>", "not JSON"),
        ("<tool_call>read_file\n<arg_key>path</arg_key></tool_call>", "not JSON"),
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
    assert told in parsed.problems[0]
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
    assert "no tools are offered" in parsed.problems[0]
    assert parse_tool_calls(READ, []) == Parsed(text=READ)


# --- any text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        '{"a":' * 20_000,
        "<tool_call>" + "[" * 100_000,
        "```json\n" + "[" * 100_000,
        "<" * 100_000,
        "`" * 100_000,
        "<tool_call>" * 9_000,
        '<tool_call>{"a": ' * 6_000,
        "<tool_call>{}" * 8_000,
        "<tool_call>\n" * 8_000,
        '<tool_call>["x ' * 7_000,
        "</think>" * 12_000,
        "<think>" * 14_000,
        "<think></think>" * 7_000,
        "```\n" * 25_000,
        "```json\n{\n" * 10_000,
        "".join("`" * width + " " for width in range(1, 446)),
        "".join("`" * width + "\n\n" for width in range(445, 0, -1)),
        " " * 100_000,
        "\n" * 100_000,
        "a" * 100_000,
        f"<tool_call>{READ}</tool_call>" * 1_500,
    ],
    ids=lambda text: text[:18].strip() or "blank",
)
def test_any_large_text_is_read_in_time(text: str) -> None:
    started = time.perf_counter()
    parse(text)
    # Measured at 60 ms at most; a quadratic walk would take seconds.
    assert time.perf_counter() - started < 1.0


FRAGMENTS = st.sampled_from(
    [
        "<tool_call>", "</tool_call>", READ, READ[:20], READ[20:], '{"name": "', '"', "{", "}", "[", "]",
        "`", "```", "```json\n", "\n```\n", "\n", "\n\n", "\r\n", "<think>", "</think>", "text", " ", "\\",
        "\\ud83d", "\ud83d", "read_file", "arguments", ":", ",", "null", "\0", "</", "~~~\n",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=25).map("".join)))
def test_any_text_is_read(text: str) -> None:
    parsed = parse(text)
    again = parse(text)
    assert parsed == again
    for call in parsed.calls:
        assert call.name in {"read_file", "write_file", "bash", "ping"}
        json.dumps(dict(call.arguments), ensure_ascii=False, allow_nan=False).encode()
    if not parsed.calls and not parsed.problems and not parsed.thoughts and "think>" not in text:
        assert parsed.text == text.strip()


@given(st.text(max_size=100), st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3))
def test_every_call_that_is_written_well_is_read(before: str, arguments: dict[str, str]) -> None:
    body = json.dumps({"name": "bash", "arguments": arguments})
    prose = "".join(letter for letter in before if letter not in "`~<[")
    parsed = parse(f"{prose}\n\n<tool_call>\n{body}\n</tool_call>")
    assert calls(parsed) == [("bash", arguments)]
    assert parsed.text == prose.strip()


@given(st.integers(1, len(READ) - 1))
def test_no_part_of_a_call_is_ever_run(length: int) -> None:
    parsed = parse(f"<tool_call>{READ[:length]}")
    assert parsed.calls == ()
    assert len(parsed.problems) == 1
    native = read_native([NativeCall(0, "x", "read_file", READ[:length])], TOOLS)
    assert native.calls == ()
    assert "smaller steps" in native.problems[0]
