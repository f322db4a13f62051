"""What the prompt shows: texts of files, changes made, commands run. All that the model knows.

A fragment is a text of a file that stands in the prompt. Changes that succeeded afterwards are made in it too,
as a reader does in their head. What is not in the prompt any more is not here either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .chat import Chat, Result, Said
from .texts import (
    canonical,
    failed,
    path_in,
    plain,
    reports_problem,
    reports_tests,
    run_passed,
    without_gutter,
)
from .trajectory import Script, Step
from .understand import Op, understand
from .variants import sibling, variants

Shows = Literal["file", "landed", "echo"]
State = Literal["done", "wrong", "open", "unknown"]

_DONE_WORDS = re.compile(
    r"\b(?:edited|changed|fixed|updated|replaced|created|wrote|written|added|implemented|modified|renamed|removed|done"
    r"|completed|appended)\b|✓|\[x\]",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:not|never|still|remaining|remains|todo|next|pending|must|should|need)\b|n't", re.I
)
_TESTS_PASS = re.compile(r"\btests?\b.{0,40}\b(?:pass|passed|passing|green|succeed)", re.I)
LEAST_TASK_WORDS = 0.5

# A longer answer to a read is the file, whatever words of failure its first line may hold.
FEWEST_CONTENT_LINES = 3


@dataclass(slots=True)
class Fragment:
    """``shows``: "file" is the file as it was; "landed" the report of a change, which may hold the old text
    too; "echo" that of a failure, which may hold texts that stand nowhere. ``order`` is that of the message
    which showed or last changed it."""

    text: str
    order: int
    shows: Shows = "file"
    whole: bool = False
    numbers: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    command: str
    order: int
    passed: bool | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``kind`` names the wrong text that stands there, where ``state`` is "wrong"."""

    state: State
    order: int = -1
    kind: str = ""


UNKNOWN = Evidence("unknown")


@dataclass(slots=True)
class View:
    """``changes`` are the calls that are seen to have changed the file of a step, by its index."""

    script: Script
    fragments: dict[str, list[Fragment]] = field(default_factory=dict)
    stale: dict[str, list[Fragment]] = field(default_factory=dict)
    changes: dict[int, Evidence] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    searches: dict[str, int] = field(default_factory=dict)
    listed: int = -1
    last_change: int = -1
    problem: int = -1
    complaint: str = ""
    failures: int = 0
    reads: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    tells_task: float = 0.0

    def shows(self, path: str, text: str) -> Fragment | None:
        """The newest fragment that ``text`` can be copied from."""
        for fragment in sorted(self.fragments.get(path, ()), key=lambda one: -one.order):
            if text in fragment.text or (text.strip("\n") and text.strip("\n") in fragment.text):
                return fragment
        return None

    @property
    def complaints(self) -> str:
        """The newest failed run and the newest report of a problem, which a fix goes by."""
        failed_runs = [run.text for run in self.runs if run.passed is False]
        return "\n".join([*failed_runs[-1:], self.complaint])

    def newest(self, path: str) -> int:
        """The order of the newest look at the file itself, -1 if there is none."""
        return max((one.order for one in self.fragments.get(path, ()) if one.shows == "file"), default=-1)

    def line_of(self, path: str, text: str) -> int:
        """The number of the line that ``text`` begins with, if something visible tells it, else 0."""
        wanted = next((line.strip() for line in text.split("\n") if line.strip()), "")
        for fragment in reversed(self.fragments.get(path, ())):
            for number, line in fragment.numbers.items():
                if wanted and wanted in line:
                    return number
        return 0

    def numbered(self, path: str, text: str) -> int:
        """The number of its first line, where ``text`` is shown with line numbers, else 0."""
        return self.line_of(path, text) if self.shows(path, text) else 0

    def evidence(self, step: Step) -> Evidence:
        """What the prompt says of a step that changes a file: the newest that says anything."""
        found = self.changes.get(step.index, UNKNOWN)
        for fragment in self.fragments.get(step.path, ()):
            state, kind = judge(fragment, step)
            newer = fragment.order > found.order
            if state != "unknown" and (newer or (fragment.order == found.order and fragment.shows == "file")):
                found = Evidence(state, fragment.order, kind)
        return found


def judge(fragment: Fragment, step: Step) -> tuple[State, str]:
    """What one fragment says of a step."""
    if fragment.shows == "echo":
        return "unknown", ""
    text = fragment.text
    if step.mark in text or (step.do == "create" and canonical(step.new) == canonical(text)):
        return ("wrong", "wrong_place") if _misplaced(fragment, step) else ("done", "")
    for kind, wrong in variants(step).items():
        if wrong.strip() and wrong.strip("\n") in text and wrong.strip("\n") not in step.before:
            return "wrong", kind
    if fragment.shows == "landed":
        return "unknown", ""
    if step.do == "edit":
        return ("open", "") if step.old.strip("\n") in text else ("unknown", "")
    return ("open", "") if fragment.whole else ("unknown", "")


def _misplaced(fragment: Fragment, step: Step) -> bool:
    """The new text stands there, the old one as well, and the one most like the old does not."""
    other = sibling(step)
    if fragment.shows != "file" or other is None or step.old in step.new or step.old in step.mark:
        return False
    return step.old in fragment.text and other not in fragment.text and fragment.whole


def look(chat: Chat, script: Script) -> View:
    """Everything the prompt shows, in its order."""
    view = View(script)
    prompt = canonical(script.prompt)
    for order, item in enumerate(chat.items):
        if isinstance(item, Result):
            view.texts.append(item.text)
            _outcome(view, order, item)
        elif isinstance(item, Said) and item.role != "assistant":
            view.texts.append(item.text)
            _heard(view, order, item.text)
            if prompt in canonical(item.text):
                view.tells_task = 1.0
            else:
                _told(view, order, item.text)
    if view.tells_task < 1.0:
        view.tells_task = _task_words(prompt, chat)
    return view


