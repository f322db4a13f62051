"""The queue of an endpoint: fair, keeping sessions to their slots, and never stuck."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.adapters.queueing import FairQueue, Ticket


async def served(sessions: str, slots: int | None = 1) -> list[str]:
    """Who is served after whom where all have queued up behind somebody."""
    queue, order = FairQueue(), list[str]()

    async def ask(session: str) -> None:
        async with queue.enter(session, slots) as ticket:
            await ticket.comes()
            order.append(session)
            await asyncio.sleep(0)

    async with queue.enter("first", slots) as ticket:
        await ticket.comes()
        tasks = [asyncio.create_task(ask(session)) for session in sessions]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    return order


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ("aaab", "abaa"),
        ("aabbcc", "abcabc"),
        ("abab", "abab"),
        ("aaa", "aaa"),
        ("", ""),
    ],
)
async def test_sessions_take_turns(came: str, expected: str) -> None:
    assert "".join(await served(came)) == expected


async def test_without_a_limit_nobody_waits() -> None:
    queue = FairQueue()
    async with AsyncExitStack() as stack:
        for number in range(20):
            ticket = await stack.enter_async_context(queue.enter(str(number), None))
            assert await ticket.comes_within(0) and ticket.slot == -1


async def test_a_session_keeps_its_slot_and_a_side_request_takes_another() -> None:
    queue = FairQueue()

    async def slot(session: str) -> int:
        async with queue.enter(session, 3) as ticket:
            await ticket.comes()
            return ticket.slot

    assert [await slot(session) for session in ("a", "b", "a", "", "b", "", "a")] == [0, 1, 0, 2, 1, 2, 0]
    assert queue.evictions == 0
    assert await slot("c") == 1, "the slot that was used longest ago"
    assert queue.evictions == 1
    assert await slot("b") == 2


async def test_a_single_slot_counts_each_change_of_hands() -> None:
    queue = FairQueue()
    for session in ("a", "a", "", "a", "b"):
        async with queue.enter(session, 1) as ticket:
            await ticket.comes()
    assert queue.evictions == 3


async def test_who_is_cancelled_while_waiting_leaves_the_queue() -> None:
    queue = FairQueue()

    async def wait(session: str) -> None:
        async with queue.enter(session, 1) as ticket:
            await ticket.comes()

    async with queue.enter("a", 1) as first:
        assert await first.comes_within(0)
        gone, stays = asyncio.create_task(wait("b")), asyncio.create_task(wait("c"))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
    async with asyncio.timeout(1):
        await stays


async def test_fewer_slots_after_a_restart() -> None:
    queue = FairQueue()
    async with AsyncExitStack() as stack:
        held = [await stack.enter_async_context(queue.enter(name, 4)) for name in "abcd"]
        assert [ticket.slot for ticket in held] == [0, 1, 2, 3]
    async with queue.enter("d", 2) as ticket:
        assert await ticket.comes_within(0) and ticket.slot in {0, 1}


STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(0, 3)), max_size=25)


@given(STEPS, st.integers(1, 3))
@settings(deadline=None)
def test_never_too_many_at_once_and_everybody_is_served(
    requests: list[tuple[str, bool, int]], slots: int
) -> None:
    """Whoever is cancelled, waiting or served, and however long each takes."""

    async def run() -> None:
        queue, busy, done = FairQueue(), set[int](), list[Ticket]()

        async def ask(session: str, ticks: int) -> None:
            async with queue.enter(session, slots) as ticket:
                await ticket.comes()
                assert ticket.slot not in busy and 0 <= ticket.slot < slots
                busy.add(ticket.slot)
                try:
                    for _ in range(ticks):
                        await asyncio.sleep(0)
                finally:
                    busy.remove(ticket.slot)
                done.append(ticket)

        tasks = [asyncio.create_task(ask(session, ticks)) for session, _, ticks in requests]
        await asyncio.sleep(0)
        for task, (_, cancelled, _) in zip(tasks, requests, strict=True):
            if cancelled:
                task.cancel()
                await asyncio.sleep(0)
        async with asyncio.timeout(5):
            results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(result is None or isinstance(result, asyncio.CancelledError) for result in results)
        assert len(done) >= sum(not cancelled for _, cancelled, _ in requests)
        async with queue.enter("last", slots) as ticket:
            assert await ticket.comes_within(0), "every slot was given back"

    asyncio.run(run())
