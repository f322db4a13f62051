"""Asking one server so that it understands, and learning from what it refuses or ignores.

Everything that is learned goes into ``Learned``, which outlives the process; each thing is told once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from ..core.profile import ThinkingSwitch
from ..errors import ContextOverflow, ModelRefused
from ..ports import Constraint, Delta, FinishDelta, ModelRequest, NoticeDelta
from ..settings import Settings
from .bodies import FREE, REQUIRED, Composer
from .constraints import forced_a_call, probe_request, shapes_for
from .discovery import Endpoint
from .learned import Memory
from .model_errors import Fault, refuses_tools
from .thinking import ONLY_LESS, ThoughtWatch

Ask = Callable[[Mapping[str, Any]], AsyncGenerator[Delta, None]]
"""Sends a body and yields the reply. Raises Fault."""

# Answers by which a server turns a way of forcing a call down.
_TURNED_DOWN = frozenset({400, 404, 422, 500, 501})


class Fitting:
    """What is known of one endpoint, used and added to."""

    def __init__(self, composer: Composer, memory: Memory, key: str) -> None:
        self.composer, self._memory, self._key = composer, memory, key
        self._probing = asyncio.Lock()

    @classmethod
    async def of(cls, endpoint: Endpoint, settings: Settings, memory: Memory) -> Fitting:
        key = f"{endpoint.base} {endpoint.model} {endpoint.version}".rstrip()
        return cls(Composer(endpoint, settings, await memory.recall(key)), memory, key)

    @property
    def endpoint(self) -> Endpoint:
        return self.composer.endpoint

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """Those that are honoured or that nobody has tried yet."""
        learned = self.composer.learned
        worth: list[Constraint] = ["free"]
        if learned.required is not False and not self.composer.tools_as_text:
            worth.append("required")
        if learned.shape != "":
            worth.append("shaped")
        return tuple(worth)

    @property
    def untried(self) -> tuple[Constraint, ...]:
        learned = self.composer.learned
        unknown = {"required": learned.required is None, "shaped": learned.shape is None}
        return tuple(constraint for constraint in self.constraints if unknown.get(constraint))

    async def stream(self, request: ModelRequest, ask: Ask) -> AsyncGenerator[Delta, None]:
        """The reply. Each refusal that something can be done about leaves less to refuse, so that it ends."""
        async with self._probing:
            found = await self._probe(request, ask)
        for notice in found:
            yield notice
        while True:
            force = self._force(request)
            body = self.composer.body(request, force)
            watch = ThoughtWatch()
            try:
                async with aclosing(ask(body.fields)) as deltas:
                    async for delta in deltas:
                        watch.see(delta)
                        if isinstance(delta, FinishDelta) and watch.thought and body.switch != "none":
                            for notice in self._still_thinks(body.switch):
                                yield notice
                            await self._memory.keep(self._key)
                        yield delta
                return
            except Fault as fault:
                notices = self._learn(body.fields, force, fault)
                if not notices:
                    raise
            await self._memory.keep(self._key)
            for notice in notices:
                yield notice

    async def keep(self) -> None:
        """Write down how the model's tokens are counted, where that has changed."""
        if self.composer.learned.calibration_changed():
            await self._memory.keep(self._key)

    # --- what is refused -----------------------------------------------------------------------------

    def _learn(self, body: Mapping[str, Any], force: str, fault: Fault) -> Sequence[NoticeDelta]:
        """What is to be told about a refusal that will not come again; nothing where it will."""
        error = fault.error
        if not isinstance(error, ModelRefused) or isinstance(error, ContextOverflow):
            return ()
        refused = self.composer.capabilities.learn(body, error.status, error.message)
        if refused:
            return [self._field_refused(field, replacement) for field, replacement in refused]
        if force != FREE and error.status in _TURNED_DOWN:
            return [self._force_refused(force)]
        if "tools" in body and refuses_tools(error):
            self.composer.learned.text_tools = True
            return [self._told("does not take tools: they are described in the prompt from now on")]
        return ()

    def _field_refused(self, field: str, replacement: str | None) -> NoticeDelta:
        instead = f"sending {replacement} instead" if replacement else "leaving it out"
        return self._told(f"does not take {field}: {instead} from now on")

    def _force_refused(self, force: str) -> NoticeDelta:
        if force == REQUIRED:
            self.composer.learned.required = False
        else:
            self.composer.learned.shape = ""
        return self._told(f"does not force calls by {force} after all")

    def _still_thinks(self, switch: ThinkingSwitch) -> Sequence[NoticeDelta]:
        if switch in ONLY_LESS:
            return ()
        self.composer.learned.useless.add(switch)
        following = self.composer.switch
        instead = f"{following} is tried next" if following != "none" else "there is no other way known"
        return [self._told(f"lets {self.endpoint.model} think in spite of {switch}: {instead}")]

    def _told(self, what: str) -> NoticeDelta:
        return NoticeDelta("info", f"{self.endpoint.base} {what}.")

    # --- what is honoured ----------------------------------------------------------------------------

    def _force(self, request: ModelRequest) -> str:
        """The strongest way that was asked for and works."""
        learned = self.composer.learned
        if not request.tools or request.constraint == "free":
            return FREE
        if request.constraint == "shaped" and learned.shape:
            return learned.shape
        return REQUIRED if learned.required and not self.composer.tools_as_text else FREE

    async def _probe(self, request: ModelRequest, ask: Ask) -> Sequence[NoticeDelta]:
        """Try what the request needs to know and nobody has tried yet: once for each server and model."""
        notices: list[NoticeDelta] = []
        learned = self.composer.learned
        if not request.tools or request.constraint == "free":
            return notices
        if request.constraint == "shaped" and learned.shape is None:
            learned.shape = await self._first_shape(ask)
            how = f"forces the shape of a call by {learned.shape}" if learned.shape else "cannot shape a call"
            notices.append(self._told(how))
        # The weaker way is tried only where it is needed: a probe costs a one-slot server its cache.
        needed = not (request.constraint == "shaped" and learned.shape) and not self.composer.tools_as_text
        if needed and learned.required is None:
            learned.required = await self._honours(REQUIRED, ask)
            how = "forces a call" if learned.required else "does not force a call"
            notices.append(self._told(f"{how} by tool_choice"))
        if notices:
            await self._memory.keep(self._key)
        return notices

    async def _first_shape(self, ask: Ask) -> str:
        for shape in shapes_for(self.endpoint.server, in_text=self.composer.tools_as_text):
            if await self._honours(shape, ask):
                return shape
        return ""

    async def _honours(self, force: str, ask: Ask) -> bool:
        """Raises Fault where the server does not answer at all."""
        request = probe_request("required" if force == REQUIRED else "shaped")
        while True:
            body = self.composer.body(request, force)
            try:
                async with aclosing(ask(body.fields)) as reply:
                    deltas = [delta async for delta in reply]
                return forced_a_call(deltas, in_text=force != REQUIRED)
            except Fault as fault:
                if not isinstance(fault.error, ModelRefused) or fault.error.status not in _TURNED_DOWN:
                    raise
                if not self.composer.capabilities.learn(body.fields, fault.error.status, fault.error.message):
                    return False
