"""One queue for an endpoint: no more requests at once than it has slots for, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Ticket:
    """A place in the queue. ``slot`` is the number of the server's slot once it is the ticket's turn."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.slot = -1
        self._turn = asyncio.Event()

    async def comes_within(self, seconds: float) -> bool:
        """Whether it is the ticket's turn by then."""
        try:
            async with asyncio.timeout(seconds):
                await self._turn.wait()
        except TimeoutError:
            return self._turn.is_set()
        return True

    async def comes(self) -> None:
        """Wait for the turn. Those before it have their own deadlines, so that it comes."""
        await self._turn.wait()

    def call(self, slot: int) -> None:
        self.slot = slot
        self._turn.set()


class FairQueue:
    """Sessions take turns; within one it is first come, first served.

    A server keeps the prompt that it read last in each slot, and reads what follows it only. So a session
    gets the slot that it had before, else one that nobody had, else the one that was used longest ago.
    ``evictions`` is how many requests took a slot whose prompt was another session's: each of them has it
    read anew by that session's next request. Requests beside the conversations have the session "".
    """

    def __init__(self) -> None:
        self._free: set[int] = set()
        self._slots = 0
        self._waiting: OrderedDict[str, deque[Ticket]] = OrderedDict()
        self._held: OrderedDict[int, str] = OrderedDict()
        self.evictions = 0

    @asynccontextmanager
    async def enter(self, session: str, slots: int | None) -> AsyncIterator[Ticket]:
        """A ticket whose turn may still have to come; leaving the context gives it back, waiting or not.

        ``slots`` is how many requests the server takes at once, None for any number: then nobody waits, and
        no slot has a number."""
        ticket = Ticket(session)
        if slots is None:
            ticket.call(-1)
            yield ticket
            return
        self._resize(slots)
        self._waiting.setdefault(session, deque()).append(ticket)
        self._call_next()
        try:
            yield ticket
        finally:
            self._leave(ticket)

    def _resize(self, slots: int) -> None:
        """A server that was restarted may have another number of slots. One that is in use and is no longer
        there is forgotten when it is given back."""
        self._free |= set(range(self._slots, slots))
        self._free = {slot for slot in self._free if slot < slots}
        self._slots = slots

    def _leave(self, ticket: Ticket) -> None:
        if ticket.slot >= 0:
            if ticket.slot < self._slots:
                self._free.add(ticket.slot)
        else:
            line = self._waiting[ticket.session]
            line.remove(ticket)
            if not line:
                del self._waiting[ticket.session]
        self._call_next()

    def _call_next(self) -> None:
        while self._free and self._waiting:
            session, line = next(iter(self._waiting.items()))
            ticket = line.popleft()
            # Whoever had a turn waits behind the others, with what it still has to ask.
            del self._waiting[session]
            if line:
                self._waiting[session] = line
            ticket.call(self._slot_for(session))

    def _slot_for(self, session: str) -> int:
        slot = self._best(session)
        self.evictions += self._held.get(slot, session) != session
        self._held[slot] = session
        self._held.move_to_end(slot)
        self._free.discard(slot)
        return slot

    def _best(self, session: str) -> int:
        own = [slot for slot, holder in reversed(self._held.items()) if holder == session]
        unused = sorted(slot for slot in self._free if slot not in self._held)
        return next(slot for slot in (*own, *unused, *self._held) if slot in self._free)
