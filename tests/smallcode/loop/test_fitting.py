"""Turns whose prompt gets too large: what is left out, said and asked for again."""

from pathlib import Path

from turn_bench import READ, bench, calling, ended, finished

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.messages import Ask
from smallcode.settings import Settings

READ_LONG = {"name": "read_file", "arguments": {"path": "long.txt"}}
PARTS = [{"name": "read_file", "arguments": {"path": f"{number}.txt"}} for number in range(12)]


def write_parts(root: Path) -> None:
    for number in range(12):
        (root / f"{number}.txt").write_text(f"line of {number}\n" * 220)


async def test_results_go_in_batches_then_the_conversation_is_summed_up(tmp_path: Path) -> None:
    write_parts(tmp_path)
    steps = [*(calling(part) for part in PARTS * 2), Step(text="Done.")]
    async with bench(tmp_path, steps, window=4096, model_notes="off") as b:
        events = await b.ask("What stands in these files? Never change one.")
    assert ended(events).stop_reason == "done"
    trimmed = [event for event in events if isinstance(event, ev.ContextTrimmed)]
    assert {event.how for event in trimmed} == {"evicted", "compacted"}
    assert all(event.freed_tokens > 0 and event.detail for event in trimmed)
    last = b.model.requests[-1].messages
    assert "0.txt: read" in last[1].content and "Never change one." in last[1].content
    assert ended(events).usage.avoidable_tokens == 0
    assert 0 < ended(events).usage.uncached_tokens < ended(events).usage.prompt_tokens


async def test_the_model_sums_up_where_it_is_asked_for(tmp_path: Path) -> None:
    write_parts(tmp_path)
    steps = [
        *(calling(part) for part in PARTS * 2),
        Step(text="- each file repeats one line\n- nothing failed"),
    ]
    async with bench(tmp_path, steps, window=4096, model_notes="on") as b:
        events = await b.ask("What stands in these files?")
    asked = [event for event in events if isinstance(event, ev.ContextTrimmed) and event.how == "compacted"]
    assert asked and ended(events).stop_reason == "done"
    side = [r for r in b.model.requests if r.messages[0].content.startswith("You keep the notes")]
    assert side and "read 0.txt" in side[0].messages[1].content


async def test_a_request_that_can_never_fit_ends_with_a_word(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Done.")], window=4096) as b:
        end = ended(await b.ask("What is this?\n" + "a line of words and more words\n" * 900))
    assert end.stop_reason == "failed" and end.error is not None
    assert end.error.code == "PromptTooLarge" and "4,096" in end.error.message and end.error.remedy
    assert b.model.requests == []


async def test_words_that_stand_for_a_text_are_not_written(tmp_path: Path) -> None:
    write = {
        "name": "write_file",
        "arguments": {"path": "a.py", "content": "[12 lines of text, left out here]"},
    }
    async with bench(tmp_path, [calling(write), Step(text="I could not write it.")]) as b:
        events = await b.ask("Write a.py.")
    assert "Write the text itself" in finished(events)[0].content
    assert not (tmp_path / "a.py").exists()


async def test_a_server_that_counts_only_what_it_read_keeps_its_window(tmp_path: Path) -> None:
    """The second prompt has few tokens that it had not read before."""

    (tmp_path / "long.txt").write_text("a long line\n" * 200)
    steps = [calling(READ_LONG), calling(READ_LONG), Step(text="Done.")]
    model = ScriptedModel(steps, window=8192, in_order=True, counts_new=True)
    session = open_session(Settings(), DiskWorkspace(tmp_path), FixedApprover("allow_once"), model)
    try:
        events = [event async for event in session.ask(Ask("What is in it?"))]
    finally:
        await session.aclose()
    assert ended(events).stop_reason == "done"
    assert {event.window for event in events if isinstance(event, ev.UsageUpdated)} == {8192}


async def test_a_change_that_left_the_prompt_is_told_again_and_not_made_again(tmp_path: Path) -> None:
    write_parts(tmp_path)
    line = "# a line that is added once\n"
    add = {"name": "append_file", "arguments": {"path": "cart.py", "content": line * 20}}
    looks = [calling(part) for part in PARTS[:6]]
    steps = [calling(READ), calling(add), *looks, calling(add), Step(text="It is added.")]
    async with bench(tmp_path, steps, window=4096, model_notes="off") as b:
        events = await b.ask("Add the line twenty times to cart.py, then look at the parts.")
        again = [event for event in finished(events) if event.name == "append_file"][-1]
        assert "was made before" in again.content and again.status == "completed"
        assert b.cart().count(line) == 20
