"""Turns with a real llama.cpp server: its sampler, its strict chat template, its parser of tool calls.

The model replays a script; everything between its tokens and the files is what a user runs.
"""

import asyncio
import shlex
import sys
from pathlib import Path

import pytest
from lsp_editor import open_editor

from smallcode import events as ev
from smallcode.build import open_model
from smallcode.messages import Ask
from smallcode.ports import ModelRequest
from smallcode.settings import Settings
from smallcode.tools import offered

from .llama.conversation import Conversation, Turn, call, check_cache, conversation, pieces
from .llama.server import MODEL, serve
from .llama.tiny_model import REPEAT, Step

pytestmark = pytest.mark.slow

CART = "def total(prices):\n    return sum(prices[1:])  # 😀 é\n"
FIXED = CART.replace("prices[1:]", "prices")
TEST = """\
import unittest
from cart import total


class Total(unittest.TestCase):
    def test_all(self):
        self.assertEqual(total([1, 2]), 3)
"""
FILES = {"cart.py": CART, "test_cart.py": TEST}
RUN_TEST = f"{shlex.quote(sys.executable)} -B -m unittest -q test_cart"
# Measured: 0.02 to 0.03 s in a reply. While it reads a prompt the server looks only once a second whether
# the connection is still open: 1.0 to 1.1 s. The bound is for a machine that does much else. Seconds.
SLOT_FREE = 15.0
ANSWER = "It counts the first price now → the test passes. 😀"
READ = call("read_file", path="cart.py")
PATCH = call("patch", path="cart.py", old_str="sum(prices[1:])", new_str="sum(prices)")

TRAJECTORY: list[Step] = [
    READ,
    ["I take the slice away.\n", *pieces(PATCH)],
    call("bash", command=RUN_TEST),
    pieces(ANSWER, 5),
]
SECOND_TURN: list[Step] = [
    call("patch", path="cart.py", old_str="def total(prices):", new_str="def total(prices: list[int]):"),
    "It has a type now.",
]


async def test_read_patch_run_the_test_answer_and_a_second_turn(llama_server: Path, tmp_path: Path) -> None:
    async with conversation(llama_server, tmp_path, TRAJECTORY + SECOND_TURN, files=FILES) as talk:
        first = await talk.ask("total() leaves out the first price. Fix it.")
        assert first.ended.stop_reason == "done"
        assert first.ended.text == ANSWER
        assert first.ended.files_changed == ["cart.py"]
        assert talk.text("cart.py") == FIXED
        assert [(row.name, row.status) for row in first.results] == [
            ("read_file", "completed"),
            ("patch", "completed"),
            ("bash", "completed"),
        ]
        assert "OK" in first.results[2].content
        assert first.shown == "I take the slice away." + ANSWER
        assert len(first.of(ev.MessageChunk)) > 3, "the answer is streamed"
        assert [reply.finish_reason for reply in first.replies] == ["tool_calls"] * 3 + ["stop"]
        assert first.of(ev.Notice) == []

        second = await talk.ask("Give it a type.")
        assert second.ended.stop_reason == "done"
        assert talk.text("cart.py") == FIXED.replace("(prices):", "(prices: list[int]):")
        check_cache(first.replies + second.replies)
        check_usage(talk, first)


def check_usage(talk: Conversation, turn: Turn) -> None:
    """The turn's usage is the sum of its requests', and the progress told how much came from the cache."""
    usages = [reply.usage for reply in turn.replies]
    total = turn.ended.usage
    assert total.requests == 4
    assert total.prompt_tokens == sum(usage.prompt_tokens for usage in usages)
    assert total.cached_tokens == sum(usage.cached_tokens or 0 for usage in usages)
    assert total.completion_tokens == sum(usage.completion_tokens for usage in usages) > 0
    assert turn.of(ev.UsageUpdated)[-1].window == 8192
    read = [progress for progress in turn.of(ev.PromptProgress) if progress.processed == progress.total]
    assert [(one.total, one.cached) for one in read] == [(u.prompt_tokens, u.cached_tokens) for u in usages]
    assert [message.role for message in talk.session.messages[:2]] == ["system", "user"]


async def test_the_same_through_the_language_server_in_an_unsaved_buffer(
    llama_server: Path, tmp_path: Path
) -> None:
    root = tmp_path / "my shop #1"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_bytes(text.encode())
    unsaved = "# café, not saved yet\n" + CART
    async with (
        serve(llama_server, tmp_path, TRAJECTORY) as llama,
        open_editor(root, llama.address) as editor,
    ):
        buffer = editor.open("cart.py", unsaved)
        result = await editor.turn("Fix total()", textDocument={"uri": buffer.uri})
        assert result["stopReason"] == "done" and result["text"] == ANSWER
        assert result["filesChanged"] == ["cart.py"]
        assert buffer.text == unsaved.replace("prices[1:]", "prices")
        assert editor.saves == [[buffer.uri]] and buffer.path.read_bytes().decode() == buffer.text
        assert [row["status"] for row in editor.events("tool_call_update")] == ["completed"] * 3
        assert [edit.new_text for edit in editor.edits[0].edit.document_changes[0].edits] == [""]
        assert "".join(chunk["text"] for chunk in editor.events("message_chunk")).endswith(ANSWER)
        check_cache(editor.events("request_finished"))


async def test_what_is_known_of_the_server(llama_server: Path, tmp_path: Path) -> None:
    async with serve(llama_server, tmp_path, ["Hello."], context=8192, slots=2) as llama:
        client = open_model(Settings(base_url=llama.root))
        info = await client.info()
        await client.aclose()
    assert info.server == "llama.cpp" and info.address == llama.address
    assert info.model == MODEL and info.models == (MODEL,)
    assert (info.window, info.window_source) == (4096, "server"), "the window is that of one slot"
    assert info.native_tools is True


