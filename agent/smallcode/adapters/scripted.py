"""A model that says what a script tells it: in this process, or behind a real HTTP server.

For tests, for the demonstration, and for benchmarks. ``ScriptedServer`` is scripted_server's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from ..core.profile import GENERIC, Profile
from ..core.tokens import prior_tokens
from ..errors import BadReply, StreamDropped
from ..messages import Usage
from ..ports import (
    CallDelta,
    Constraint,
    Delta,
    FinishDelta,
    ModelInfo,
    ModelRequest,
    TextDelta,
    ThoughtDelta,
    UsageDelta,
)
from .chunks import ReplyReader
from .model_errors import Fault as ModelFault
from .model_errors import fault_of_refusal
from .script import Fault, FaultCounter, Step, deltas, load_script, step_for
from .scripted_http import ReceivedRequest
from .scripted_manners import constrained
from .scripted_server import ScriptedServer
from .tokens import VocabularyCounter
from .windows import likely_window

__all__ = ["Fault", "ReceivedRequest", "ScriptedModel", "ScriptedServer", "Step", "load_script"]

ADDRESS = "scripted:"
_SHOWN = TextDelta | ThoughtDelta | CallDelta


class ScriptedModel:
    """Implements ports.ModelClient without a server.

    ``requests`` are those it was given, ``cancelled`` how many of them were closed before their end,
    ``counted`` how often it was asked for a count. Faults
    raise the errors that a server with them would cause, but nothing is retried. ``density`` is
    what it counts for a token of the prior: vocabularies differ; with ``counts_new`` its usage tells only
    of what a prompt has beyond the one before. ``profile``, ``native_tools`` and
    ``constraints`` are told by ``info``. ``obeys`` is whether it does as it is told: it leaves its thoughts
    out when it is not to think, and a request with one of the constraints gets a call for a reply.

    A step answers the request that holds as many replies as steps come before it. With ``in_order`` it is
    the next one for each request that is not met by a fault: for a caller that takes replies out of the
    conversation again.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        *,
        window: int = 32768,
        counts: bool = False,
        density: float = 1.0,
        profile: Profile = GENERIC,
        native_tools: bool = True,
        constraints: Sequence[Constraint] = ("free",),
        obeys: bool = False,
        in_order: bool = False,
        vision: bool | None = None,
        counts_new: bool = False,
    ) -> None:
        self._steps = tuple(steps)
        self._in_order = in_order
        self._played = 0
        self._window = window
        self._counts = counts
        self._density = density
        self._profile, self._native_tools = profile, native_tools
        self._constraints = tuple(constraints)
        self._obeys = obeys
        self._vision = vision
        self._counts_new, self._known = counts_new, 0
        self._faults = FaultCounter()
        self.requests: list[ModelRequest] = []
        self.cancelled = 0
        self.counted = 0
        self.closed = False

    @property
    def address(self) -> str:
        return ADDRESS

    async def info(self) -> ModelInfo:
        return ModelInfo(
            ADDRESS,
            "scripted",
            self._window,
            "server",
            "scripted",
            self._native_tools,
            ("scripted",),
            profile=self._profile,
            profile_why="the script says so",
            constraints=self._constraints,
            tools_as_text=not self._native_tools,
            vision=self._vision,
        )

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        """The step that answers the request. Raises ModelError."""
        self.requests.append(request)
        replies = sum(message.role == "assistant" for message in request.messages)
        number = self._played if self._in_order else replies
        step = step_for(self._steps, number)
        fault = self._faults.due(number, step)
        self._played += fault is None
        step = self._as_asked(step, request)
        ended = False
        try:
            async for delta in self._play(step, number, fault):
                yield delta
            size = sum(len(json.dumps(piece)) for piece in deltas(step, number))
            yield UsageDelta(Usage(self._told(request), None, size // 4, 1))
            ended = True
        except Exception:
            ended = True
            raise
        finally:
            self.cancelled += not ended

    def counter(self) -> VocabularyCounter:
        return VocabularyCounter()

    async def lower_window(self, read: int) -> ModelInfo:
        self._window = min(self._window, likely_window(read))
        return await self.info()

    async def count(self, request: ModelRequest) -> int | None:
        """The figure that ``stream`` reports as usage, where the model was told to count, else None."""
        self.counted += 1
        return self.tokens(request) if self._counts else None

    def tokens(self, request: ModelRequest) -> int:
        """The size of a prompt by this model's vocabulary."""
        return int(prior_tokens(request.messages, request.tools) * self._density)

    def _told(self, request: ModelRequest) -> int:
        whole = self.tokens(request)
        known, self._known = self._known if self._counts_new else 0, whole
        return max(1, whole - known)

    async def aclose(self) -> None:
        self.closed = True

    def _as_asked(self, step: Step, request: ModelRequest) -> Step:
        if self._obeys and request.thinking is not None and not request.thinking.enabled:
            step = replace(step, thoughts="")
        if request.constraint in self._constraints:
            return constrained(step, request.constraint, request.tools)
        return step

    async def _play(self, step: Step, number: int, fault: Fault | None) -> AsyncGenerator[Delta, None]:
        reader = ReplyReader(ADDRESS)
        allowed = None if fault is None else fault.after_pieces or 0
        for position, piece in enumerate(deltas(step, number)):
            if position == allowed:
                break
            await asyncio.sleep(step.delay)
            chunk = {"choices": [{"delta": piece}]}
            for delta in reader.feed(f"data: {json.dumps(chunk)}\n\n".encode()):
                yield delta
        if fault is not None:
            await _fail(fault)
        yield FinishDelta(step.finish)


async def _fail(fault: Fault) -> None:
    """Raise what the client makes of the fault; a server that hangs is waited for until the caller
    gives up."""
    if fault.kind == "hang":
        await asyncio.Event().wait()
    if fault.kind in {"status", "json_error", "stream_error"}:
        refused: ModelFault = fault_of_refusal(
            ADDRESS, fault.status if fault.kind == "status" else 200, fault.payload
        )
        raise refused.error
    if fault.kind == "not_json":
        raise BadReply(ADDRESS, "The scripted model sent what is no chat completion.")
    raise StreamDropped(ADDRESS, "The scripted reply broke off.")
