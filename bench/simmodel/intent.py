"""What the model does next: the first step of the trajectory that the prompt does not show as done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from .action import Action
from .encode import PAGE
from .trajectory import Script, Step
from .variants import sibling, variants
from .view import LEAST_TASK_WORDS, Evidence, View

Why = Literal["step", "look", "fix", "check", "lost"]

# Lines shown before the one that is looked for.
BEFORE = 20

_TEST_WORDS = ("test", "check", "spec")


@dataclass(frozen=True, slots=True)
class Intent:
    """``key`` names it for the dice, the same for every harness. ``read_first`` is set where the action is to
    look at a text that an edit needs. ``remaining`` are the steps not seen as done; ``wrong`` is
    the kind of the fault that a fix is for."""

    key: str
    action: Action
    step: Step | None = None
    why: Why = "step"
    read_first: Step | None = None
    remaining: int = 0
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Of each step that changes a file, what is seen of it; of the others, which count as done."""

    evidence: dict[int, Evidence]
    done: frozenset[int]
    failing: int


def progress(view: View) -> Progress:
    """``failing`` is the order of the newest failed run, -1 where the newest passed or there is none."""
    script = view.script
    evidence = {step.index: view.evidence(step) for step in script.edits}
    changed = {index for index, one in evidence.items() if one.state in ("done", "wrong")}
    for step in script.edits:
        if step.index not in changed and not step.final and _overtaken(step, script, changed):
            changed.add(step.index)
    seen = set(changed)
    for step in script.steps:
        if step.do == "run" and _ran(step, view, seen):
            seen.add(step.index)
        if step.do in ("list", "search", "read") and _explored(step, view):
            seen.add(step.index)
    reached = max(seen, default=-1)
    for step in script.steps:
        if step.do in ("list", "search", "read") and step.index < reached:
            seen.add(step.index)
        if step.do == "run" and step.index < reached and _run_is_past(step, seen, script):
            seen.add(step.index)
    runs = [run for run in view.runs if run.passed is not None]
    failing = runs[-1].order if runs and runs[-1].passed is False else -1
    return Progress(evidence, frozenset(seen), failing)


def _overtaken(step: Step, script: Script, changed: set[int]) -> bool:
    """A step whose text a later one replaces is done where that one is."""
    return any(
        later.path == step.path and later.index > step.index and later.index in changed
        for later in script.edits
    )


def _run_is_past(step: Step, seen: set[int], script: Script) -> bool:
    """What a run would tell is of no use any more once a change after it was made."""
    return any(later.index > step.index and later.index in seen for later in script.edits)


def _ran(step: Step, view: View, seen: set[int]) -> bool:
    """A result of this command stands in the prompt, later than all changes that come before the step."""
    before = [one.index for one in view.script.edits if one.index < step.index]
    if any(index not in seen for index in before):
        return False
    since = max((view.changed_at(index) for index in before), default=-1)
    for run in reversed(view.runs):
        if run.order > since and _same_command(run.command, step.command):
            return step.expect != "pass" or run.passed is not False
    return False


def _same_command(ran: str, wanted: str) -> bool:
    """A run without a command is a report of tests that the harness ran by itself."""
    if not ran:
        return any(word in wanted for word in _TEST_WORDS)
    one, other = " ".join(ran.split()), " ".join(wanted.split())
    return one in other or other in one


def _explored(step: Step, view: View) -> bool:
    if step.do == "list":
        return view.listed >= 0
    if step.do == "search":
        return step.pattern in view.searches or bool(view.searches)
    if step.path in view.cleared or (step.tells and view.on_one_line(step.tells)):
        return True
    if step.near:
        return view.shows(step.path, step.near) is not None
    return view.newest(step.path) >= 0


def next_intent(view: View) -> Intent:
    """Never raises; the answer where nothing is left."""
    script = view.script
    if view.tells_task < LEAST_TASK_WORDS:
        return Intent("lost", Action("answer", text="Hello! How can I help you today?"), why="lost")
    now = progress(view)
    left = [step for step in script.steps if step.index not in now.done and step.do != "answer"]
    for intent in _candidates(view, now, left):
        return replace(intent, remaining=len(left))
    answer = next((step for step in script.steps if step.do == "answer"), None)
    text = answer.text if answer else "The change is made."
    return Intent("answer", Action("answer", text=text), answer)


def _candidates(view: View, now: Progress, left: list[Step]) -> Iterator[Intent]:
    yield from _fixes(view, now)
    for step in left:
        if step.do == "run" and now.failing > view.last_change and step.expect == "pass":
            yield from _checks(view, now)
            continue
        yield intent_of(step, view)


