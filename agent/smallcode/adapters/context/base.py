"""What a source of context is: who looks up one kind of thing that a request is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from ...core.gathered import Gathered
from ...core.mentions import Mention
from ...messages import Ask
from ...ports import ModelInfo, Project, RestorableWorkspace
from ...tools.base import ToolContext
from ..git import GitRepository


@dataclass(frozen=True, slots=True)
class Request:
    """``mentions`` are those that no source before has taken. ``first``: the conversation begins with it.
    ``workspace`` has the bytes of files, which ``context.workspace``, the guarded one, does not."""

    ask: Ask
    mentions: Sequence[Mention]
    context: ToolContext
    info: ModelInfo
    workspace: RestorableWorkspace
    git: GitRepository
    project: Project | None = None
    first: bool = False

    def paths(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind == "path"]


@dataclass(frozen=True, slots=True)
class Found:
    """``taken`` are the mentions that this answers; nobody else is asked for them."""

    gathered: Gathered = field(default_factory=Gathered)
    taken: frozenset[Mention] = frozenset()


NOTHING = Found()


@dataclass(frozen=True, slots=True)
class Source:
    """``feature`` is the name under which it can be switched off. ``look`` may raise SmallCodeError, whose
    message becomes a note, and is given up after ``seconds``."""

    name: str
    feature: str
    look: Callable[[Request], Awaitable[Found]]
    seconds: float = 10.0
