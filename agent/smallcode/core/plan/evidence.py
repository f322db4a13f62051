"""How a plan goes forward: by what was seen to happen; what the model says of a step only confirms it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .steps import Plan, Step, same_file

_SAID = re.compile(
    r"\bstep (\d{1,2})(?: of \d+)?\b[^.\n]{0,12}\b(?:done|complete[d]?|finished)\b"
    r"|\b(?:done with|completed|finished) step (\d{1,2})\b|(?:✓|✅|\[x\])\s*(?:step )?(\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one call has done. ``changed`` are the paths and unified diffs of changes that brought no errors
    into their files; ``looked`` says that something was read or found, ``read`` where; ``command`` is one
    that does more than look, ``ok`` whether it ended well."""

    read: tuple[str, ...] = ()
    looked: bool = False
    changed: tuple[tuple[str, str], ...] = ()
    command: str = ""
    ok: bool = True


def advance(plan: Plan, evidence: Evidence) -> Plan:
    """The plan after a call. Pure; never raises."""
    steps = list(plan.steps)
    for path, diff in evidence.changed:
        if path != plan.path:
            _changed(steps, path, diff)
    if evidence.command:
        _ran(steps, evidence)
    elif evidence.looked:
        _looked(steps, evidence.read)
    return replace(plan, steps=tuple(steps))


def said(plan: Plan, text: str) -> Plan:
    """Steps that the model calls done, as far as nothing that should have been seen is missing."""
    numbers = {int(number) for found in _SAID.findall(text) for number in found if number}
    steps = [
        replace(step, done=True, confirmed=True) if number in numbers and not _is_missing(step) else step
        for number, step in enumerate(plan.steps, 1)
    ]
    return replace(plan, steps=tuple(steps))


def missing(plan: Plan) -> tuple[Step, ...]:
    """The steps of which something should have been seen by now and was not: a file that was to be changed
    is as it was, what was to be run has not run since."""
    return tuple(step for step in plan.steps if not step.done and _is_missing(step))


def _is_missing(step: Step) -> bool:
    if step.kind == "change":
        return bool(step.files) and not step.seen
    return step.kind == "run"


def _changed(steps: list[Step], path: str, diff: str) -> None:
    """A change is credited to the open step that names its file, and of several to the one whose names the
    diff shows; to the step under way where none names the file."""
    index = _best(steps, path, diff)
    if index is None:
        return
    seen = steps[index].seen | {path}
    named = steps[index].files
    whole = all(any(same_file(name, one) for one in seen) for name in named)
    steps[index] = replace(steps[index], seen=seen, done=whole)
    _moved_on(steps, index)
    # What ran before this change has to run again.
    for later in range(len(steps)):
        after_change = any(step.kind == "change" for step in steps[:later])
        if steps[later].kind == "run" and steps[later].done and after_change:
            steps[later] = replace(steps[later], done=False)


def _best(steps: Sequence[Step], path: str, diff: str) -> int | None:
    working = [
        index for index, step in enumerate(steps) if not step.done and step.kind in ("change", "other")
    ]
    naming = [index for index in working if any(same_file(name, path) for name in steps[index].files)]
    if naming:
        return max(naming, key=lambda index: (_shown(steps[index], diff), -index))
    unnamed = [index for index in working if not steps[index].files and steps[index].kind == "change"]
    showing = [index for index in unnamed if _shown(steps[index], diff)]
    # A file that no step names may belong to any; that the step under way is meant is the likeliest.
    return next(iter(showing or unnamed), None)


def _shown(step: Step, diff: str) -> int:
    return sum(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", diff) is not None for name in step.symbols)


def _ran(steps: list[Step], evidence: Evidence) -> None:
    """A run counts for the first open step that waits for one with all changes before it made. One that comes
    before any change is there to see what fails."""
    for index, step in enumerate(steps):
        if step.kind == "change" and not step.done and _is_missing(step):
            return
        if step.kind != "run" or step.done or not _same_command(step.command, evidence.command):
            continue
        if evidence.ok or not any(one.kind == "change" for one in steps[:index]):
            steps[index] = replace(step, done=True)
            _moved_on(steps, index)
            return


def _same_command(wanted: str, ran: str) -> bool:
    return not wanted or " ".join(wanted.split()) in " ".join(ran.split())


def _looked(steps: list[Step], read: Sequence[str]) -> None:
    for index, step in enumerate(steps):
        if step.done or step.kind != "read":
            continue
        if not step.files and any(not one.done for one in steps[:index]):
            continue
        if not step.files or any(same_file(name, path) for name in step.files for path in read):
            steps[index] = replace(step, done=True)
            _moved_on(steps, index)
            return


def _moved_on(steps: list[Step], index: int) -> None:
    """Work at a later step tells that the earlier ones are over, but for changes of which nothing was seen
    and for runs."""
    for earlier, step in enumerate(steps[:index]):
        if step.kind != "run" and (step.kind != "change" or step.seen):
            steps[earlier] = replace(step, done=True)
