"""What was learned of servers outlives the process, and never harms the next."""

import json
from pathlib import Path

import pytest
from asking import ASK, HELLO, client, collect

from smallcode.adapters.learned import Learned, Memory
from smallcode.adapters.scripted import ScriptedServer
from smallcode.ports import UsageDelta


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"format": 99, "servers": {"k": {"required": true}}}',
        b'{"format": 1, "servers": []}',
        b'{"format": 1, "servers": {"k": 5}}',
        b'{"format": 1, "servers": {"k": {"refused": 7, "useless": [1], "required": "yes", "shape": 2}}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * 300_000,
    ],
)
async def test_a_broken_memory_is_ignored_and_written_anew(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    path.write_bytes(content)
    memory = Memory(path)
    learned = await memory.recall("k")
    assert learned == Learned()
    learned.refused.add("top_k")
    await memory.keep("k")
    assert await Memory(path).recall("k") == Learned(refused={"top_k"})


async def test_memory_is_bounded_and_keeps_the_entries_of_others(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    first, second = Memory(path), Memory(path)
    for number in range(60):
        memory = (first, second)[number % 2]
        (await memory.recall(f"k{number}")).required = True
        await memory.keep(f"k{number}")
    stored = json.loads(path.read_text("utf-8"))["servers"]
    assert list(stored) == [f"k{number}" for number in range(10, 60)]
    assert list(tmp_path.iterdir()) == [path], "no temporary file is left"


async def test_a_memory_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "servers.json")
    (await memory.recall("k")).required = True
    await memory.keep("k")
    assert (await memory.recall("k")).required is True


async def test_the_next_start_counts_as_the_last_one_did(tmp_path: Path) -> None:
    """The scripted server's tokens are four bytes each, which is not what the prior expects."""
    path = tmp_path / "servers.json"
    async with ScriptedServer([HELLO]) as server:
        model = client(server, Memory(path))
        counter = model.counter()
        uncalibrated = counter.estimate(ASK.messages, ASK.tools)
        counted = [delta.usage for delta in await collect(model) if isinstance(delta, UsageDelta)]
        counter.learn(uncalibrated, counted[0].prompt_tokens)
        await model.aclose()

        again = client(server, Memory(path))
        later = again.counter()
        assert later.estimate(ASK.messages, ASK.tools) == uncalibrated, "the server is not known yet"
        await again.info()
        assert later.estimate(ASK.messages, ASK.tools) == pytest.approx(counted[0].prompt_tokens, rel=0.02)
        other = client(server, Memory(path), model="another")
        await other.info()
        assert other.counter().estimate(ASK.messages, ASK.tools) == uncalibrated
        await other.aclose()
        await again.aclose()
