"""Fuzzing of the tool call parser with atheris, which steers the input by the code that it reaches.

    python -m tests.fuzz.toolcalls -max_total_time=20

takes libFuzzer's options, and folders of inputs to start from and to keep new ones in. It ends with a
failure and writes the input where one is found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

with atheris.instrument_imports(include=["smallcode.core.toolcalls"]):
    from smallcode.core.toolcalls import NativeCall, StreamParser, parse_tool_calls, read_native

from call_fragments import MORE
from call_tables import ALIASES, TYPED

NAMES = frozenset(tool["function"]["name"] for tool in TYPED)  # type: ignore[index]


def text_of(provider: Any) -> str:
    """Pieces of markup and of anything else, as the input says."""
    parts: list[str] = []
    while provider.remaining_bytes() and len(parts) < 60:
        kind = provider.ConsumeIntInRange(0, 3)
        if kind:
            parts.append(MORE[provider.ConsumeIntInRange(0, len(MORE) - 1)])
        else:
            parts.append(provider.ConsumeUnicode(12))
    return "".join(parts)


def bare(text: str) -> str:
    return "".join(text.split())


def check(data: bytes) -> None:
    """One input: nothing raises, only offered tools are called, and a stream comes to the same."""
    provider = atheris.FuzzedDataProvider(data)
    step = provider.ConsumeIntInRange(1, 40)
    text = text_of(provider)
    parsed = parse_tool_calls(text, TYPED, ALIASES)
    for call in parsed.calls:
        assert call.name in NAMES, call.name
        json.dumps(dict(call.arguments), ensure_ascii=False, allow_nan=False).encode()
    parser = StreamParser(TYPED, ALIASES)
    shown = ""
    for at in range(0, len(text), step):
        update = parser.feed(text[at : at + step])
        shown = update.text if update.discard else shown + update.text
    last, streamed = parser.finish()
    assert streamed == parsed
    assert bare(last.text if last.discard else shown + last.text) == bare(parsed.text)
    native = read_native([NativeCall(0, "x", "patch", text)], TYPED, ALIASES)
    assert all(call.name == "patch" for call in native.calls)


def main() -> None:
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
