"""Bytes to events to deltas: whatever the network does to borders, and servers to the shape."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.chunks import ReplyReader
from smallcode.adapters.model_errors import Fault
from smallcode.adapters.sse import MAX_EVENT_BYTES, EventTooLarge, ServerEvent, SseParser
from smallcode.errors import BadReply, ContextOverflow, ModelRefused, StreamDropped
from smallcode.messages import Usage
from smallcode.ports import (
    CallDelta,
    Delta,
    FinishDelta,
    ProgressDelta,
    TextDelta,
    ThoughtDelta,
    UsageDelta,
)

URL = "http://127.0.0.1:1/v1/chat/completions"


def events(chunks: Iterable[bytes]) -> list[ServerEvent]:
    parser = SseParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    return [*found, *parser.close()]


def read(chunks: Iterable[bytes]) -> tuple[list[Delta], str]:
    """The deltas, and the name of the error that ended them."""
    reader, deltas = ReplyReader(URL), []
    try:
        for chunk in chunks:
            for delta in reader.feed(chunk):
                deltas.append(delta)
        for delta in reader.close():
            deltas.append(delta)
    except Fault as fault:
        return deltas, type(fault.error).__name__
    return deltas, ""


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(places)]


def lines(*payloads: Any) -> bytes:
    return b"".join(b"data: " + json.dumps(p, ensure_ascii=False).encode() + b"\n\n" for p in payloads)


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"data: a\n\n", [ServerEvent("a")]),
        (b"data:a\r\n\r\ndata: b\r\rdata:  c\n\n", [ServerEvent("a"), ServerEvent("b"), ServerEvent(" c")]),
        (b"data: one\ndata: two\n\n", [ServerEvent("one\ntwo")]),
        (b": keep-alive\n\n:\n\ndata: x\n: y\n\n", [ServerEvent("x")]),
        (b"event: error\nid: 7\nretry: 3\ndata: x\n\n", [ServerEvent("x", "error")]),
        (b"\xef\xbb\xbfdata: x\n\n", [ServerEvent("x")]),
        (b'error: {"code":500}\n\n', [ServerEvent('{"code":500}', "error")]),
        (b"data\n\ndata: [DONE]", [ServerEvent(""), ServerEvent("[DONE]")]),
        ("data: a\u2028b\x0cc\x85d\n\n".encode(), [ServerEvent("a\u2028b\x0cc\x85d")]),
        (b"", []),
        (b"event: x\n\n", []),
    ],
)
def test_events(data: bytes, expected: list[ServerEvent]) -> None:
    assert events([data]) == expected
    assert events(bytes([byte]) for byte in data) == expected


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n"), max_size=12)


@given(
    st.lists(TEXT, max_size=5), st.sampled_from(["\n", "\r\n", "\r"]), st.lists(st.integers(0), max_size=8)
)
def test_any_split_gives_the_same_events(texts: list[str], end: str, cuts: list[int]) -> None:
    data = "".join(f": c{end}data: {text}{end}{end}" for text in texts).encode()
    assert events(split(data, cuts)) == [ServerEvent(text) for text in texts]


def test_an_event_without_end_is_refused_before_it_fills_the_memory() -> None:
    parser = SseParser()
    with pytest.raises(EventTooLarge):
        for _ in range(MAX_EVENT_BYTES // 1_000_000 + 2):
            list(parser.feed(b"x" * 1_000_000))


# As llama-server 0.7.0 wrote it, shortened.
LLAMA = lines(
    chunk(role="assistant", content=None) | {"prompt_progress": {"total": 281, "cache": 0, "processed": 0}},
    chunk(role="assistant", content=None) | {"prompt_progress": {"total": 281, "cache": 0, "processed": 281}},
    chunk(role="assistant", content=None),
    chunk(reasoning_content="Let me "),
    chunk(reasoning_content="think é😀"),
    chunk(content="I read"),
    chunk(
        tool_calls=[
            {"index": 0, "id": "p3", "type": "function", "function": {"name": "read", "arguments": "{"}}
        ]
    ),
    chunk(tool_calls=[{"index": 0, "function": {"arguments": '"path":'}}]),
    chunk(tool_calls=[{"index": 0, "function": {"arguments": '"é"}'}}]),
    chunk(tool_calls=[{"index": 1, "id": "p4", "function": {"name": "read", "arguments": "{}"}}]),
    chunk("tool_calls"),
    {
        "choices": [],
        "usage": {
            "prompt_tokens": 281,
            "completion_tokens": 9,
            "prompt_tokens_details": {"cached_tokens": 280},
        },
        "timings": {"cache_n": 280, "prompt_n": 1},
    },
)
LLAMA_DELTAS = [
    ProgressDelta(0, 281),
    ProgressDelta(281, 281),
    ThoughtDelta("Let me "),
    ThoughtDelta("think é😀"),
    TextDelta("I read"),
    CallDelta(0, "p3", "read", "{"),
    CallDelta(0, "", "", '"path":'),
    CallDelta(0, "", "", '"é"}'),
    CallDelta(1, "p4", "read", "{}"),
    FinishDelta("tool_calls"),
    UsageDelta(Usage(281, 280, 9, 1)),
]


@given(st.lists(st.integers(0), max_size=12), st.sampled_from([b"", b"data: [DONE]\n\n", b"data: [DONE]"]))
def test_any_split_gives_the_same_deltas(cuts: list[int], end: bytes) -> None:
    assert read(split(LLAMA + end, cuts)) == (LLAMA_DELTAS, "")


@given(st.lists(st.integers(0), max_size=6), st.integers(0))
def test_a_cut_reply_is_never_taken_for_a_whole_one(cuts: list[int], length: int) -> None:
    told = LLAMA.index(b'"tool_calls"}]}') + len(b'"tool_calls"}]}')
    cut = LLAMA[: length % told]
    deltas, error = read(split(cut, cuts))
    assert error == StreamDropped.__name__
    assert deltas == LLAMA_DELTAS[: len(deltas)]


@given(st.binary(max_size=200), st.lists(st.integers(0), max_size=6))
def test_noise_gives_a_typed_error_or_a_reply(noise: bytes, cuts: list[int]) -> None:
    whole = read([LLAMA + noise])
    assert read(split(LLAMA + noise, cuts)) == whole
    assert read([noise])[1] in {"", "StreamDropped", "BadReply", "ModelRefused", "ContextOverflow"}


def calls(*entries: dict[str, Any]) -> list[Delta]:
    deltas, _ = read([lines(*(chunk(tool_calls=[entry]) for entry in entries), chunk("tool_calls"))])
    return deltas[:-1]


def piece(arguments: Any, name: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"function": {"arguments": arguments} | ({"name": name} if name else {})} | rest


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # without an index, by id
        (
            (piece("{", "f", id="a"), piece("}"), piece("{}", "f", id="b")),
            [(0, "a", "f", "{"), (0, "", "", "}"), (1, "b", "f", "{}")],
        ),
        # without an index or an id
        ((piece("{}", "f"), piece("{}", "f")), [(0, "", "f", "{}"), (1, "", "f", "{}")]),
        # several whole calls under index 0
        (
            (piece("{}", "f", id="a", index=0), piece("{}", "g", id="b", index=0)),
            [(0, "a", "f", "{}"), (1, "b", "g", "{}")],
        ),
        # id and name repeated in every piece
        (
            (piece("{", "f", id="a", index=0), piece("}", "f", id="a", index=0)),
            [(0, "a", "f", "{"), (0, "", "", "}")],
        ),
        # arguments as an object, as null, and no function at all
        ((piece({"p": "é"}, "f", id="a", index=0),), [(0, "a", "f", '{"p": "é"}')]),
        ((piece(None, "f", id="a", index=0), {"index": 0}), [(0, "a", "f", ""), (0, "", "", "")]),
        # an index that does not begin at 0
        (
            (piece("{}", "f", id="a", index=3), piece("{}", "f", id="b", index=5)),
            [(0, "a", "f", "{}"), (1, "b", "f", "{}")],
        ),
    ],
)
def test_pieces_of_calls_find_together(
    entries: tuple[dict[str, Any], ...], expected: list[tuple[Any, ...]]
) -> None:
    assert calls(*entries) == [CallDelta(*entry) for entry in expected]


WHOLE = {
    "choices": [
        {
            "message": {"content": "Hi", "tool_calls": [piece('{"a":1}', "f", id="x")]},
            "finish_reason": "tool_calls",
        }
    ],
    "usage": {"prompt_tokens": 7, "completion_tokens": 2},
}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # both names of the thought, in one delta
        (
            lines(chunk(reasoning="a", reasoning_content="a"), chunk("stop")),
            [ThoughtDelta("a"), FinishDelta("stop")],
        ),
        (
            lines(chunk(reasoning="b", content="c"), chunk("stop")),
            [ThoughtDelta("b"), TextDelta("c"), FinishDelta("stop")],
        ),
        (
            lines(chunk(thinking="d", reasoning=""), chunk("stop")),
            [ThoughtDelta("d"), FinishDelta("stop")],
        ),
        # parts instead of text
        (
            lines(chunk("stop", content=[{"type": "text", "text": "a"}, {"type": "x"}])),
            [TextDelta("a"), FinishDelta("stop")],
        ),
        # the end is told by [DONE] alone
        (lines(chunk(content="a")) + b"data: [DONE]\n\n", [TextDelta("a"), FinishDelta("stop")]),
        # no usage but llama.cpp's timings
        (
            lines(chunk("length") | {"timings": {"cache_n": 5, "prompt_n": 2, "predicted_n": 3}}),
            [FinishDelta("length"), UsageDelta(Usage(7, 5, 3, 1))],
        ),
        # a reply that is not streamed
        (
            json.dumps(WHOLE).encode(),
            [
                TextDelta("Hi"),
                CallDelta(0, "x", "f", '{"a":1}'),
                FinishDelta("tool_calls"),
                UsageDelta(Usage(7, None, 2, 1)),
            ],
        ),
        # what is null, unknown, or of another type is passed over
        (
            lines(
                {"error": None, "choices": None},
                {"x": 1},
                chunk(content=7),
                {"choices": [None]},
                chunk("stop"),
            ),
            [FinishDelta("stop")],
        ),
        (b"\n\n" + lines(chunk("stop", content="a")), [TextDelta("a"), FinishDelta("stop")]),
    ],
)
def test_shapes_of_a_reply(data: bytes, expected: list[Delta]) -> None:
    assert read([data]) == (expected, "")


OVERFLOW = {
    "error": {
        "code": 400,
        "type": "exceed_context_size_error",
        "message": "x",
        "n_ctx": 4,
        "n_prompt_tokens": 9,
    }
}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", StreamDropped),
        (b"data: {}\n\n", StreamDropped),
        (lines(chunk(content="a")), StreamDropped),
        (lines(chunk(content="a")) + b'data: {"choices":[{"delta":{"content":"caf\xc3', StreamDropped),
        (lines(chunk(content="a")) + b'data: {"choi', StreamDropped),
        (b'{"choices": [{"mess', StreamDropped),
        (b'data: {"choices":[{"delta":{"content":"caf\xc3\x28"}}]}\n\n', BadReply),
        (b"data: this is no JSON\n\n", BadReply),
        (b"data: 42\n\n", BadReply),
        (b"data: " + b"[" * 100_000 + b"\n\n", BadReply),
        (b"<!doctype html><title>Hello</title>", BadReply),
        (b'{"status": "ok"}', BadReply),
        (b'{"error": "The model has crashed"}', ModelRefused),
        (b'event: error\ndata: {"message": "gone"}\n\n', ModelRefused),
        (lines({"error": {"code": 500, "message": "gone"}}), ModelRefused),
        (lines(OVERFLOW), ContextOverflow),
        (json.dumps(OVERFLOW).encode(), ContextOverflow),
        (lines({"error": "Trying to keep the first 12 tokens when context the overflows."}), ContextOverflow),
    ],
)
def test_what_is_no_reply(data: bytes, error: type[Exception]) -> None:
    assert read([data])[1] == error.__name__


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["it works \\ud83d", "\\ude00!"], "it works 😀!"),
        (["\\ud83d", "\\ude00"], "😀"),
        (["half \\ud83d", " of one"], "half \ufffd of one"),
        (["\\ude00 late"], "\ufffd late"),
        (["cut \\ud83d"], "cut "),
    ],
)
def test_an_emoji_sent_in_two_halves_is_one_character(pieces: list[str], text: str) -> None:
    rows = ['{"choices": [{"delta": {"content": "' + piece + '"}}]}' for piece in pieces]
    rows.append('{"choices": [{"delta": {}, "finish_reason": "stop"}]}')
    deltas, error = read([f"data: {row}\n\n".encode() for row in rows])
    assert error == ""
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)) == text
