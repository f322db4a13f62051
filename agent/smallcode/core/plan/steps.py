"""A plan and its steps, and what a step's words tell: the kind of work, the files and the names in code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..file_list import named_files
from ..reply.request import CHANGES

Kind = Literal["change", "read", "run", "note", "other"]
"""What a step comes to. A note is a rule to keep and no step; of "other" nothing can be seen to happen."""

Source = Literal["request", "model", "todo"]
"""Who drew the plan up: the harness from the request's own list, the model, or a file with open tasks."""

FEWEST_STEPS, MOST_STEPS = 2, 8

FEATURE = "plan"
"""The name under which planning can be switched off."""

_LEAD = re.compile(
    r"^(?:[\s\-*•#>_]|\[[ xX]?\]|\d{1,2}[.)]\s|step\s+\d{1,2}\s*[:.)-]"
    r"|(?:please|pls|first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|now|also|and|finally|lastly|at last"
    r"|after (?:that|this)|afterwards|so|just|you (?:should|must|need to|have to)|we (?:should|must|need to)"
    r"|i (?:will|want you to)|let's|we(?:'ll| will)|i'll|zuerst|dann|danach|schließlich|bitte)\b[\s,:]*)+",
    re.IGNORECASE,
)
_READ = re.compile(
    r"(?:re-?)?(?:read|open|look|inspect|review|find|search|locate|understand|explore|examine|identify"
    r"|analy[sz]e|study|see|determine|figure out|investigate|check out|lies|finde|suche)\b",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?:re-?)?(?:run|execute|test|verify|confirm|validate|build|compile|reproduce|starte|teste)\b"
    r"|(?:check|make sure|ensure)\b.*\b(?:tests?|suite|specs?|build|lint\w*|passes|pass|works?|green)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:do not|don'?t|never|keep|leave|avoid|preserve|must not|without|only|nothing|no|be careful|careful"
    r"|note that|remember|mind)\b|[^.]{0,60}\b(?:must|should|may) (?:not|never|stay|remain)\b"
    r"|[^.]{0,60}\b(?:stays?|remains?|keeps?) (?:as|the same|unchanged|its|their)\b",
    re.IGNORECASE,
)
_CHECK = re.compile(r"check\b", re.IGNORECASE)
_CHANGE = re.compile(
    rf"(?:{CHANGES}|define|store|install|configure|register|export|print|display|return|raise|log|ändere|füge)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:explain|describe|tell|report|summari[sz]e|answer|say|show|list|document why|suggest|propose)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(r"\b(?:should|must|needs? to|has to|have to|needs an?)\b", re.IGNORECASE)

# What a step does is done to the files before these words; those after them are where it looks.
_ASIDE = re.compile(
    r"\b(?:like|as in|as (?:it|they) (?:is|are|do|does) in|from|see|using|according to|in the style of|than"
    r"|based on|so that|because|which|that|without|wie|aus)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"`([^`\n]{1,60})`")
_CODE_WORD = re.compile(
    r"\b(?:[A-Za-z_]\w*\(\)|[a-z]+(?:_[a-z0-9]+)+|[a-z]+[A-Z]\w*|[A-Z]\w*[a-z]\w*[A-Z]\w*)"
)
_COMMAND = re.compile(
    r"^(?:\$\s*)?(?:python[\d.]*|pytest|npm|npx|yarn|pnpm|node|cargo|go|make|just|bash|sh|ruff|mypy|tox|uv"
    r"|git|mvn|gradle|dotnet|ctest|jest|vitest|\./)\S*(?:\s|$)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """``files`` are those that the step is about, as they are named there, ``symbols`` names in code,
    ``command`` one to run. ``seen`` are the files of a change that was seen to happen; ``confirmed`` is that
    the model said it is done."""

    text: str
    kind: Kind
    files: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    command: str = ""
    done: bool = False
    seen: frozenset[str] = frozenset()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """``keep`` are rules of the request that hold for all steps; ``path`` is the file of a plan from one."""

    steps: tuple[Step, ...]
    source: Source
    keep: tuple[str, ...] = ()
    path: str = ""

    @property
    def current(self) -> int | None:
        """The index of the first step that is not done, None where all are."""
        return next((index for index, step in enumerate(self.steps) if not step.done), None)


def read_step(text: str) -> Step:
    """A line of a plan as a step. Pure; never raises."""
    line = " ".join(text.split())
    bare = _LEAD.sub("", line)
    return Step(bare or line, kind_of(bare), _targets(line), _symbols(line), _command(line))


def kind_of(text: str) -> Kind:
    """By the verb that it begins with; ``text`` has no number and no "then" in front."""
    if _NOTE.match(text):
        return "note"
    if _RUN.match(text) or _COMMAND.match(text.strip("`")):
        return "run"
    if _CHANGE.match(text):
        return "change"
    if _READ.match(text) or _CHECK.match(text):
        return "read"
    if not _SAYS.match(text) and _WANTED.search(text):
        return "change"
    return "other"


def is_order(text: str) -> bool:
    """Whether it begins with the verb of a change or a run, and does not only say how things are to be."""
    return (_CHANGE.match(text) or _RUN.match(text)) is not None


def same_file(name: str, path: str) -> bool:
    """Whether a name in a text means this file: the path itself, or the end of it."""
    return path == name or path.endswith(f"/{name}") or name.endswith(f"/{path}")


def names_of_step(plan: Plan | None) -> tuple[str, ...]:
    """The file names and then the names in code of the step that is under way: what of the prompt the next
    requests need most. () without a plan, and where all is done."""
    if plan is None or plan.current is None:
        return ()
    step = plan.steps[plan.current]
    return tuple(dict.fromkeys((*step.files, *step.symbols)))


def _targets(line: str) -> tuple[str, ...]:
    aside = _ASIDE.search(line)
    before = named_files(line[: aside.start()]) if aside else []
    return tuple(before or named_files(line))


def _symbols(line: str) -> tuple[str, ...]:
    quoted = [name for name in _QUOTED.findall(line) if not _COMMAND.match(name) and not named_files(name)]
    words = (word.removesuffix("()") for word in _CODE_WORD.findall(_QUOTED.sub(" ", line)))
    files = named_files(line)
    found = dict.fromkeys([*(name.removesuffix("()") for name in quoted), *words])
    return tuple(name for name in found if name and not any(name in path for path in files))


def _command(line: str) -> str:
    return next((name for name in _QUOTED.findall(line) if _COMMAND.match(name)), "")
