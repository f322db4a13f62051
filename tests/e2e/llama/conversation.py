"""A session about real files with a real model server: what a person asks, and what is seen of each turn."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.script import Step as Played
from smallcode.adapters.shell import BashShell
from smallcode.build import open_model, open_session
from smallcode.core import transcript
from smallcode.messages import Ask
from smallcode.ports import ModelClient, TokenCounter
from smallcode.session import Parts, Session, new_id
from smallcode.settings import Settings

from .proxy import ModelProxy
from .server import Llama, serve
from .tiny_model import Step

# Of an earlier prompt, the tokens that the server has to read again: the one that starts the script, at its
# very end, because it stands in no history.
READ_AGAIN = 1

E = TypeVar("E", bound=ev.Wire)


def call(name: str, **arguments: Any) -> str:
    """A call as the model prints it."""
    return f"<tool_call>\n{json.dumps({'name': name, 'arguments': arguments})}\n</tool_call>"


def pieces(text: str, size: int = 16) -> list[str]:
    """The text as a model streams it, ``size`` characters at a time."""
    return [text[start : start + size] for start in range(0, len(text), size)]


@dataclass(frozen=True)
class Turn:
    """The events of one turn."""

    events: Sequence[ev.Event]

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def ended(self) -> ev.TurnEnded:
        assert isinstance(self.events[0], ev.TurnStarted) and isinstance(self.events[-1], ev.TurnEnded)
        return self.events[-1]

    @property
    def results(self) -> list[ev.ToolFinished]:
        return self.of(ev.ToolFinished)

    @property
    def replies(self) -> list[ev.RequestFinished]:
        return self.of(ev.RequestFinished)

    @property
    def shown(self) -> str:
        """What a person saw of the answers as they streamed."""
        return "".join(chunk.text for chunk in self.of(ev.MessageChunk))

    @property
    def thoughts(self) -> str:
        return "".join(chunk.text for chunk in self.of(ev.ThoughtChunk))

    def notices(self, part: str) -> list[ev.Notice]:
        return [notice for notice in self.of(ev.Notice) if part in notice.message]


def check_cache(replies: Sequence[ev.RequestFinished | Mapping[str, Any]]) -> None:
    """Each prompt begins with the whole of the one before: the server had that in its cache."""
    usages = [ev.RequestFinished.model_validate(reply).usage for reply in replies]
    assert len(usages) > 1
    for earlier, later in pairwise(usages):
        assert later.cached_tokens is not None
        assert later.cached_tokens >= earlier.prompt_tokens - READ_AGAIN


@dataclass
class Conversation:
    llama: Llama
    client: ModelClient
    session: Session
    root: Path
    settings: Settings

    async def ask(self, prompt: str) -> Turn:
        turn = Turn([event async for event in self.session.ask(Ask(prompt))])
        assert transcript.problems(self.session.messages) == []
        return turn

    def text(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()


@asynccontextmanager
async def conversation(
    program: Path,
    folder: Path,
    steps: Sequence[Step],
    *,
    files: dict[str, str] | None = None,
    context: int = 8192,
    counter: TokenCounter | None = None,
    played: Sequence[Played] = (),
    **settings: Any,
) -> AsyncIterator[Conversation]:
    """A session in ``folder``/shop with ``files``, everything allowed, the model playing ``steps``; or,
    where the transcript does not tell how far it is, a proxy that plays ``played``, one for each request.
    ``counter`` takes the place of the session's own."""
    root = folder / "shop"
    root.mkdir()
    for name, text in (files or {}).items():
        (root / name).write_bytes(text.encode())
    async with (
        serve(program, folder, steps, context=context) as llama,
        ModelProxy(llama.root, played) as proxy,
    ):
        chosen = Settings(base_url=proxy.address if played else llama.address, **settings)
        client = open_model(chosen)
        workspace, approver = DiskWorkspace(root), FixedApprover("allow_once")
        if counter is None:
            session = open_session(chosen, workspace, approver, client)
        else:
            shell = BashShell(str(root))
            parts = Parts(chosen, workspace, shell, client, counter, approver)
            session = Session(parts, root.name, new_id())
        try:
            yield Conversation(llama, client, session, root, chosen)
        finally:
            await session.aclose()
            await client.aclose()
