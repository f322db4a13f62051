"""A turn is routed before its first request: what is told of it, what is offered, and what a misroute costs."""

from pathlib import Path

from turn_bench import CART, DONE, FIXED, WORK, bench, calling, ended, finished, told

from smallcode import events as ev
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.settings import Settings

RENAME = "Rename total to sum_of everywhere."
REPLACE = {"name": "replace_in_files", "arguments": {"pattern": "prices[1:]", "replacement": "prices"}}
SELECT = {"name": "select_category", "arguments": {"category": "write"}}


def offered(request: object) -> list[str]:
    return [tool["function"]["name"] for tool in request.tools]  # type: ignore[attr-defined]


def routed(events: list[ev.Event]) -> list[ev.Routed]:
    return [event for event in events if isinstance(event, ev.Routed)]


async def test_the_first_turn_is_told_and_offered_what_its_category_adds(tmp_path: Path) -> None:
    async with bench(tmp_path, [DONE]) as b:
        events = await b.ask("Who calls total()?")
        (event,) = routed(events)
        assert (event.category, events.index(event)) == ("code_intel", 1)
        assert event.tools == offered(b.model.requests[0])
        assert "search_and_read" in event.tools


async def test_a_later_turn_keeps_the_prefix_and_names_the_tool_in_its_newest_message(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Hello."), calling(REPLACE), DONE]) as b:
        await b.ask("hello")
        events = await b.ask(RENAME)
        first, second, third = b.model.requests
        assert first.tools == second.tools == third.tools
        assert second.messages[: len(first.messages)] == first.messages
        assert told(b, 1).content.startswith(RENAME) and "replace_in_files(" in told(b, 1).content
        assert [event.status for event in finished(events)] == ["completed"]
        assert b.cart() == FIXED


async def test_a_turn_that_carries_on_keeps_the_category(tmp_path: Path) -> None:
    async with bench(tmp_path, [DONE, DONE, DONE]) as b:
        for prompt, category in [
            ("Who calls total()?", "code_intel"),
            ("yes", "code_intel"),
            ("thanks", "respond"),
        ]:
            assert [event.category for event in routed(await b.ask(prompt))] == [category]


async def test_a_misroute_makes_nothing_impossible(tmp_path: Path) -> None:
    async with bench(tmp_path, WORK) as b:
        events = await b.ask("hello")
        assert routed(events)[0].category == "respond"
        assert ended(events).files_changed == ["cart.py"]
        assert b.cart() == FIXED


async def test_where_old_results_leave_the_prompt_what_is_due_is_offered(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("a long line of text\n" * 900)
    read = calling({"name": "read_file", "arguments": {"path": "long.txt", "start_line": 1, "end_line": 300}})
    steps = [Step(text="Hello."), *[read] * 8, DONE]
    async with bench(tmp_path, steps, window=8192) as b:
        await b.ask("hello")
        events = await b.ask(RENAME)
        shrunk = [event for event in events if isinstance(event, ev.Notice) and "left out" in event.message]
        assert shrunk, "the window is small enough for old results to leave"
        sets = [offered(request) for request in b.model.requests]
        grown = [number for number in range(1, len(sets)) if sets[number] != sets[number - 1]]
        assert len(grown) == 1 and "replace_in_files" in sets[-1] and "replace_in_files" not in sets[1]
        cut = b.model.requests[grown[0]].messages
        assert cut[: len(b.model.requests[grown[0] - 1].messages)] != b.model.requests[grown[0] - 1].messages


async def test_the_second_stage_tells_the_forms_of_the_tools(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(SELECT), calling(REPLACE), DONE], window=4096) as b:
        events = await b.ask(RENAME)
        assert "select_category" in offered(b.model.requests[0])
        assert "replace_in_files" not in offered(b.model.requests[0])
        chosen, replaced = finished(events)
        assert "replace_in_files(pattern: string" in chosen.content
        assert replaced.status == "completed" and b.cart() == FIXED


async def test_switched_off_nothing_is_routed(tmp_path: Path) -> None:
    async with bench(tmp_path, [DONE], disable=["router"]) as b:
        events = await b.ask(RENAME)
        assert routed(events) == []
        assert "replace_in_files" not in offered(b.model.requests[0])
        assert told(b, 0).content == RENAME and b.cart() == CART


async def test_another_server_is_offered_what_is_due(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Hello."), DONE]) as b:
        await b.ask("hello")
        other = ScriptedModel([DONE], in_order=True)
        b.session.configure(Settings(), other)
        await b.ask(RENAME)
        assert "replace_in_files" in offered(other.requests[0])


def test_the_event_is_complete() -> None:
    event = ev.EVENT.validate_json('{"type":"routed","category":"run","confidence":0.5,"tools":["bash"]}')
    assert isinstance(event, ev.Routed) and event.tools == ["bash"]
