"""The window, divided: what the answer, the fixed part and everything that is put into a prompt may take.

All figures are tokens. The answer gets its reserve first and the system prompt and the tools what they take;
the rest is shared by the task, the plan, files and history. Every kind of text that is put into the prompt
has a cap of its own, a share of its part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from ..errors import WindowTooSmall
from ..settings import SMALLEST_WINDOW
from .room import Measure, Room, by_size
from .tokens import TOKENS_FOR_TOOLS, TOKENS_PER_MESSAGE

Part = Literal["task", "plan", "files", "history"]
Kind = Literal[
    "selection",
    "problems",
    "mentions",
    "project",
    "reminder",
    "plan",
    "read",
    "attached",
    "diff",
    "image",
    "search",
    "listing",
    "command",
    "change",
    "graph",
    "map",
]

# The answer's share of the window, and its least: a flat reserve of 32k made a window of 16k useless.
ANSWER_SHARE = 4
SMALLEST_ANSWER = 1024


@dataclass(frozen=True, slots=True)
class _Part:
    name: Part
    share: float
    floor: int


# The floors come to 1,216: what a window of 4,096 leaves beside an answer of 1,024 and a fixed part of 900
# is 2,172. The request itself has no cap, since nobody may cut it; the task's part is made for short ones.
PARTS = (
    _Part("task", 0.20, 256),
    _Part("plan", 0.05, 64),
    _Part("files", 0.45, 512),
    _Part("history", 0.30, 384),
)


@dataclass(frozen=True, slots=True)
class _Cap:
    """``most`` bounds what does not get better by being longer, however large the window; 0 is no bound."""

    kind: Kind
    part: Part
    share: float
    most: int = 0


CAPS = (
    _Cap("selection", "task", 0.50, 4096),
    _Cap("problems", "task", 0.20, 1024),
    _Cap("mentions", "task", 0.15, 512),
    _Cap("project", "task", 0.20, 200),
    _Cap("reminder", "task", 0.15, 256),
    _Cap("plan", "plan", 1.0, 512),
    _Cap("read", "files", 1.0),
    _Cap("attached", "files", 0.8),
    _Cap("diff", "files", 0.5, 4096),
    _Cap("image", "files", 1.0),
    _Cap("search", "files", 0.5),
    _Cap("listing", "files", 0.3),
    _Cap("command", "files", 0.6),
    _Cap("change", "files", 0.6),
    _Cap("graph", "files", 0.5, 4096),
    _Cap("map", "files", 0.15, 1024),
)

_UNBOUNDED_CHARS = 1 << 30


def answer_tokens(window: int, most: int | None = None) -> int:
    """What is kept free for the answer: a quarter of the window, SMALLEST_ANSWER at least, ``most`` at most
    (the setting's or the profile's word)."""
    reserve = max(window // ANSWER_SHARE, SMALLEST_ANSWER)
    return min(reserve, most) if most else reserve


def fixed_tokens(system: str, tools: Sequence[Mapping[str, Any]], measure: Measure = by_size) -> int:
    """What the system prompt and the tools take, measured like everything that is put into the prompt. Not by
    what a server's counts have taught: a window that was large enough would be refused for an estimate."""
    schemas = sum(measure(json.dumps(tool, ensure_ascii=False)) for tool in tools)
    return measure(system) + TOKENS_PER_MESSAGE + schemas + (TOKENS_FOR_TOOLS if tools else 0)


@dataclass(frozen=True, slots=True)
class Budget:
    """``answer``, ``fixed`` and ``parts`` together are at most ``window``. ``measure`` counts the tokens of a
    text. Made by ``Budget.of``."""

    window: int
    answer: int
    fixed: int
    parts: Mapping[Part, int]
    measure: Measure = field(default=by_size, compare=False, repr=False)

    @classmethod
    def of(cls, window: int, answer: int | None, fixed_tokens: int, measure: Measure = by_size) -> Budget:
        """``answer`` is the longest that is wanted, None for no limit but the window's; ``fixed_tokens`` are
        those of the system prompt and the tools. Raises WindowTooSmall."""
        if window < SMALLEST_WINDOW:
            raise WindowTooSmall(
                f"A window of {window:,} tokens is too small: SmallCode needs {SMALLEST_WINDOW:,}."
            )
        reserve = answer_tokens(window, answer)
        rest = window - reserve - fixed_tokens
        floors = sum(part.floor for part in PARTS)
        if rest < floors:
            raise WindowTooSmall(
                f"The system prompt and the tools take {fixed_tokens:,} tokens and the answer {reserve:,}; "
                f"of a window of {window:,} tokens that leaves too little for files."
            )
        free = rest - floors
        parts = {part.name: part.floor + int(part.share * free) for part in PARTS}
        return cls(window, reserve, fixed_tokens, MappingProxyType(parts), measure)

    @property
    def prompt(self) -> int:
        """The largest prompt that leaves the answer its reserve."""
        return self.window - self.answer

    def cap(self, kind: Kind) -> int:
        cap = _CAP_OF[kind]
        share = int(self.parts[cap.part] * cap.share)
        return min(share, cap.most) if cap.most else share

    def with_part(self, part: Part, tokens: int) -> Budget:
        """The same with so many tokens for a part, if that is less than it has."""
        return replace(self, parts=MappingProxyType({**self.parts, part: min(tokens, self.parts[part])}))

    def room(self, kind: Kind, chars: int = _UNBOUNDED_CHARS) -> Room:
        """The cap of a kind, within ``chars`` characters."""
        return Room(self.cap(kind), chars, self.measure)


_CAP_OF: Mapping[Kind, _Cap] = MappingProxyType({cap.kind: cap for cap in CAPS})

# Where nobody has asked the model's server yet: wide enough that the setting max_result_chars is what bounds.
UNASKED_WINDOW = 32768


def unasked(measure: Callable[[str], int] = by_size) -> Budget:
    """The budget before the window is known."""
    return Budget.of(UNASKED_WINDOW, None, 0, measure)
