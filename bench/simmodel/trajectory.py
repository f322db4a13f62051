"""A task as the simulated model knows it: the reference trajectory and the states it leads through.

The states serve to *recognise* what a prompt shows. What the model writes as old text it copies from the
prompt, never from here (`view.View.shows`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.taskset import Task, apply_step, make_workspace

FILE_STEPS = ("edit", "create", "append")

# Larger files are no text that a model would be shown whole; they are known by name alone.
MOST_FILE_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``mark`` is a text that stands in the file after the step and did not before: whole lines
    around the change; "" for a step that changes no file, and for one that takes away the file's end.
    ``symbol`` is the name that a search is about, for a harness whose tools know symbols, and ``asks`` what
    of it; ``tells`` are words that make a read needless where one line shows all of them.
    ``before`` is the file's text with \\n, "" if there is none. ``final`` says whether ``mark`` is still
    there at the end."""

    index: int
    do: str
    path: str = ""
    old: str = ""
    new: str = ""
    command: str = ""
    pattern: str = ""
    near: str = ""
    lines: tuple[int, int] | None = None
    expect: str | None = None
    text: str = ""
    say: str = ""
    wrong: bool = False
    symbol: str = ""
    asks: str = ""
    tells: tuple[str, ...] = ()
    before: str = ""
    mark: str = ""
    final: bool = True

    @property
    def changes(self) -> bool:
        return self.do in FILE_STEPS


@dataclass(frozen=True, slots=True)
class Script:
    """``files`` are the names of all files of the task, at its start or later, longest first."""

    task: str
    prompt: str
    steps: tuple[Step, ...]
    files: tuple[str, ...]
    may_change: tuple[str, ...]
    seed: Mapping[str, str] = field(default_factory=dict)

    @property
    def edits(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.changes)


def load_script(task: Task) -> Script:
    """Plays the task once in a temporary folder. Raises TaskError for a trajectory that does not fit."""
    with tempfile.TemporaryDirectory(prefix="simmodel-") as temporary:
        folder = Path(temporary) / "workspace"
        make_workspace(task, folder)
        seed = {
            found.relative_to(folder).as_posix(): _text(found)
            for found in sorted(folder.rglob("*"))
            if found.is_file() and not found.is_symlink()
        }
        steps = [_played(task, index, given, folder) for index, given in enumerate(task.trajectory)]
        finals = {step.path: _text(folder / step.path) for step in steps if step.changes}
    marked = tuple(
        replace(step, final=_stands(step, finals[step.path])) if step.changes else step for step in steps
    )
    names = sorted(seed.keys() | finals.keys(), key=lambda name: (-len(name), name))
    return Script(task.name, task.prompt, marked, tuple(names), task.may_change, seed)


def _played(task: Task, index: int, given: Mapping[str, Any], folder: Path) -> Step:
    path = given.get("path", "")
    target = folder / path
    before = _text(target) if path and target.is_file() else ""
    apply_step(task, dict(given), folder)
    step = Step(
        index=index,
        do=given["do"],
        path=path,
        old=given.get("old", ""),
        new=given.get("new", given.get("content", "")),
        command=given.get("command", ""),
        pattern=given.get("pattern", ""),
        near=given.get("near", ""),
        lines=_pair(given.get("lines")),
        expect=given.get("expect"),
        text=given.get("text", ""),
        say=given.get("say", ""),
        wrong=bool(given.get("wrong")),
        symbol=given.get("symbol", ""),
        asks=given.get("asks", ""),
        tells=tuple(given.get("tells", ())),
        before=before,
    )
    return replace(step, mark=mark_of(before, _text(target), step)) if step.changes else step


def _stands(step: Step, final: str) -> bool:
    return step.mark in final if step.mark else step.old not in final


def _pair(lines: Any) -> tuple[int, int] | None:
    return (int(lines[0]), int(lines[1])) if lines else None


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_FILE_BYTES:
        return ""
    return path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


def mark_of(before: str, after: str, step: Step) -> str:
    """The lines of ``after`` that show the step's change, widened until they do not stand in ``before``; ""
    where even the whole does."""
    start = before.find(step.old) if step.do == "edit" else len(before) if step.do == "append" else 0
    end = start + len(step.new.rstrip("\n"))
    low = after.rfind("\n", 0, start) + 1
    high = _line_end(after, end)
    grow_up = True
    while (mark := after[low:high].strip("\n")) in before or not mark.strip():
        if low == 0 and high == len(after):
            return ""
        if (grow_up and low > 0) or high == len(after):
            low = after.rfind("\n", 0, low - 1) + 1
        else:
            high = _line_end(after, high + 1)
        grow_up = not grow_up
    return mark


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
