"""What holds for any text: nothing raises, work grows with length alone, what is written well is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from call_encoders import BARE, ESCAPED
from call_fragments import FRAGMENTS, OPENERS, PIECES
from call_tables import TOOLS, TYPED, calls, parse, parse_typed
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.core.toolcalls import REPAIRS, parse_tool_calls, without_repairs
from smallcode.core.toolcalls.repairs import stable_name


def work(text: str) -> int:
    """Calls of functions, ours and built in, that reading the text takes."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: repr(piece)[:24])
@pytest.mark.parametrize("opener", OPENERS[:2], ids=repr)
def test_the_work_grows_with_the_length_alone(opener: str, piece: str) -> None:
    short, long = (work(opener + piece * (size // len(piece))) for size in (3_000, 12_000))
    assert long <= 4.6 * short + 3_000


def test_a_hundred_thousand_brackets_are_no_matter() -> None:
    for text in (
        "[" * 100_000,
        '{"a":' * 20_000,
        "<tool_call>" + "[" * 100_000,
        "[read_file(" + "[" * 100_000,
    ):
        assert parse(text).calls == ()


@given(st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=25).map("".join)))
def test_any_text_is_read(text: str) -> None:
    parsed = parse_typed(text)
    assert parsed == parse_typed(text)
    names = {tool["function"]["name"] for tool in TYPED}  # type: ignore[index]
    for call in parsed.calls:
        assert call.name in names
        assert all(stable_name(repair) in REPAIRS or repair.startswith("name ") for repair in call.repairs)
        json.dumps(dict(call.arguments), ensure_ascii=False, allow_nan=False).encode()
    assert without_repairs(parsed, REPAIRS).text == parsed.text


@given(st.text(max_size=200))
def test_plain_text_stays_as_it_is(text: str) -> None:
    prose = "".join(letter for letter in text if letter not in "`~<[{(:|◁✿>=")
    parsed = parse(prose)
    assert parsed.text == prose.strip()
    assert not parsed.calls and not parsed.problems and not parsed.thoughts


@given(st.lists(FRAGMENTS, max_size=20).map("".join))
def test_no_tools_no_calls(text: str) -> None:
    assert parse_tool_calls(text, []).calls == ()
    assert (
        parse_tool_calls(text, [{}, {"function": {}}, {"function": {"name": "x", "parameters": []}}]).calls
        == ()
    )


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NO_TAGS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="<|\r\n"), min_size=1, max_size=60
)


@pytest.mark.parametrize("dialect", ESCAPED)
@settings(max_examples=15)
@given(path=ANY, content=ANY)
def test_any_escaped_arguments_come_through(dialect: str, path: str, content: str) -> None:
    expected = [("write_file", {"path": path, "content": content})]
    assert calls(parse(ESCAPED[dialect](expected))) == expected


@pytest.mark.parametrize("dialect", BARE)
@settings(max_examples=15)
@given(path=NO_TAGS, lines=st.lists(NO_TAGS, min_size=1, max_size=4))
def test_any_bare_arguments_come_through(dialect: str, path: str, lines: list[str]) -> None:
    content = "\n".join(lines).rstrip() or "b"
    if dialect == "tool tags":
        path, content = path.strip() or "a", content.strip() or "b"
    expected = [("write_file", {"path": path, "content": content})]
    assert calls(parse(BARE[dialect](expected))) == expected


@pytest.mark.parametrize("dialect", [*ESCAPED, *BARE])
def test_no_cut_value_is_ever_run(dialect: str) -> None:
    encode: Callable[..., str] = {**ESCAPED, **BARE}[dialect]
    expected = [
        ("write_file", {"path": "src/a.py", "content": 'def f():\n    return {"a": [1, "b"]}\n\nf()'})
    ]
    text = encode(expected)
    for length in range(len(text)):
        parsed = parse_tool_calls(text[:length], TOOLS)
        assert calls(parsed) in ([], expected), text[:length]
