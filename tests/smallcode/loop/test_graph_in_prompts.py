"""What the code graph brings into a turn: the map, symbols that are pointed at, tools, and the account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from small_graph import graph_of

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.graph.memory import MemoryGraph
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core.graph.repomap import HEADING
from smallcode.messages import Ask
from smallcode.ports.graph import Indexing
from smallcode.session import Session
from smallcode.settings import Settings

SOURCES = {
    "shop/basket.py": (
        'def checkout(basket):\n    """Takes the payment."""\n    return pay(basket.total)\n\n\n'
        "def pay(amount):\n    return book(amount)\n"
    ),
    "shop/book.py": "def book(amount):\n    return amount\n",
}
READY = Indexing(complete=True)
QUESTION = "Who calls pay()?"


@asynccontextmanager
async def shop(
    root: Path,
    *steps: Step,
    indexing: Indexing = READY,
    window: int = 32768,
    **settings: object,
) -> AsyncIterator[tuple[Session, ScriptedModel]]:
    for path, content in SOURCES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(content)
    model = ScriptedModel([*steps, Step(text="checkout calls it.")], window=window, in_order=True)
    session = open_session(
        Settings.model_validate(settings),
        DiskWorkspace(root),
        FixedApprover("allow_once"),
        model,
        graph=MemoryGraph(graph_of(SOURCES), indexing),
    )
    try:
        yield session, model
    finally:
        await session.aclose()


async def asked(session: Session, prompt: str) -> None:
    async for _ in session.ask(Ask(prompt)):
        pass


def last_request(model: ScriptedModel) -> str:
    return model.requests[-1].messages[1].content


def offered(model: ScriptedModel) -> list[str]:
    return [tool["function"]["name"] for tool in model.requests[0].tools]


@pytest.mark.parametrize(
    ("prompt", "mapped"),
    [
        (QUESTION, True),
        ("Explain shop/basket.py to me.", True),
        ("Rename pay to charge.", False),
        ("Thanks!", False),
    ],
)
async def test_a_question_about_the_code_begins_with_a_map(tmp_path: Path, prompt: str, mapped: bool) -> None:
    async with shop(tmp_path) as (session, model):
        await asked(session, prompt)
    assert (HEADING in last_request(model)) is mapped
    assert ("6: def pay(amount)" in last_request(model)) is mapped


@pytest.mark.parametrize(
    "settings", [{"disable": ("repository map",)}, {"disable": ("code graph",)}, {"index": False}]
)
async def test_the_map_can_be_switched_off(tmp_path: Path, settings: dict[str, object]) -> None:
    async with shop(tmp_path, **settings) as (session, model):
        await asked(session, QUESTION)
    assert HEADING not in last_request(model)


async def test_nobody_waits_for_a_map(tmp_path: Path) -> None:
    async with shop(tmp_path, indexing=Indexing(1, 2)) as (session, model):
        await asked(session, QUESTION)
    assert HEADING not in last_request(model)


async def test_the_map_comes_once_and_is_within_its_cap(tmp_path: Path) -> None:
    async with shop(tmp_path, Step(text="Nobody."), window=4096) as (session, _):
        await asked(session, QUESTION)
        await asked(session, QUESTION)
        assert sum(HEADING in message.content for message in session.messages) <= 1


async def test_a_symbol_that_is_pointed_at_comes_with_its_code(tmp_path: Path) -> None:
    async with shop(tmp_path) as (session, model):
        await asked(session, "What is wrong with @checkout and @ada?")
    told = last_request(model)
    assert "checkout, pointed at by the user:" in told
    assert "shop/basket.py:1-3\ndef checkout(basket):" in told
    assert "[called by checkout]\ndef pay(amount):" in told
    assert "ada, pointed at" not in told


async def test_tools_are_offered_by_the_request_and_accounted_for(tmp_path: Path) -> None:
    call = Step(tool_calls=[{"name": "explain_symbol", "arguments": {"symbol": "pay"}}])
    async with shop(tmp_path, call) as (session, model):
        await asked(session, QUESTION)
        assert {"graph_search", "explain_symbol"} <= set(offered(model))
        assert "called by (1):\n  checkout shop/basket.py:3" in session.messages[-2].content
        spent = session.retrieval.by_tool
        assert list(spent) == ["repository map", "explain_symbol"]
        assert all(one.calls == 1 and one.tokens > 0 for one in spent.values())


@pytest.mark.parametrize("settings", [{"disable": ("code graph",)}, {"index": False}])
async def test_without_a_graph_its_tools_are_not_offered(tmp_path: Path, settings: dict[str, object]) -> None:
    async with shop(tmp_path, **settings) as (session, model):
        await asked(session, QUESTION)
    assert not {"graph_search", "explain_symbol"} & set(offered(model))


async def test_a_plain_change_is_not_offered_them(tmp_path: Path) -> None:
    async with shop(tmp_path) as (session, model):
        await asked(session, "Add a docstring to pay in shop/basket.py.")
    assert not {"graph_search", "explain_symbol"} & set(offered(model))
