"""A model behind any server that speaks OpenAI's chat completions, llama.cpp first of all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import ContextOverflow, ModelError, ModelUnreachable, SettingsError
from ..ports import Delta, FinishDelta, ModelInfo, ModelRequest, NoticeDelta
from ..settings import Settings
from .calibration import Calibration
from .counting import COUNTERS
from .descriptions import ollama_window
from .discovery import Endpoint, discover, find_endpoint
from .fitting import Fitting
from .learned import Memory
from .model_errors import Fault, Retry
from .queueing import FairQueue, Ticket
from .retrying import Retrying
from .streaming import REPLY, stream_reply
from .transport import Transport, parse_address
from .windows import Windows, likely_window, smaller_than_asked

if TYPE_CHECKING:
    from .tokens import VocabularyCounter

# Seconds; the first pause is at most this long, each one after may be twice as long.
BACKOFF = 0.5

# Seconds in the queue before it is said that one waits.
QUIET_WAIT = 1.0

_T = TypeVar("_T")


class OpenAIClient:
    """Implements ports.ModelClient.

    Several streams may be open at once; as many are with the server as it has slots, and the others queue
    (``queue``). ``memory`` holds what was learned of servers before. ``backoff`` is the longest first pause
    between two tries, in seconds.
    """

    def __init__(self, settings: Settings, *, memory: Memory | None = None, backoff: float = BACKOFF) -> None:
        self._settings = settings
        self._memory = memory or Memory()
        self._backoff = backoff
        self._transports: dict[str, Transport] = {}
        self._lock = asyncio.Lock()
        self._fitting: Fitting | None = None
        self._transport: Transport | None = None
        self._known = False
        self._told_model = False
        self._counts = True
        self._windows = Windows(settings)
        self._calibration = Calibration()
        self.queue = FairQueue()

    def __repr__(self) -> str:
        return f"OpenAIClient({self.address!r})"

    @property
    def address(self) -> str:
        """The URL in use; before it was looked up that of the settings, "" where they name none."""
        if self._fitting is not None:
            return self._fitting.endpoint.base
        if self._settings.base_url is None:
            return ""
        try:
            return parse_address(self._settings.base_url).url
        except SettingsError:
            return ""

    async def info(self) -> ModelInfo:
        """Discovered once, and anew after the server was gone. Raises ModelError, SettingsError."""
        fitting, _ = await self._retried(self._discovered)
        endpoint = fitting.endpoint
        window, source = self._windows.of(endpoint)
        return ModelInfo(
            address=endpoint.base,
            model=endpoint.model,
            window=window,
            window_source=source,
            server=endpoint.server,
            native_tools=endpoint.native_tools,
            models=endpoint.models,
            template=endpoint.template,
            profile=endpoint.profile,
            profile_why=endpoint.profile_why,
            constraints=fitting.constraints,
            untried=fitting.untried,
            tools_as_text=fitting.composer.tools_as_text,
            thinking_switch=fitting.composer.switch,
            asked_window=endpoint.asked_window,
            slots=endpoint.slots,
            counting="server" if self._counts and endpoint.server in COUNTERS else "estimate",
            vision=endpoint.vision,
        )

    async def lower_window(self, read: int) -> ModelInfo:
        """See ports.ModelClient. Raises ModelError, SettingsError."""
        fitting, transport = await self._retried(self._discovered)
        endpoint = fitting.endpoint
        in_force = None
        if endpoint.asked_window is not None:
            in_force = await self._retried(
                lambda: ollama_window(transport, endpoint.root, endpoint.model),
            )
        self._windows.lower(endpoint, in_force or likely_window(read))
        return await self.info()

    def counter(self) -> VocabularyCounter:
        from .tokens import VocabularyCounter  # noqa: PLC0415 - its libraries take as long as HTTP's

        return VocabularyCounter(lambda: self._calibration)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        """See ports.ModelClient. Raises ModelError, SettingsError, and ValueError for a transcript that has
        its system message elsewhere than first. UsageDelta comes only from servers that tell it."""
        policy = Retrying(self._settings.max_retries, self._backoff, lambda: self._known)
        try:
            async for attempt in policy.attempts():
                if policy.retrying:
                    yield policy.notice()
                    await asyncio.sleep(policy.pause)
                started = False
                try:
                    async with aclosing(self._attempt(request)) as deltas:
                        async for delta in deltas:
                            started = started or isinstance(delta, REPLY)
                            yield delta
                    return
                except Fault as caught:
                    if started:
                        raise
                    self._learn_of(caught)
                    fault = caught
                with attempt:
                    raise fault
        except Fault as final:
            self._learn_of(final)
            raise final.error from final.__cause__

    async def count(self, request: ModelRequest) -> int | None:
        """Only llama.cpp and vLLM count; the figure is that of the model's own chat template. Never raises
        ModelError."""
        try:
            fitting, transport = await self._discovered()
            counter = COUNTERS.get(fitting.endpoint.server)
            if counter is None or not self._counts:
                return None
            return await counter(fitting.endpoint, transport, fitting.composer.prompt(request))
        except Fault as fault:
            if fault.retry is Retry.NEVER:
                self._counts = False
            return None
        except (ModelError, SettingsError):
            return None

    async def aclose(self) -> None:
        """Close all connections; the client can be used again."""
        if self._fitting is not None:
            await self._fitting.keep()
        transports = list(self._transports.values())
        self._transports.clear()
        self._fitting = self._transport = None
        for transport in transports:
            await transport.aclose()

    async def _retried(self, operation: Callable[[], Awaitable[_T]]) -> _T:
        try:
            policy = Retrying(self._settings.max_retries, self._backoff, lambda: self._known)
            return await policy.run(operation)
        except Fault as fault:
            self._learn_of(fault)
            raise fault.error from fault.__cause__

    def _learn_of(self, fault: Fault) -> None:
        """A server that comes back may have another model, another window, or another port. One that refuses
        a prompt as too large may tell its window."""
        if isinstance(fault.error, ModelUnreachable):
            self._fitting = None
        elif isinstance(fault.error, ContextOverflow) and self._fitting is not None:
            self._windows.lower(self._fitting.endpoint, fault.error.window)

    async def _discovered(self) -> tuple[Fitting, Transport]:
        async with self._lock:
            if self._fitting is None or self._transport is None:
                try:
                    url = await find_endpoint(self._settings)
                except ModelUnreachable as error:
                    raise Fault(error, Retry.RESTART) from error
                if url not in self._transports:
                    address = parse_address(self._settings.base_url or url)
                    self._transports[url] = Transport(address, self._settings)
                self._transport = self._transports[url]
                endpoint = self._windows.keep(await discover(self._transport, self._settings))
                self._fitting = await Fitting.of(endpoint, self._settings, self._memory)
                self._calibration = self._fitting.composer.learned.calibration
                self._known = True
            return self._fitting, self._transport

    async def _attempt(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        """One try, with a further one for each thing that the server refuses and that can be done without."""
        fitting, transport = await self._discovered()
        endpoint = fitting.endpoint
        if not self._told_model and not endpoint.offers(endpoint.model):
            self._told_model = True
            yield _not_offered(endpoint)

        async with self.queue.enter(request.session, endpoint.slots) as ticket:
            if not await ticket.comes_within(QUIET_WAIT):
                yield _waiting(endpoint)
                await ticket.comes()

            def ask(body: Mapping[str, Any]) -> AsyncGenerator[Delta, None]:
                return stream_reply(endpoint, transport, _placed(body, endpoint, ticket), self._settings)

            async with aclosing(fitting.stream(request, ask)) as deltas:
                async for delta in deltas:
                    if isinstance(delta, FinishDelta) and self._windows.to_check(endpoint):
                        async for notice in self._check_window(endpoint, transport):
                            yield notice
                    yield delta
        await fitting.keep()

    async def _check_window(
        self, endpoint: Endpoint, transport: Transport
    ) -> AsyncGenerator[NoticeDelta, None]:
        """Now that the model is loaded, Ollama tells what became of the window that was asked for."""
        in_force = None
        with suppress(Fault):
            in_force = await ollama_window(transport, endpoint.root, endpoint.model)
        if in_force is not None and in_force < self._windows.of(endpoint)[0]:
            self._windows.lower(endpoint, in_force)
            yield smaller_than_asked(endpoint, in_force)


def _placed(body: Mapping[str, Any], endpoint: Endpoint, ticket: Ticket) -> Mapping[str, Any]:
    """llama.cpp takes the slot that has the prompt most like this one, which among sessions with the same
    system prompt and tools is any of them."""
    if endpoint.server != "llama.cpp" or endpoint.slots in {None, 1}:
        return body
    return {**body, "id_slot": ticket.slot, "cache_prompt": True}


def _waiting(endpoint: Endpoint) -> NoticeDelta:
    return NoticeDelta("info", f"Waiting for another session: {endpoint.base} is busy with its request.")


def _not_offered(endpoint: Endpoint) -> NoticeDelta:
    offered = ", ".join(endpoint.models[:10]) + (", …" if len(endpoint.models) > 10 else "")
    message = f"{endpoint.base} does not list the model {endpoint.model}; it is asked for all the same."
    return NoticeDelta("warning", message, f"Set model to one of: {offered}.")
