"""Where a turn stands with its plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from ..core.plan import Evidence, Plan, advance, missing

# Times in a turn that an answer is doubted for steps that are left.
MOST_DOUBTS = 2


@dataclass(slots=True)
class Planning:
    """``earlier`` is what the session has left of an earlier turn, ``plan`` the one that is followed.

    ``wanted``: the next request asks for one; ``came``: the reply at hand is the plan that was asked for and
    nothing else. ``draw`` asks the model beside the turn, None where that is not wanted. ``ticked`` are the
    indexes of steps whose mark in a file of tasks was seen to, None where ticking has ended; ``told`` is the
    plan that the watchers know, ``ticked_files`` those that were written to. ``blind``: a command may have
    changed files that nobody saw change. ``seen`` is what the turn's calls have done.
    """

    earlier: Plan | None = None
    plan: Plan | None = None
    wanted: bool = False
    asked: bool = False
    came: bool = False
    draw: Callable[[str], Awaitable[Sequence[str]]] | None = None
    ticked: set[int] | None = field(default_factory=set)
    ticked_files: list[str] = field(default_factory=list)
    told: Plan | None = None
    seen: list[Evidence] = field(default_factory=list)
    doubts: int = 0
    idle: bool = False
    blind: bool = False

    def note(self, evidence: Evidence) -> None:
        """What one call has done."""
        self.idle = self.idle and not (evidence.changed or evidence.command)
        self.seen.append(evidence)
        if self.plan is not None:
            self.plan = advance(self.plan, evidence)

    def adopt(self, plan: Plan | None) -> None:
        """A plan that comes when work has begun: what was done already counts."""
        self.plan = plan if plan is None else reduce(advance, self.seen, plan)

    def left(self) -> tuple[str, ...]:
        """The steps that should have been seen to happen and were not; () where the model was told of them
        and has done nothing since, and after MOST_DOUBTS."""
        return () if self.idle or self.doubts >= MOST_DOUBTS else self._missing()

    def doubted(self) -> None:
        """An answer was doubted for what is left."""
        self.doubts += 1
        self.idle = True

    def remaining(self) -> str:
        """What the user should know of an answer that was doubted and is taken; "" for nothing."""
        steps = self._missing() if self.doubts else ()
        return f"Steps of the plan were not seen to be done: {'; '.join(steps)}." if steps else ""

    def kept(self) -> Plan | None:
        """What the session keeps for the next turn."""
        plan = self.plan or self.earlier
        return None if plan is None or plan.current is None else plan

    def _missing(self) -> tuple[str, ...]:
        if self.plan is None:
            return ()
        left = [step for step in missing(self.plan) if not (self.blind and step.kind == "change")]
        return tuple(
            f"{number}. {step.text}" for number, step in enumerate(self.plan.steps, 1) if step in left
        )
