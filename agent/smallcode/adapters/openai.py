"""A model behind any server that speaks OpenAI's chat completions, llama.cpp first of all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from typing import Any, Literal, TypeVar

import httpx

from ..errors import ModelError, ModelUnreachable, SettingsError
from ..ports import CallDelta, Delta, ModelInfo, ModelRequest, NoticeDelta, TextDelta, ThoughtDelta
from ..settings import ASSUMED_WINDOW, Settings
from .chunks import ReplyReader
from .discovery import Endpoint, discover, find_endpoint
from .fitting import Fitting
from .learned import Memory
from .model_errors import Fault, Retry, fault_of_transport, positive
from .patience import Patience
from .retrying import Retrying
from .transport import Transport, parse_address, stalled

# Seconds; the first pause is at most this long, each one after may be twice as long.
BACKOFF = 0.5

_Reply = TextDelta | ThoughtDelta | CallDelta
_T = TypeVar("_T")


class OpenAIClient:
    """Implements ports.ModelClient.

    Several streams may be open at once. ``memory`` holds what was learned of servers before. ``backoff`` is
    the longest first pause between two tries, in seconds.
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
        window, source = _window(endpoint.window, self._settings.context_window)
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
        )

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
                            started = started or isinstance(delta, _Reply)
                            yield delta
                    return
                except Fault as caught:
                    if started:
                        raise
                    self._forget_if_gone(caught)
                    fault = caught
                with attempt:
                    raise fault
        except Fault as final:
            self._forget_if_gone(final)
            raise final.error from final.__cause__

    async def count(self, request: ModelRequest) -> int | None:
        """Only llama.cpp counts; the figure is that of its own chat template. Never raises ModelError."""
        try:
            fitting, transport = await self._discovered()
            if fitting.endpoint.server != "llama.cpp" or not self._counts:
                return None
            return await _count(fitting.endpoint, transport, fitting.composer.prompt(request))
        except Fault as fault:
            if fault.retry is Retry.NEVER:
                self._counts = False
            return None
        except (ModelError, SettingsError):
            return None

    async def aclose(self) -> None:
        """Close all connections; the client can be used again."""
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
            self._forget_if_gone(fault)
            raise fault.error from fault.__cause__

    def _forget_if_gone(self, fault: Fault) -> None:
        """A server that comes back may have another model, another window, or another port."""
        if isinstance(fault.error, ModelUnreachable):
            self._fitting = None

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
                endpoint = await discover(self._transport, self._settings)
                self._fitting = await Fitting.of(endpoint, self._settings, self._memory)
                self._known = True
            return self._fitting, self._transport

    async def _attempt(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        """One try, with a further one for each thing that the server refuses and that can be done without."""
        fitting, transport = await self._discovered()
        endpoint = fitting.endpoint
        if not self._told_model and not endpoint.offers(endpoint.model):
            self._told_model = True
            yield _not_offered(endpoint)

        def ask(body: Mapping[str, Any]) -> AsyncGenerator[Delta, None]:
            return self._reply(endpoint, transport, body)

        async with aclosing(fitting.stream(request, ask)) as deltas:
            async for delta in deltas:
                yield delta

    async def _reply(
        self, endpoint: Endpoint, transport: Transport, body: Mapping[str, Any]
    ) -> AsyncGenerator[Delta, None]:
        url = f"{endpoint.base}/chat/completions"
        reader = ReplyReader(url)
        patience = Patience(self._settings)
        async with transport.stream(url, body) as response, aclosing(_bytes(response)) as chunks:
            while not reader.done:
                try:
                    async with asyncio.timeout_at(patience.deadline(reader)):
                        chunk = await anext(chunks, b"")
                except TimeoutError as error:
                    if reader.complete:
                        break
                    raise stalled(url, patience.waited()) from error
                except httpx.HTTPError as error:
                    if reader.complete:
                        break
                    raise fault_of_transport(url, error) from error
                if not chunk:
                    break
                for delta in reader.feed(chunk):
                    yield delta
                patience.heard(reader)
            for delta in reader.close():
                yield delta


async def _bytes(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    async for chunk in response.aiter_bytes():
        yield chunk


def _window(told: int | None, limit: int | None) -> tuple[int, Literal["server", "settings", "assumed"]]:
    """The server knows best, but the user may want less than it offers."""
    if told is not None and (limit is None or limit >= told):
        return told, "server"
    if limit is not None:
        return limit, "settings"
    return ASSUMED_WINDOW, "assumed"


def _not_offered(endpoint: Endpoint) -> NoticeDelta:
    offered = ", ".join(endpoint.models[:10]) + (", …" if len(endpoint.models) > 10 else "")
    message = f"{endpoint.base} does not list the model {endpoint.model}; it is asked for all the same."
    return NoticeDelta("warning", message, f"Set model to one of: {offered}.")


async def _count(endpoint: Endpoint, transport: Transport, prompt: Mapping[str, Any]) -> int | None:
    """Builds without input_tokens render the template and count its text."""
    with suppress(Fault):
        counted = await transport.post(f"{endpoint.base}/chat/completions/input_tokens", prompt)
        return positive(counted.get("input_tokens"))
    rendered = await transport.post(f"{endpoint.root}/apply-template", prompt)
    body = {"content": rendered.get("prompt"), "add_special": True, "parse_special": True}
    tokens = (await transport.post(f"{endpoint.root}/tokenize", body)).get("tokens")
    return len(tokens) if isinstance(tokens, list) else None
