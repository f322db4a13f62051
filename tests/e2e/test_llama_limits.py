"""What goes wrong with a real llama.cpp server: prompts that do not fit, replies that are cut, and histories
that a strict chat template would refuse."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from smallcode import events as ev
from smallcode.adapters.script import Step as Played
from smallcode.adapters.tokens import VocabularyCounter
from smallcode.messages import Message
from smallcode.ports import ToolSchema

from .llama.conversation import call, check_cache, conversation
from .llama.server import serve
from .llama.tiny_model import REPEAT

pytestmark = pytest.mark.slow

WINDOW = 4096

# Characters that the model's vocabulary does not hold: three tokens each, where two in three bytes are
# expected.
DENSE = "漢字仮名交文章試験\n" * 700
READINGS = 4


class Hopeful(VocabularyCounter):
    """A counter that is far too low and learns nothing."""

    def estimate(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int:
        return super().estimate(messages, tools) // 4

    def learn(self, estimated: int, counted: int) -> None:
        pass


def played_reads(*names: str) -> list[Played]:
    return [Played(tool_calls=[{"name": "read_file", "arguments": {"path": name}}]) for name in names]


def reads(*names: str) -> list[str]:
    return [call("read_file", path=name) for name in names]


async def test_a_transcript_that_outgrows_the_window_is_made_smaller(
    llama_server: Path, tmp_path: Path
) -> None:
    files = {f"{number}.txt": f"line of {number}\n" * 300 for number in range(6)}
    played = [*played_reads(*files), Played("I have read them."), Played("Nothing more.")]
    async with conversation(
        llama_server, tmp_path, ["ok"], files=files, context=WINDOW, played=played
    ) as talk:
        turn = await talk.ask("Read all of them.")
        assert [row.status for row in turn.results] == ["completed"] * 6
        assert turn.ended.stop_reason == "done" and turn.ended.text == "I have read them."
        assert turn.of(ev.ContextTrimmed)
        assert all(reply.finish_reason in {"tool_calls", "stop"} for reply in turn.replies)
        assert max(reply.usage.prompt_tokens for reply in turn.replies) <= WINDOW
        assert (await talk.ask("Anything else?")).ended.stop_reason == "done"


async def test_a_prompt_that_the_server_refuses_is_sent_again_smaller(
    llama_server: Path, tmp_path: Path
) -> None:
    """Only the server's refusal tells that the estimate is too low. There are earlier results to give up;
    each is within its cap."""
    files = {f"{number}.txt": DENSE for number in range(READINGS)}
    played = [*played_reads(*files), Played("I have read it.")]
    async with conversation(
        llama_server, tmp_path, ["ok"], files=files, context=WINDOW, counter=Hopeful(), played=played
    ) as talk:
        turn = await talk.ask("Read them.")
        assert turn.ended.stop_reason == "done", turn.ended.error
        refusals = turn.notices("Sending less")
        assert refusals and "does not fit the model's window" in refusals[0].message
        newest = [message.content for message in talk.session.messages if message.role == "tool"][-1]
        assert "0.txt: read" in talk.session.messages[1].content, "what was given up is summed up"
        assert newest.count("漢字") > 10
        assert WINDOW // 3 < turn.replies[-1].usage.prompt_tokens <= WINDOW, "no more is cut than has to be"


async def test_a_prompt_that_can_never_fit_fails_with_its_sizes_and_the_next_turn_works(
    llama_server: Path, tmp_path: Path
) -> None:
    async with conversation(llama_server, tmp_path, ["Hello."], context=WINDOW) as talk:
        turn = await talk.ask("Look at this:\n" + "some log line\n" * 2000)
        assert turn.ended.stop_reason == "failed"
        error = turn.ended.error
        assert error is not None and error.code == "PromptTooLarge"
        assert f"{WINDOW:,}" in error.message and "Ask for less" in error.remedy
        assert turn.of(ev.RequestStarted) == [], "what is known not to fit is not sent"

        assert (await talk.ask("Then hello.")).ended.text == "Hello."


REFUSED: dict[str, list[dict[str, Any]]] = {
    "a late system message": [{"role": "user", "content": "a"}, {"role": "system", "content": "b"}],
    "two user messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}],
    "a call without a result": [
        {"role": "user", "content": "a"},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [
                {"id": "1", "type": "function", "function": {"name": "read_file", "arguments": "{}"}}
            ],
        },
        {"role": "user", "content": "b"},
    ],
    "a result without a call": [
        {"role": "user", "content": "a"},
        {"role": "tool", "content": "b", "tool_call_id": "1"},
    ],
}


async def test_the_template_is_as_strict_as_the_next_test_needs_it(
    llama_server: Path, tmp_path: Path
) -> None:
    async with serve(llama_server, tmp_path, ["Hello."]) as llama:
        for name, messages in REFUSED.items():
            assert (await llama.chat(messages)).status_code >= 400, name
        assert (await llama.chat([{"role": "user", "content": "a"}])).status_code == 200


async def test_what_is_left_of_turns_that_went_wrong_passes_a_strict_template(
    llama_server: Path, tmp_path: Path
) -> None:
    sleep = call("bash", command="echo begun > begun; sleep 30")
    steps = [
        [sleep, "\n" + call("read_file", path="never.txt")],  # cancelled: two results, then a user message
        *["not played", "not played either"],
        '<TOOL_CALL>{"name": "bash"',  # corrected: one more user message, for one request
        call("find_files", pattern="b*"),  # played twice: by the correction, and by its own result
        "Found.",
        call("bash", command="touch forbidden"),  # denied
        call("append_file", path="begun", content="more\n"),  # denied
        "Then not.",
        "All is well.",
    ]
    async with conversation(llama_server, tmp_path, steps) as talk:
        task = asyncio.create_task(talk.ask("Wait for it."))
        async with asyncio.timeout(10):
            while not (talk.root / "begun").exists():
                await asyncio.sleep(0.01)
        talk.session.cancel()
        assert (await task).ended.stop_reason == "cancelled"

        corrected = await talk.ask("Find it.")
        assert corrected.ended.text == "Found."
        assert [event.kind for event in corrected.of(ev.ReplyCorrected)] == ["unreadable call"]
        assert not any(message.by_harness for message in talk.session.messages)

        deny = {"shell_permission": "deny", "edit_permission": "deny"}
        talk.session.configure(talk.settings.model_copy(update=deny), talk.client)
        denied = await talk.ask("Touch it.")
        assert [row.status for row in denied.results] == ["failed"] * 2
        assert denied.ended.text == "Then not."
        assert not (talk.root / "forbidden").exists() and talk.text("begun") == "begun\n"

        last = await talk.ask("And?")
        assert last.ended.text == "All is well."
        assert [turn.of(ev.Notice) for turn in (corrected, denied, last)] == [[]] * 3


# A reply of more than 64 tokens, which is then the longest allowed: each of these pieces is one.
LINES = [f"line {number}\\n" for number in range(100)]
CUT = ['<tool_call>\n{"name": "write_file", "arguments": {"path": "made.txt", "content": "', *LINES]


async def test_a_call_that_is_cut_does_not_run_and_the_model_is_told(
    llama_server: Path, tmp_path: Path
) -> None:
    steps = [CUT, call("write_file", path="made.txt", content="short\n"), "Made."]
    async with conversation(llama_server, tmp_path, steps, max_answer_tokens=64) as talk:
        turn = await talk.ask("Make it.")
        # The second step is played twice: by the correction, which then leaves the prompt, and by its result.
        assert [reply.finish_reason for reply in turn.replies] == ["length", *["tool_calls"] * 2, "stop"]
        assert turn.replies[0].usage.completion_tokens == 64
        assert [event.arguments["content"] for event in turn.of(ev.ToolStarted)] == ["short\n"] * 2
        assert [event.kind for event in turn.of(ev.ReplyCorrected)] == ["cut call"]
        assert not any(message.by_harness for message in talk.session.messages)
        assert turn.ended.stop_reason == "done" and talk.text("made.txt") == "short\n"


async def test_a_model_that_is_cut_again_and_again_is_stopped(llama_server: Path, tmp_path: Path) -> None:
    async with conversation(llama_server, tmp_path, [CUT], max_answer_tokens=64) as talk:
        turn = await talk.ask("Make it.")
        assert turn.ended.stop_reason == "stopped" and len(turn.replies) == 4
        assert turn.ended.error is not None and "write_file broke off" in turn.ended.error.message
        assert turn.of(ev.ToolStarted) == [] and not (talk.root / "made.txt").exists()


async def test_an_answer_that_is_cut_is_continued(llama_server: Path, tmp_path: Path) -> None:
    async with conversation(llama_server, tmp_path, [LINES, ". That is all."], max_answer_tokens=64) as talk:
        turn = await talk.ask("Count.")
        assert turn.ended.stop_reason == "done" and len(turn.replies) == 2
        assert turn.ended.text == "".join(LINES[:64]) + ". That is all."
        assert [message.role for message in talk.session.messages] == ["system", "user", "assistant"]
        check_cache(turn.replies)


async def test_an_answer_that_is_cut_each_time_is_shown_and_said_to_be(
    llama_server: Path, tmp_path: Path
) -> None:
    async with conversation(llama_server, tmp_path, [LINES], max_answer_tokens=64) as talk:
        turn = await talk.ask("Count.")
        assert turn.ended.stop_reason == "done" and len(turn.replies) == 3
        assert turn.ended.text.startswith("".join(LINES[:64]))
        assert len(turn.notices("longest allowed length")) == 1


async def test_an_endless_reply_is_cut_and_corrected(llama_server: Path, tmp_path: Path) -> None:
    endless = ["The slice starts ", "at one, ", "so it is wrong. ", REPEAT]
    async with conversation(llama_server, tmp_path, [endless, "It is wrong."], context=32768) as talk:
        turn = await talk.ask("Is it right?")
        assert [event.kind for event in turn.of(ev.ReplyCorrected)] == ["repetition"]
        assert turn.ended.text == "It is wrong." and len(turn.replies) == 2
        assert turn.shown.count("The slice starts") <= 5
        assert [message.role for message in talk.session.messages] == ["system", "user", "assistant"]


async def test_endless_thoughts_are_cut_and_corrected(llama_server: Path, tmp_path: Path) -> None:
    endless = ["<think>", "\nWait, ", "let me think again. ", REPEAT]
    async with conversation(llama_server, tmp_path, [endless, "It is wrong."], context=32768) as talk:
        turn = await talk.ask("Is it right?")
        assert [event.kind for event in turn.of(ev.ReplyCorrected)] == ["repetition"]
        assert turn.ended.text == "It is wrong." and turn.shown == "It is wrong."


async def test_a_reply_that_the_server_gives_up_is_asked_for_again_and_the_error_is_told(
    llama_server: Path, tmp_path: Path
) -> None:
    """A token that begins a call and goes on after it does not fit the grammar: llama.cpp raises."""
    given_up = ["I look.\n", call("read_file", path="a") + " Then I see."]
    async with conversation(llama_server, tmp_path, [given_up, "I am here."], max_retries=2) as talk:
        turn = await talk.ask("Read it.")
        assert turn.ended.stop_reason == "failed" and len(turn.of(ev.ReplyDiscarded)) == 2
        assert turn.ended.error is not None and "grammar" in turn.ended.error.message
        assert talk.llama.address in turn.ended.error.message and turn.ended.error.remedy
        assert (await talk.ask("Are you there?")).ended.text == "I am here."


async def test_thinking_until_the_reply_is_full_is_corrected(llama_server: Path, tmp_path: Path) -> None:
    thoughts = ["<think>", *(f"thought {number}, " for number in range(100))]
    # Of a model that is not known to think the thoughts are not bounded.
    settings = {"max_answer_tokens": 64, "profile": "generic"}
    async with conversation(llama_server, tmp_path, [thoughts, "Short."], **settings) as talk:
        turn = await talk.ask("Think.")
        assert turn.ended.text == turn.shown == "Short."
        assert turn.thoughts.startswith("thought 0, thought 1, ")
        assert [event.kind for event in turn.of(ev.ReplyCorrected)] == ["endless thoughts"]
        assert [message.role for message in talk.session.messages] == ["system", "user", "assistant"]
