"""What looking for code has cost a session: calls and tokens of results, by tool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spent:
    """``failed`` of the calls found nothing or could not run."""

    calls: int = 0
    tokens: int = 0
    failed: int = 0


@dataclass(slots=True)
class Retrieval:
    """Of one session. The repository map counts as a tool of that name."""

    by_tool: dict[str, Spent] = field(default_factory=dict)

    def note(self, tool: str, tokens: int, *, ok: bool = True) -> None:
        known = self.by_tool.get(tool, Spent())
        self.by_tool[tool] = Spent(known.calls + 1, known.tokens + tokens, known.failed + (not ok))

    @property
    def total(self) -> Spent:
        return _sum(self.by_tool.values())


def render_retrieval(retrieval: Retrieval) -> str:
    """A line for each tool, the dearest first, and their sum; "" where nothing was looked for."""
    if not retrieval.by_tool:
        return ""
    rows = sorted(retrieval.by_tool.items(), key=lambda one: (-one[1].tokens, one[0]))
    rows.append(("all", retrieval.total))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}} {_told(spent)}" for name, spent in rows)


def _told(spent: Spent) -> str:
    failed = f" ({spent.failed} in vain)" if spent.failed else ""
    calls = "call" if spent.calls == 1 else "calls"
    return f"{spent.tokens:>8,} tokens in {spent.calls} {calls}{failed}"


def _sum(several: Iterable[Spent]) -> Spent:
    whole = Spent()
    for one in several:
        whole = Spent(whole.calls + one.calls, whole.tokens + one.tokens, whole.failed + one.failed)
    return whole