def _task_words(prompt: str, chat: Chat) -> float:
    """Share of the request's telling words that what the user and the system say still holds."""
    wanted = set(re.findall(r"[\w.]{4,}", prompt.lower()))
    said = " ".join(item.text for item in chat.items if isinstance(item, Said)).lower()
    return sum(word in said for word in wanted) / max(len(wanted), 1)


def _heard(view: View, order: int, text: str) -> None:
    for path in view.script.files:
        if path in text and path_in(text, (path,)):
            _show(view, path, order, text)


def _show(
    view: View, path: str, order: int, text: str, shows: Shows = "file", *, whole: bool = False
) -> None:
    stripped, numbers = without_gutter(text)
    bodies = [stripped] if stripped == plain(text) else [plain(text), stripped]
    for body in bodies:
        view.fragments.setdefault(path, []).append(Fragment(body, order, shows, whole, numbers))


def _told(view: View, order: int, text: str) -> None:
    """What a summary says was done counts as seen, line by line, for just what the line says."""
    for line in text.split("\n"):
        if not _DONE_WORDS.search(line) or _NOT_DONE.search(line):
            if _TESTS_PASS.search(line) and not _NOT_DONE.search(line):
                view.runs.append(Run("", order, True))
            continue
        for step in view.script.edits:
            if path_in(line, (step.path, step.path.rsplit("/", 1)[-1])) and _names(line, step, view.script):
                view.changes[step.index] = Evidence("done", order)


def _names(line: str, step: Step, script: Script) -> bool:
    """Whether the line tells this step from others of the same file, by a word that only the step adds."""
    others = [one for one in script.edits if one.path == step.path and one.index != step.index]
    if not others:
        return True
    return any(word in line for word in telling_words(step))


def telling_words(step: Step) -> Sequence[str]:
    """Words that the step brings into the file, longest first."""
    words = set(re.findall(r"[A-Za-z_]\w{3,}", step.new)) - set(re.findall(r"\w+", step.before))
    return sorted(words, key=lambda word: (-len(word), word)) or re.findall(r"[A-Za-z_]\w{3,}", step.new)[:3]


def _outcome(view: View, order: int, item: Result) -> None:
    text = item.text
    op = understand(item.call, view.script.files) if item.call else Op("other")
    if op.kind in ("edit", "write", "append") and op.path:
        good = not failed(text)
        if good:
            _changed(view, order, op)
            if reports_problem(text):
                view.problem, view.complaint = order, text
        view.failures = 0 if good else view.failures + 1
        _show(view, op.path, order, text, "landed" if good else "echo")
    elif op.kind == "read" and op.path:
        view.reads[op.path] = view.reads.get(op.path, 0) + 1
        if not failed(text) or text.count("\n") >= FEWEST_CONTENT_LINES:
            _show(view, op.path, order, text, whole=op.whole)
    else:
        _elsewhere(view, order, op, text)
    if op.kind != "run" and reports_tests(text):
        view.runs.append(Run("", order, run_passed(text), text))


def _elsewhere(view: View, order: int, op: Op, text: str) -> None:
    if op.kind == "run":
        view.runs.append(Run(op.command, order, run_passed(text), text))
    elif op.kind == "search":
        view.searches[op.pattern] = order
    elif op.kind == "list":
        view.listed = order
    if op.path:
        _show(view, op.path, order, text, "echo")
    _heard(view, order, text)


def _changed(view: View, order: int, op: Op) -> None:
    view.last_change = order
    if op.kind == "edit" and op.pairs and op.pairs[0][0] == "":
        op = Op("write", op.path, content=op.pairs[0][1])
    steps = [step for step in view.script.edits if step.path == op.path]
    if op.kind == "edit":
        for old, new in op.pairs:
            _edited(view, order, op.path, plain(old), plain(new), steps)
        return
    content = plain(op.content)
    for step in steps:
        if evidence := _matches(step, content, order):
            view.changes[step.index] = evidence
    if op.kind == "write":
        view.stale.setdefault(op.path, []).extend(view.fragments.pop(op.path, []))
        view.fragments[op.path] = [Fragment(content, order, whole=True)]
        return
    for fragment in view.fragments.get(op.path, ()):
        if fragment.whole:
            fragment.text += content
            fragment.order = order


def _edited(view: View, order: int, path: str, old: str, new: str, steps: Sequence[Step]) -> None:
    replaced = (old, new)
    for step in steps:
        if step.do != "edit":
            continue
        if old == sibling(step) and canonical(new) == canonical(step.new):
            view.changes[step.index] = Evidence("wrong", order, "wrong_place")
        elif evidence := _matches(step, new, order, old):
            view.changes[step.index] = evidence
            replaced = (step.old, step.new) if evidence.state == "done" else replaced
    for fragment in view.fragments.get(path, ()):
        for before, after in ((old, new), replaced):
            if before and before != after and fragment.text.count(before) == 1:
                fragment.text = fragment.text.replace(before, after)
                fragment.order = order
                break


def _matches(step: Step, new: str, order: int, old: str | None = None) -> Evidence | None:
    """Whether a text that was written is a step's, right or wrong."""
    written = canonical(new)
    if not written and (old is None or canonical(old) != canonical(step.old)):
        return None
    if written == canonical(step.new):
        return Evidence("done", order)
    kinds = (kind for kind, text in variants(step).items() if written == canonical(text))
    kind = next(kinds, "")
    return Evidence("wrong", order, kind) if kind else None