async def test_the_count_is_what_the_server_then_reads(llama_server: Path, tmp_path: Path) -> None:
    disable = ["router"]  # it would offer more tools
    async with conversation(llama_server, tmp_path, [READ, "Done."], files=FILES, disable=disable) as talk:
        turn = await talk.ask("Look at it, 😀.")
        schemas = [tool.schema for tool in offered()]
        for end, reply in zip((2, 4), turn.replies, strict=True):
            counted = await talk.client.count(ModelRequest(talk.session.messages[:end], schemas))
            assert counted == reply.usage.prompt_tokens


async def test_thoughts_are_kept_apart(llama_server: Path, tmp_path: Path) -> None:
    steps = [["<think>", "\nLet me", " look.", "\n</think>", "\n\n", READ], "Done."]
    async with conversation(llama_server, tmp_path, steps, files=FILES) as talk:
        turn = await talk.ask("Look at it.")
        assert turn.thoughts.strip() == "Let me look."
        assert turn.shown.strip() == turn.ended.text == "Done."
        assert [row.status for row in turn.results] == ["completed"]
        assert talk.session.messages[2].reasoning.strip() == "Let me look."
        check_cache(turn.replies)


async def test_two_calls_of_one_reply_run_in_order(llama_server: Path, tmp_path: Path) -> None:
    first, second = call("bash", command="echo one > log"), call("bash", command="echo two >> log")
    steps = [["Both.\n", first, "\n" + second], "not played", "Done."]
    async with conversation(llama_server, tmp_path, steps) as talk:
        turn = await talk.ask("Write the log.")
        assert turn.ended.stop_reason == "done" and turn.ended.text == "Done."
        assert [event.arguments["command"] for event in turn.of(ev.ToolStarted)] == [
            "echo one > log",
            "echo two >> log",
        ]
        assert talk.text("log") == "one\ntwo\n"
        assert len(talk.session.messages[2].tool_calls) == 2 and len(turn.replies) == 2


async def test_calls_that_the_server_does_not_know_are_read_here(llama_server: Path, tmp_path: Path) -> None:
    """Its parser wants small letters; a call in capitals comes as text."""
    broken = '<TOOL_CALL>{"name": , "arguments": {"path": "cart.py"}}</TOOL_CALL>'
    printed = '<TOOL_CALL>{"name": "read_file", "arguments": {"path": "cart.py"}}</TOOL_CALL>'
    async with conversation(llama_server, tmp_path, [broken, printed, "Done."], files=FILES) as talk:
        turn = await talk.ask("Look at it.")
        # The second step is played twice: by the correction, which then leaves the prompt, and by its result.
        assert turn.ended.stop_reason == "done" and len(turn.replies) == 4
        assert [reply.finish_reason for reply in turn.replies] == ["stop"] * 4
        assert [row.status for row in turn.results] == ["completed"] * 2
        assert [event.kind for event in turn.of(ev.ReplyCorrected)] == ["unreadable call"]
        assert not any(message.by_harness for message in talk.session.messages)


async def test_thirty_requests_in_a_row_need_no_retry_and_read_no_prompt_twice(
    llama_server: Path, tmp_path: Path
) -> None:
    """Past its end a script plays its last step again, which is a loop to the governors."""
    off = ("repeated calls", "no progress")
    async with conversation(llama_server, tmp_path, [READ], files=FILES, max_steps=30, disable=off) as talk:
        turn = await talk.ask("Look at it.")
        assert turn.ended.stop_reason == "step_limit" and len(turn.replies) == 30
        assert turn.of(ev.Notice) == []
        check_cache(turn.replies)
        usage = turn.ended.usage
        assert usage.cached_tokens is not None and usage.cached_tokens > 0.9 * usage.prompt_tokens


async def cancelled(talk: Conversation, prompt: str, kind: type[ev.Wire]) -> Turn:
    """A turn that is cancelled when it has shown two events of ``kind``, after which the slot is free."""
    events: list[ev.Event] = []

    async def run() -> None:
        async for event in talk.session.ask(Ask(prompt)):
            events.append(event)

    task = asyncio.create_task(run())
    async with asyncio.timeout(20):
        while sum(isinstance(event, kind) for event in events) < 2:
            await asyncio.sleep(0.002)
    assert (await talk.llama.slot())["is_processing"]
    assert talk.session.cancel()
    async with asyncio.timeout(SLOT_FREE):
        await task
        await talk.llama.until_idle()
    turn = Turn(events)
    assert turn.ended.stop_reason == "cancelled" and turn.replies == []
    return turn


async def test_cancelling_an_endless_reply_frees_the_slot(llama_server: Path, tmp_path: Path) -> None:
    steps = [["tick ", "tock ", REPEAT], "I am here."]
    endless = {"context": 32768, "disable": ("repetition",)}
    async with conversation(llama_server, tmp_path, steps, **endless) as talk:
        turn = await cancelled(talk, "Count.", ev.MessageChunk)
        assert turn.shown.startswith("tick tock ")
        assert (await talk.ask("Are you there?")).ended.text == "I am here."


async def test_cancelling_while_the_prompt_is_read_frees_the_slot(llama_server: Path, tmp_path: Path) -> None:
    async with conversation(llama_server, tmp_path, ["not played", "I am here."], context=32768) as talk:
        turn = await cancelled(talk, "Read this.\n" + "words and words\n" * 700, ev.PromptProgress)
        assert turn.of(ev.PromptProgress)[-1].processed < turn.of(ev.PromptProgress)[-1].total
        assert turn.shown == ""
        assert (await talk.ask("Are you there?")).ended.text == "I am here."
