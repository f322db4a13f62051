"""How much of a prompt the server has read before, and what made it read something again.

A server keeps the longest common beginning of two prompts. What a conversation sent and the next request does
not go on with is lost to it: by a declared break (older results left out, another set of tools), or else by a
fault of ours. Text at the very end that belongs to one request alone is none of both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..messages import Message
from .textdiff import common_prefix
from .tokens import utf8_size


@dataclass(frozen=True, slots=True)
class Prefix:
    """Shares, between 0 and 1, of a prompt's bytes. ``common`` is what the request before it began with,
    ``avoidable`` what the request before it had and this one does not go on with, undeclared, as a share of
    this one. ``least`` is how many tokens it has at least, for the request before is in it; 0 where nothing
    is known."""

    common: float = 0.0
    avoidable: float = 0.0
    least: int = 0


@dataclass(slots=True)
class PrefixMeter:
    """Compares the requests of one conversation, in their order."""

    _before: list[str] = field(default_factory=list)
    _declared: bool = False
    _lasting: float = 0.0
    _least: int = 0

    def counted(self, tokens: int) -> None:
        """How many tokens the newest request had, by the server."""
        self._least = int(tokens * self._lasting)

    def declare(self) -> None:
        """The next request does not go on with the one before it, for a reason that was told."""
        self._declared = True

    def next(
        self, lasting: Sequence[Message], sent: Sequence[Message], tools: Sequence[Mapping[str, Any]]
    ) -> Prefix:
        """``sent`` is the whole request; ``lasting`` is it without what is for this one request alone."""
        head = json.dumps(list(tools), ensure_ascii=False)
        now = [head, *map(_written, sent)]
        common = _common(self._before, now)
        total = sum(map(utf8_size, now))
        missing = sum(map(utf8_size, self._before)) - common
        lost = 0 if self._declared else missing
        least = 0 if missing else self._least
        self._before = [head, *map(_written, lasting)]
        self._lasting = sum(map(utf8_size, self._before)) / total
        self._declared, self._least = False, 0
        return Prefix(common / total, lost / total, least)


def _common(before: Sequence[str], now: Sequence[str]) -> int:
    """Bytes of the longest common beginning."""
    size = 0
    for old, new in zip(before, now, strict=False):
        if old == new:
            size += utf8_size(old)
            continue
        return size + utf8_size(old[: common_prefix(old, new)])
    return size


def _written(message: Message) -> str:
    """A message as far as it is sent, what may grow at its end last."""
    calls = [[call.name, dict(call.arguments)] for call in message.tool_calls]
    pictures = [image.name for image in message.images]
    head = json.dumps([message.role, calls, message.tool_call_id, pictures], ensure_ascii=False, default=str)
    return f"{head}\n{message.content}"
