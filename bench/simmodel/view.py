"""What the prompt shows: texts of files, changes made, commands run. All that the model knows.

A fragment is a text of a file that stands in the prompt. Changes that succeeded afterwards are made in it
too, as a reader does in their head. What is not in the prompt any more is not here either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .texts import canonical
from .trajectory import Script, Step
from .variants import sibling, variants

Shows = Literal["file", "landed", "echo"]
State = Literal["done", "wrong", "open", "unknown"]

# Share of the request's telling words below which the model does not know what it was asked.
LEAST_TASK_WORDS = 0.5


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
    """``changes`` are the calls that are seen to have changed the file of a step, by its index;
    ``reads`` counts the reads of a file that stand there, and ``cleared`` names the files of those whose
    result was taken out."""

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
    cleared: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    tells_task: float = 0.0

    def shows(self, path: str, text: str) -> Fragment | None:
        """The newest fragment that ``text`` can be copied from."""
        for fragment in sorted(self.fragments.get(path, ()), key=lambda one: -one.order):
            if text in fragment.text or (text.strip("\n") and text.strip("\n") in fragment.text):
                return fragment
        return None

    def on_one_line(self, words: Sequence[str]) -> bool:
        """Whether a line of what the prompt shows holds all of these."""
        return any(all(word in line for word in words) for text in self.texts for line in text.split("\n"))

    @property
    def complaints(self) -> str:
        """The newest failed run and the newest report of a problem, which a fix goes by."""
        failed_runs = [run.text for run in self.runs if run.passed is False]
        return "\n".join([*failed_runs[-1:], self.complaint])

    def newest(self, path: str) -> int:
        """The order of the newest look at the file itself, -1 if there is none."""
        return max((one.order for one in self.fragments.get(path, ()) if one.shows == "file"), default=-1)

    def line_of(self, path: str, text: str, turn: int = 0) -> int:
        """The number of the line that tells ``text`` best, if something visible numbers it, else 0. Of
        several such lines, ``turn`` chooses one."""
        numbers: list[int] = []
        for wanted in sorted({line.strip() for line in text.split("\n")} - {""}, key=len, reverse=True):
            found = {
                number
                for fragment in self.fragments.get(path, ())
                for number, line in fragment.numbers.items()
                if wanted in line
            }
            if found and (not numbers or len(found) < len(numbers)):
                numbers = sorted(found)
        return numbers[turn % len(numbers)] if numbers else 0

    def numbered(self, path: str, text: str) -> int:
        """The number of its first line, where ``text`` is shown with line numbers, else 0."""
        lines = text.strip("\n").split("\n")
        for fragment in self.fragments.get(path, ()):
            for number in fragment.numbers:
                shown = [fragment.numbers.get(number + offset) for offset in range(len(lines))]
                if shown[0] is not None and all(
                    have is not None and want in have for have, want in zip(shown, lines, strict=True)
                ):
                    return number
        return 0

    def changed_at(self, index: int) -> int:
        """The order of the call that made the step's change, -1 where none stands in the prompt."""
        return self.changes.get(index, UNKNOWN).order

    def evidence(self, step: Step) -> Evidence:
        """What the prompt says of a step that changes a file: the newest that says anything."""
        found = self.changes.get(step.index, UNKNOWN)
        for fragment in self.fragments.get(step.path, ()):
            state, kind = judge(fragment, step)
            if state != "unknown" and fragment.order > found.order:
                found = Evidence(state, fragment.order, kind)
        return found


def judge(fragment: Fragment, step: Step) -> tuple[State, str]:
    """What one fragment says of a step."""
    if fragment.shows == "echo":
        return "unknown", ""
    text = fragment.text
    if not step.mark:
        return _taken_away(fragment, step)
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


def _taken_away(fragment: Fragment, step: Step) -> tuple[State, str]:
    """Of a step that removes the end of a file: only the whole file can show it as done."""
    if fragment.shows == "file" and step.old.strip("\n") in fragment.text:
        return "open", ""
    return ("done", "") if fragment.whole else ("unknown", "")


def _misplaced(fragment: Fragment, step: Step) -> bool:
    """The new text stands there, the old one is left too, and the text most like the old is not."""
    other = sibling(step)
    if fragment.shows != "file" or other is None or not fragment.whole or other in fragment.text:
        return False
    return fragment.text.count(step.old) > step.new.count(step.old)