def _fixes(view: View, now: Progress) -> Iterator[Intent]:
    """Wrong texts that something visible complains about are put right: what fails is seen after them."""
    for step in view.script.edits:
        found = now.evidence[step.index]
        since = view.changed_at(step.index)
        complained = now.failing > since or view.problem >= since >= 0
        if found.state == "wrong" and complained:
            yield from _fix(step, found, view)


def _fix(step: Step, found: Evidence, view: View) -> Iterator[Intent]:
    key = f"{step.index}:fix"
    say = "The change is not right yet. I correct it."
    if found.kind == "wrong_place":
        other = sibling(step) or ""
        if other and view.shows(step.path, step.new):
            action = Action("edit", step.path, step.new, other, say=say, index=step.index)
            yield Intent(key, action, step, "fix", wrong=found.kind)
        return
    wrong = variants(step)[found.kind]
    if step.do == "create":
        yield Intent(
            key,
            Action("write", step.path, text=step.new, say=say, index=step.index),
            step,
            "fix",
            wrong=found.kind,
        )
    elif view.shows(step.path, wrong):
        action = Action("edit", step.path, wrong.strip("\n"), step.new.strip("\n"), say=say, index=step.index)
        yield Intent(key, action, step, "fix", wrong=found.kind)
    else:
        yield Intent(key, Action("read", step.path, index=step.index), step, "look")


def _checks(view: View, now: Progress) -> Iterator[Intent]:
    """After a run that should have passed: the changed files are looked at again, once."""
    for path in dict.fromkeys(step.path for step in view.script.edits):
        if view.newest(path) < now.failing:
            yield Intent(f"check:{path}", Action("read", path), why="check")


def intent_of(step: Step, view: View) -> Intent:
    """What this step comes to now: its action, or a look at the text that it needs."""
    key = f"{step.index}:{step.do}"
    action = Action("answer", index=step.index, say=step.say)
    match step.do:
        case "list":
            action = replace(action, do="list", path=step.path, text=step.pattern)
        case "search":
            action = replace(
                action, do="search", path=step.path, text=step.pattern, symbol=step.symbol, asks=step.asks
            )
        case "run":
            action = replace(action, do="run", text=step.command)
        case "read":
            sought = looking(step.path, step.near, view, step)
            return replace(sought, key=key, read_first=_edit_after(step, view.script))
        case "create":
            action = replace(action, do="write", path=step.path, text=step.new)
        case "append":
            action = replace(action, do="append", path=step.path, text=step.new)
        case "edit":
            fragment = view.shows(step.path, step.old)
            if fragment is None:
                return looking(step.path, step.old, view, step)
            lines = widened(fragment.text, step.old, step.new)
            action = replace(action, do="edit", path=step.path, old=step.old, new=step.new, lines=lines)
    return Intent(key, action, step)


def _edit_after(step: Step, script: Script) -> Step | None:
    """The next edit of the file that this step reads: what the look is for."""
    later = (
        one for one in script.edits if one.index > step.index and one.path == step.path and one.do == "edit"
    )
    return next(later, None)


def widened(text: str, old: str, new: str) -> tuple[str, str] | None:
    """Old and new text with the rest of the lines that they begin and end in."""
    at = text.find(old)
    if at < 0:
        return None
    low = text.rfind("\n", 0, at) + 1
    high = text.find("\n", at + len(old.rstrip("\n")))
    high = len(text) if high < 0 else max(high, at + len(old))
    return text[low:high], text[low:at] + new + text[at + len(old) : high]


def looking(path: str, wanted: str, view: View, step: Step) -> Intent:
    """How to get to see a text: the file; if that did not show it, the place, by search and line number."""
    key = f"{step.index}:look"
    read_first = step if step.do == "edit" else None
    lines = [one.strip() for one in wanted.split("\n") if one.strip()] or [PurePosixPath(path).name]
    line = min(lines, key=lambda one: (step.before.count(one), -len(one)))
    reads = view.reads.get(path, 0)
    if step.lines and reads == 0:
        action = Action("read", path, first=step.lines[0], last=step.lines[1])
    elif number := view.line_of(path, wanted, reads):
        first = max(1, number - BEFORE)
        action = Action("read", path, first=first, last=first + PAGE)
    elif reads and view.newest(path) >= view.last_change:
        action = Action("search", path, text=line)
        if line in view.searches:
            action = Action(
                "run", text=f"grep -nF -B{BEFORE} -A{PAGE - BEFORE} -e {_quoted(line)} {_quoted(path)}"
            )
    else:
        action = Action("read", path)
    return Intent(key, replace(action, say=step.say, index=step.index), step, "look", read_first)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def guarded_tests(script: Script) -> str:
    """The name of a file of tests that the task must leave alone, "" if there is none."""
    named = (
        name
        for name in script.files
        if any(word in name.lower() for word in ("test_", "_test", ".test.", "tests/"))
    )
    return next((name for name in named if name not in script.may_change), "")
