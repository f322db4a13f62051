"""What the model wants to do, before it is put into the words of a harness's tools; and what it replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Do = Literal["read", "edit", "write", "append", "list", "search", "run", "answer"]


@dataclass(frozen=True, slots=True)
class Action:
    """``text`` is the content of a write or append, the command of a run, the pattern of a list or search, or
    the answer. Lines ``first`` to ``last`` count from 1; 0 leaves the whole file. ``lines`` are old and new
    text widened to whole lines; ``index`` is the step's.
    ``symbol`` is what a search is about and ``asks`` what of it, where a tool knows symbols."""

    do: Do
    path: str = ""
    old: str = ""
    new: str = ""
    text: str = ""
    first: int = 0
    last: int = 0
    say: str = ""
    index: int = -1
    lines: tuple[str, str] | None = None
    symbol: str = ""
    asks: str = ""

    def with_texts(self, old: str, new: str) -> Action:
        return replace(self, old=old, new=new, lines=None)


@dataclass(frozen=True, slots=True)
class Call:
    """``raw``, if given, is sent for the arguments as it is."""

    name: str
    arguments: Mapping[str, Any]
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """``outage`` is a fault of the server in place of a reply: "500", "drop" or "stall"."""

    content: str = ""
    calls: tuple[Call, ...] = ()
    reasoning: str = ""
    finish: str = ""
    outage: str = ""
    action: Action = field(default_factory=lambda: Action("answer"))

    @property
    def finish_reason(self) -> str:
        return self.finish or ("tool_calls" if self.calls else "stop")
