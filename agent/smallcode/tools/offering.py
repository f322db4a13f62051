"""Which tools a request offers: each costs tokens of every prompt, and another set of them costs the server's
cache of the whole prompt, since most chat templates put the tools first.

So the set is chosen before a session's first request, when there is no cache to lose, and then only grows,
and only where the prompt's prefix breaks anyway (old results were left out, another model). Until then a tool
that is due is named in the newest message, by its form: whoever calls it is heard, offered or not, so that
waiting costs nothing and widening at once would cost the reading of everything so far. A message that is
routed wrongly therefore loses nothing but a description.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..core.router import Category
from ..core.signature import signature
from .base import Tool
from .select_category import select_category

SMALL_WINDOW = 8192
"""Tokens; below this the tools and the system prompt together take 900 at most, else 1,200."""

TWO_STAGE_WINDOW = 16384
"""Tokens; below this the tools of a category are asked for, where they would take more than SHARE."""

SHARE = 0.25
"""Of the window: what the system prompt and all offered tools may take where the window is small."""

HINT_TOKENS = 80
"""What a hint in the newest message may take."""

NO_WEB = "(No tool here reaches the web: say what you cannot look up.)"

Measure = Callable[[str], int]
Fixed = Callable[[Sequence[Tool]], int]


def fitting(tools: Sequence[Tool], window: int) -> tuple[Tool, ...]:
    """Those that are offered where the model's window has so many tokens, in their order."""
    return tuple(one for one in tools if one.small or window >= SMALL_WINDOW)


@dataclass(slots=True)
class Offering:
    """What one session offers besides the core tools. ``names`` are offered and stay so; ``due`` are to be
    at the next break. ``begun``: a request was sent, so that the server may hold a prefix."""

    names: set[str] = field(default_factory=set)
    due: set[str] = field(default_factory=set)
    begun: bool = False

    def route(self, category: Category, request: str, registry: Sequence[Tool]) -> None:
        """A request of this category came."""
        self.due |= {one.name for one in registry if one.suits(category, request)}
        self.due -= self.names
        if not self.begun:
            self.widen()

    def called(self, tool: Tool, offered: Sequence[Tool]) -> None:
        """A tool was called, offered or not."""
        if tool not in offered:
            self.due.add(tool.name)

    def widen(self) -> bool:
        """The prefix breaks, or there is none yet: what is due is offered. False where nothing was."""
        grew = not self.due <= self.names
        self.names |= self.due
        self.due.clear()
        return grew

    def tools(self, registry: Sequence[Tool], window: int, fixed: Fixed) -> tuple[Tool, ...]:
        """What a request offers, in the registry's order. ``fixed`` counts the tokens of the system prompt
        and some tools."""
        core = fitting([one for one in registry if one.core], window)
        wide = tuple(one for one in registry if one in core or one.name in self.names)
        if window >= TWO_STAGE_WINDOW or fixed(wide) <= SHARE * window:
            return wide
        return tuple(one for one in registry if one in core or one is select_category)

    def hint(self, category: Category, registry: Sequence[Tool], measure: Measure) -> str:
        """What the newest message says of tools that its category would offer and that are due, as far as
        HINT_TOKENS go; "" where there is nothing to say."""
        if category == "web" and not any(one.category == "web" for one in registry):
            return NO_WEB
        told = ""
        for one in registry:
            if one.name in self.due and category in one.offered_for:
                longer = f"{told or 'You can call too:'}\n{signature(one.schema)}"
                if measure(longer) > HINT_TOKENS:
                    break
                told = longer
        return told
