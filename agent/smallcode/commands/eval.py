"""``smallcode eval``: what the rules before the model are worth, on labelled messages.

The messages are JSON lines: ``message``, ``accept`` (the categories that are right), and optionally
``previous`` (the category of the message before) and ``kind`` (how it is phrased). They are those of the
checkout's bench/router/, unless a file is named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.table import Table

from ..adapters.measure import vocabulary_tokens
from ..core.budget import fixed_tokens
from ..core.prompt import system_message
from ..core.router import Category, Routing, classify
from ..tools import ALL
from ..tools.base import Tool
from ..tools.offering import Offering
from .bench import find_checkout

BAD_USAGE = 2
CATEGORIES: tuple[Category, ...] = get_args(Category)
WINDOWS = (4096, 8192, 16384, 32768)
MOST_SHOWN = 40
# The machine does other things too: the fastest of so many tries is what the work takes.
TRIES = 3


class Labelled(BaseModel):
    """One message. ``accept`` are the categories that are right for it, the most natural first."""

    model_config = ConfigDict(frozen=True)

    message: str
    accept: tuple[Category, ...]
    previous: Category | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A message, what it was taken for, and in how many milliseconds."""

    labelled: Labelled
    routing: Routing
    milliseconds: float

    @property
    def right(self) -> bool:
        return self.routing.category in self.labelled.accept


def main(suite: str, file: str | None, start: Path | None = None) -> int:
    """Print the outcome of a suite; 2 where the messages cannot be read."""
    console = Console(highlight=False)
    try:
        sets = {path.name: read(path) for path in _files(file, start)}
    except ValueError as error:
        Console(stderr=True, highlight=False).print(f"smallcode eval: {error}", style="red", markup=False)
        return BAD_USAGE
    for name, labelled in sets.items():
        console.print(f"\n{name}", style="bold")
        SUITES[suite](console, labelled)
    return 0


def read(path: Path) -> list[Labelled]:
    """The messages of a file. Raises ValueError, which names the line, for what is none."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    labelled = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            labelled.append(Labelled.model_validate_json(line))
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"])) or "the line"
            raise ValueError(f"{path}, line {number}: {where}: {error.errors()[0]['msg']}") from None
    if not labelled:
        raise ValueError(f"{path} holds no message.")
    return labelled


def judge(labelled: Iterable[Labelled]) -> list[Judged]:
    """Each message classified on its own; a name of the category before stands for its routing."""
    classify("Warm up the patterns.")
    judged = []
    for one in labelled:
        times = []
        for _ in range(TRIES):
            begun = perf_counter()
            routing = classify(one.message, one.previous)
            times.append(perf_counter() - begun)
        judged.append(Judged(one, routing, min(times) * 1000))
    return judged


def classify_accuracy(console: Console, labelled: Sequence[Labelled]) -> None:
    """How many are right, what was taken for what, and those that are wrong, the surest first."""
    judged = judge(labelled)
    right = sum(one.right for one in judged)
    times = sorted(one.milliseconds for one in judged)
    console.print(
        f"accuracy {right / len(judged):.1%} ({right} of {len(judged)}); "
        f"{times[len(times) // 2]:.2f} ms a message, p99 {times[int(0.99 * (len(times) - 1))]:.2f} ms"
    )
    console.print(_matrix(judged))
    console.print(_by_kind(judged))
    wrong = sorted((one for one in judged if not one.right), key=lambda one: -one.routing.confidence)
    for one in wrong[:MOST_SHOWN]:
        text = " ".join(one.labelled.message.split())[:90]
        console.print(
            f"{one.routing.category} ({one.routing.confidence:.2f}), not {'/'.join(one.labelled.accept)}:"
            f" {text}",
            markup=False,
        )


def tool_selection(console: Console, labelled: Sequence[Labelled]) -> None:
    """For each window: how often a tool of every category of work that the message needs is offered, by the
    category that the router says, and what the offered tools cost."""
    judged = judge(labelled)
    table = Table("window", "tools needed are offered", "core alone", "mean", "most tokens", "tools added")
    for window in WINDOWS:
        offers = [_offered(one, window) for one in judged]
        served = sum(serves(one.labelled.accept, offer) for one, offer in zip(judged, offers, strict=True))
        costs = [fixed(offer) for offer in offers]
        core = fixed(Offering().tools(ALL, window, fixed))
        added = Counter(tool.name for offer in offers for tool in offer if not tool.core)
        table.add_row(
            str(window),
            f"{served / len(judged):.1%}",
            str(core),
            str(sum(costs) // len(costs)),
            str(max(costs)),
            ", ".join(f"{name} {count}" for name, count in added.most_common()) or "-",
        )
    console.print(table)
    misrouted = [one for one in judged if not one.right]
    served = sum(serves(one.labelled.accept, _offered(one, WINDOWS[1])) for one in misrouted)
    console.print(f"of {len(misrouted)} misrouted messages, {served} are offered what they need all the same")


SUITES = {"classify_accuracy": classify_accuracy, "tool_selection": tool_selection}

_NEEDS: dict[Category, tuple[Category, ...]] = {
    "read": ("read",),
    "write": ("read", "write"),
    "search": ("search",),
    "run": ("run",),
    "plan": ("read", "search"),
    "code_intel": ("search", "read"),
    "web": (),
    "respond": (),
}
"""The categories of tools without which work of a category cannot be done."""


def serves(accept: Sequence[Category], offered: Sequence[Tool]) -> bool:
    """Whether the tools do for one of the categories that a message may be taken for."""
    there = {tool.category for tool in offered}
    return any(set(_NEEDS[category]) <= there for category in accept)


def fixed(tools: Sequence[Tool]) -> int:
    """Tokens of the system prompt and some tools, by the vocabulary that ships."""
    return fixed_tokens(
        system_message("a-project").content, [tool.schema for tool in tools], vocabulary_tokens
    )


def _offered(judged: Judged, window: int) -> tuple[Tool, ...]:
    offering = Offering()
    offering.route(judged.routing.category, judged.labelled.message, ALL)
    return offering.tools(ALL, window, fixed)


def _files(file: str | None, start: Path | None) -> list[Path]:
    if file is not None:
        return [Path(file)]
    root = find_checkout((Path(__file__).resolve(), (start or Path.cwd()).resolve()))
    if root is None:
        raise ValueError("the package comes without messages. Name a file, or run this in a checkout.")
    return sorted((root / "bench" / "router").glob("*.jsonl"))


def _matrix(judged: Iterable[Judged]) -> Table:
    counted: dict[Category, Counter[Category]] = defaultdict(Counter)
    for one in judged:
        # A category that is right as well is no confusion.
        wanted = one.routing.category if one.right else one.labelled.accept[0]
        counted[wanted][one.routing.category] += 1
    table = Table("wanted \\ taken for", *CATEGORIES)
    for wanted in CATEGORIES:
        table.add_row(wanted, *(str(counted[wanted][taken] or "·") for taken in CATEGORIES))
    return table


def _by_kind(judged: Iterable[Judged]) -> Table:
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.labelled.kind].append(one)
    table = Table("phrasing", "right", "of")
    for kind, ones in sorted(kinds.items()):
        table.add_row(kind or "-", str(sum(one.right for one in ones)), str(len(ones)))
    return table
