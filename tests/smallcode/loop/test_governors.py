"""Whole turns with a model that goes in circles: how many requests it takes, and how the turn ends."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest
from turn_bench import DONE, FIX, FIXED, PATCH, READ, TEST, bench, calling, ended, finished, told

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.memory import MemoryWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.messages import Ask
from smallcode.ports import Delta, ModelRequest
from smallcode.settings import Settings

LS = {"name": "bash", "arguments": {"command": "ls"}}
SEARCH = {"name": "search", "arguments": {"pattern": "total"}}
FAILING = {"name": "bash", "arguments": {"command": "python3 -c 'import nothing_there'"}}
APPEND = {"name": "append_file", "arguments": {"path": "cart.py", "content": "# one more line\n"}}


def shifted(number: int) -> dict[str, object]:
    """The same file, at another offset and under another spelling each time."""
    path = "./cart.py" if number % 2 else "cart.py"
    return {"name": "read_file", "arguments": {"path": path, "start_line": 1, "end_line": 2 + number}}


def governed(events: Sequence[ev.Event]) -> list[str]:
    return [f"{one.governor}: {one.action}" for one in events if isinstance(one, ev.Governed)]


@pytest.mark.parametrize(
    ("steps", "requests"),
    [
        pytest.param([calling(READ)] * 40, 6, id="a read that succeeds"),
        pytest.param([calling(FAILING)] * 40, 6, id="a command that fails"),
        pytest.param([calling(LS)] * 40, 6, id="a command that succeeds"),
        pytest.param([calling(READ), calling(LS)] * 20, 11, id="A-B-A-B"),
        pytest.param([calling(READ), calling(LS), calling(SEARCH)] * 14, 16, id="A-B-C-A-B-C"),
        pytest.param([calling(shifted(number)) for number in range(40)], 6, id="other offsets and spellings"),
        pytest.param([calling(PATCH)] * 40, 6, id="an edit that was made"),
    ],
)
async def test_a_loop_is_told_then_refused_then_ended(
    tmp_path: Path, steps: list[Step], requests: int
) -> None:
    async with bench(tmp_path, [calling(READ), *steps] if steps[0] == calling(PATCH) else steps) as b:
        events = await b.ask(FIX)
        end = ended(events)
        assert end.stop_reason == "stopped"
        assert end.error is not None and end.error.code == "Stopped" and end.error.remedy
        assert len(b.model.requests) == requests + (steps[0] == calling(PATCH))
        # What was tried stands in the ending and in the transcript.
        assert "Looks at files" in end.error.message or "run" in end.error.message
        assert b.session.messages[-1].content.startswith("(The turn was stopped.\n")


async def test_each_step_of_the_ladder_is_another_one(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ)] * 9) as b:
        events = await b.ask(FIX)
        assert governed(events) == [
            "dedup: reuse",
            "dedup: reuse",
            "repeated calls: hint",
            "repeated calls: refuse",
            "repeated calls: refuse",
            "repeated calls: stop",
        ]
        contents = [event.content for event in finished(events)]
        assert "sum(prices[1:])" in contents[2] and "same result again" in contents[2]
        assert "did not run" in contents[3] and "Make the change now" in contents[3]
        shifts = [request.temperature for request in b.model.requests]
        assert shifts[:3] == [None] * 3 and shifts[3:] == [0.4, 0.6, 0.6]


async def test_a_refusal_is_told_once_and_stays_in_no_history(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(PATCH), calling(PATCH), calling(TEST), DONE]) as b:
        await b.ask(FIX)
        refusals = [
            sum("did not run again" in message.content for message in request.messages)
            for request in b.model.requests
        ]
        assert refusals == [0, 0, 0, 1, 0]
        assert all("did not run again" not in message.content for message in b.session.messages)
        assert b.cart() == FIXED


@pytest.mark.parametrize("copies", [1, 2, 3])
async def test_a_model_that_listens_gets_on(tmp_path: Path, copies: int) -> None:
    async with bench(tmp_path, [calling(READ)] * (1 + copies) + [calling(PATCH), calling(TEST), DONE]) as b:
        assert ended(await b.ask(FIX)).stop_reason == "done"
        assert b.cart() == FIXED and len(b.model.requests) == copies + 4


async def test_the_test_after_each_edit_is_no_loop(tmp_path: Path) -> None:
    def edit(number: int) -> dict[str, object]:
        old, new = f"sum(prices[{number}:])", f"sum(prices[{number + 1}:])"
        return {"name": "patch", "arguments": {"path": "cart.py", "old_str": old, "new_str": new}}

    rounds = [step for number in range(1, 8) for step in (calling(edit(number)), calling(TEST))]
    async with bench(tmp_path, [calling(READ), *rounds, DONE]) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "done" and governed(events) == []


async def test_an_append_is_not_made_twice(tmp_path: Path) -> None:
    steps = [calling(READ), calling(APPEND), calling(APPEND), calling(LS), calling(APPEND), DONE]
    async with bench(tmp_path, steps) as b:
        await b.ask("Add a comment at the end of cart.py.")
        assert b.cart().count("# one more line") == 1
        assert "already made" in told(b, 3).content and "already made" in told(b, 5).content


async def test_what_another_program_wrote_is_read(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(READ), DONE]) as b:
        seen = []
        async for event in b.session.ask(Ask("What does cart.py do?")):
            if isinstance(event, ev.ToolFinished):
                seen.append(event.content)
                (tmp_path / "cart.py").write_text("new = 1\n")
        assert "sum(prices" in seen[0] and "new = 1" in seen[1]


class Typing(MemoryWorkspace):
    """As in an editor in which somebody types: every look finds another state."""

    typed = 0

    @property
    def revision(self) -> int:
        self.typed += 1
        return self.typed


async def test_a_search_is_made_anew_after_typing_in_the_editor() -> None:
    files = {"cart.py": "total = 1\n"}
    for workspace, again in ((MemoryWorkspace(files), ["dedup: reuse"]), (Typing(files), [])):
        model = ScriptedModel([calling(SEARCH), calling(SEARCH), DONE], in_order=True)
        session = open_session(Settings(), workspace, FixedApprover("allow_once"), model)
        events = [event async for event in session.ask(Ask("Where is total?"))]
        await session.aclose()
        assert governed(events) == again


async def test_looking_on_without_a_change(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"f{number}.py").write_text(f"x{number} = {number}\n")
    reads = [calling({"name": "read_file", "arguments": {"path": f"f{n}.py"}}) for n in range(9)]
    async with bench(tmp_path, [*reads, calling(READ), calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        assert governed(events) == ["reading without acting: hint", "reading without acting: refuse"]
        assert b.cart() == FIXED and len(b.model.requests) == 12


@pytest.mark.parametrize(
    ("settings", "code", "setting", "requests"),
    [
        ({"max_steps": 3}, "StepLimit", "max_steps", 3),
        ({"max_calls": 4}, "CallLimit", "max_calls", 4),
        ({"max_turn_tokens": 2000}, "TokenLimit", "max_turn_tokens", 2),
        ({"max_seconds": 1e-9}, "TimeLimit", "max_seconds", 0),
    ],
)
async def test_hard_ends(
    tmp_path: Path, settings: dict[str, float], code: str, setting: str, requests: int
) -> None:
    steps = [calling({"name": "bash", "arguments": {"command": f"sleep 0.01; echo {n}"}}) for n in range(30)]
    async with bench(tmp_path, steps, **settings) as b:
        end = ended(await b.ask("Count up."))
        assert end.stop_reason == "step_limit"
        assert end.error is not None
        assert (end.error.code, end.error.remedy) == (code, f"Ask to go on, or raise {setting}.")
        assert len(b.model.requests) == requests


async def test_many_calls_in_one_reply_are_limited_too(tmp_path: Path) -> None:
    calls = [{"name": "bash", "arguments": {"command": f"echo {number} >> log"}} for number in range(9)]
    async with bench(tmp_path, [calling(*calls), DONE], max_calls=3) as b:
        end = ended(await b.ask("Count up."))
        assert end.error is not None and end.error.code == "CallLimit"
        assert (tmp_path / "log").read_text().split() == ["0", "1", "2"]


ODD = {"name": "bash", "arguments": {"command": f"echo {'odd words that no rule knows ' * 4}; exit 3"}}


class WithSideReplies(ScriptedModel):
    """Requests without tools get a reply of their own."""

    def __init__(self, steps: Sequence[Step], side: str) -> None:
        super().__init__(steps, in_order=True)
        self.side = ScriptedModel([Step(side)])

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        async for delta in super().stream(request) if request.tools else self.side.stream(request):
            yield delta


@pytest.mark.parametrize(
    ("setting", "reply", "asked", "hint"),
    [
        ("on", "kind: odd words\nplace: a.py:3\ndo: Read a.py.", 1, "odd words in a.py, line 3. Read a.py."),
        ("auto", "kind: odd\nplace: none\ndo: Look.", 1, "[ERROR-DIAGNOSIS] odd. Look."),
        ("on", "I do not know.", 1, ""),
        ("off", "kind: odd\nplace: none\ndo: Look.", 0, ""),
    ],
)
async def test_a_question_where_no_rule_speaks(
    tmp_path: Path, setting: str, reply: str, asked: int, hint: str
) -> None:
    model = WithSideReplies([calling(ODD), DONE], reply)
    settings = Settings.model_validate({"side_questions": setting})
    session = open_session(settings, DiskWorkspace(tmp_path), FixedApprover("allow_once"), model)
    events = [event async for event in session.ask(Ask("Run it."))]
    await session.aclose()
    assert len(model.side.requests) == asked
    content = finished(events)[0].content
    assert content.endswith(hint) if hint else "DIAGNOSIS" not in content
    assert governed(events) == (["error diagnosis: consult"] if hint else [])


async def test_a_rule_costs_no_question(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(FAILING), DONE]) as b:
        events = await b.ask("Run it.")
        assert "[ERROR-DIAGNOSIS] ModuleNotFoundError" in finished(events)[0].content
        assert len(b.model.requests) == 2


async def test_evidence_stays_with_the_session(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(PATCH), calling(FAILING), DONE, DONE]) as b:
        await b.ask(FIX)
        kept = [(one.outcome, one.what) for one in b.session.evidence.of(FIX)]
        assert kept == [("worked", "edit cart.py"), ("failed", f"run {FAILING['arguments']['command']}")]  # type: ignore[index]


async def test_a_tool_that_lost_its_trust_is_refused(tmp_path: Path) -> None:
    calls = [calling({"name": "find_and_read", "arguments": {"name": f"nothing{n}.xyz"}}) for n in range(6)]
    async with bench(tmp_path, [*calls, DONE]) as b:
        events = await b.ask("Where is it?")
        assert governed(events) == ["trust decay: hint", "trust decay: refuse"]
        assert "not to be used any more" in finished(events)[5].content
        # The next request of the user is a new chance, and the next failure takes it.
        assert b.session.messages[-1].content == DONE.text


async def test_nobody_is_asked_again_for_what_was_not_allowed(tmp_path: Path) -> None:
    steps = [calling(LS), calling(LS), calling(LS), Step("It was not allowed.")]
    async with bench(tmp_path, steps, allow=False) as b:
        events = await b.ask("Run ls.")
        assert len(b.approver.asked) == 1
        assert governed(events) == ["repeated calls: refuse"] * 2
        assert "the user did not allow it" in finished(events)[1].content
        assert [(one.outcome, one.times) for one in b.session.evidence.of("Run ls.")] == [("refused", 3)]
