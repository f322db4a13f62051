"""Where a turn stands with its plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import reduce

from ..core.plan import Evidence, Plan, Step, advance, missing, same_file

# Times in a turn that an answer is doubted for steps that are left.
MOST_DOUBTS = 2


@dataclass(slots=True)
class Planning:
    """``earlier`` is what the session has left of an earlier turn, ``plan`` the one that is followed.

    ``wanted``: the next request asks for one; ``asked``: one has; ``came``: the reply at hand is the plan
    that was asked for and nothing else. ``draw`` asks the model beside the turn, None where that is not
    wanted or was done. ``ticked`` are the indexes of steps whose mark in a file of tasks was seen to, None
    where ticking has ended, ``ticked_files`` the files that were written to; ``told`` is the plan that the
    watchers know. ``blind``: a command has changed files, and nobody saw which. ``seen`` is what the
    turn's calls have done. ``doubts`` counts the answers that were doubted; ``idle``: nothing was done since
    the last.
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

    def left(self, known: Collection[str] = ()) -> tuple[str, ...]:
        """The steps that should have been seen to happen and were not; () where the model was told of them
        and has done nothing since, and after MOST_DOUBTS. ``known`` are the files that the request names or
        the turn has met: what a plan of the model's says of others was a guess."""
        return () if self.idle or self.doubts >= MOST_DOUBTS else self._missing(known)

    def doubted(self) -> None:
        """An answer was doubted for what is left."""
        self.doubts += 1
        self.idle = True

    def remaining(self, known: Collection[str] = ()) -> str:
        """What the user should know of an answer that was doubted and is taken; "" for nothing."""
        steps = self._missing(known) if self.doubts else ()
        return f"Steps of the plan were not seen to be done: {'; '.join(steps)}." if steps else ""

    def kept(self) -> Plan | None:
        """What the session keeps for the next turn."""
        plan = self.plan or self.earlier
        return None if plan is None or plan.current is None else plan

    def _missing(self, known: Collection[str]) -> tuple[str, ...]:
        plan = self.plan
        if plan is None:
            return ()
        left = [step for step in missing(plan) if step.kind == "run" or self._expected(step, plan, known)]
        return tuple(f"{number}. {step.text}" for number, step in enumerate(plan.steps, 1) if step in left)

    def _expected(self, step: Step, plan: Plan, known: Collection[str]) -> bool:
        if self.blind:
            return False
        return plan.source != "model" or any(same_file(name, path) for name in step.files for path in known)
