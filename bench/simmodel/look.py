"""Reading a prompt: from its items to the `View` of what it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .chat import Called, Chat, Result, Said
from .texts import (
    canonical,
    failed,
    is_stub,
    path_in,
    plain,
    reports_problem,
    reports_tests,
    run_passed,
    without_gutter,
)
from .trajectory import Script, Step
from .understand import Op, understand
from .variants import sibling, telling_words, variants
from .view import Evidence, Fragment, Run, Shows, View

_DONE_WORDS = re.compile(
    r"\b(?:edited|changed|fixed|updated|replaced|created|wrote|written|added|implemented|modified|renamed|removed|done"
    r"|completed|appended)\b|✓|\[x\]",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:not|never|still|remaining|remains|todo|next|pending|must|should|need)\b|n't", re.I
)
_TESTS_PASS = re.compile(r"\btests?\b.{0,40}\b(?:pass|passed|passing|green|succeed)", re.I)

# A longer answer to a read is the file, whatever words of failure its first line may hold.
FEWEST_CONTENT_LINES = 3


def look(chat: Chat, script: Script) -> View:
    """Everything the prompt shows, in its order."""
    view = View(script)
    prompt = canonical(script.prompt)
    for order, item in enumerate(chat.items):
        if isinstance(item, Result):
            view.texts.append(item.text)
            _outcome(view, order, item, chat.tools)
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
    view: View,
    path: str,
    order: int,
    text: str,
    shows: Shows = "file",
    *,
    whole: bool = False,
    sparse: bool = False,
) -> None:
    bare, numbers = without_gutter(text, sparse=sparse, spaced=False)
    spaced, _ = without_gutter(text, sparse=sparse)
    all_spaced = all(not line or line.startswith(" ") for line in numbers.values())
    likely = spaced if all_spaced else bare
    for body in dict.fromkeys((likely, spaced, bare, plain(text))):
        # Text may be copied from each reading of a gutter, but only the likely one says what the file holds.
        kind: Shows = shows if body is likely or body == likely else "echo"
        view.fragments.setdefault(path, []).append(Fragment(body, order, kind, whole, numbers))


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


def _carried_out(call: Called, text: str, tools: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a tool of that name was there with the arguments that it needs, or did not complain."""
    if not failed(text):
        return True
    for tool in tools:
        if tool["function"].get("name") == call.name:
            needed = (tool["function"].get("parameters") or {}).get("required") or ()
            return all(name in call.arguments for name in needed)
    return False


def _outcome(view: View, order: int, item: Result, tools: Sequence[Mapping[str, Any]]) -> None:
    text = item.text
    op = Op("other")
    if item.call and _carried_out(item.call, text, tools):
        op = understand(item.call, view.script.files)
    if op.kind in ("edit", "write", "append") and op.path:
        good = not failed(text)
        if good:
            _changed(view, order, op)
            if reports_problem(text):
                view.problem, view.complaint = order, text
        view.failures = 0 if good else view.failures + 1
        _show(view, op.path, order, text, "landed" if good else "echo")
    elif op.kind == "read" and op.path:
        if is_stub(text):
            view.cleared.add(op.path)
            return
        if not failed(text) or text.count("\n") >= FEWEST_CONTENT_LINES:
            view.reads[op.path] = view.reads.get(op.path, 0) + 1
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
        _show(view, op.path, order, text, "echo", sparse=op.kind in ("search", "run"))
    _heard(view, order, text)


def _changed(view: View, order: int, op: Op) -> None:
    view.last_change = order
    if op.kind == "edit" and op.pairs and op.pairs[0][0] == "":
        op = Op("write", op.path, content=op.pairs[0][1])
    steps = [step for step in view.script.edits if step.path == op.path]
    if op.kind == "edit":
        for old, new in op.pairs:
            _edited(view, order, op.path, (plain(old), plain(new)), steps)
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


def _edited(view: View, order: int, path: str, pair: tuple[str, str], steps: Sequence[Step]) -> None:
    old, new = pair
    replaced = (old, new)
    for step in steps:
        if step.do != "edit":
            continue
        if old == sibling(step) and canonical(new) == canonical(step.new):
            view.changes[step.index] = Evidence("wrong", order, "wrong_place")
        elif old == step.new and new == sibling(step):
            view.changes[step.index] = Evidence("open", order)
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
