"""What looking at a file after a change costs, for a file of a thousand lines of each language.

Processor time of the parser and of the walk that finds errors, with one error in the middle; and the time
that passes until the whole of it, checkers included, has an answer about a change that broke a line.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from smallcode.adapters.syntax import SyntaxTrees
from smallcode.adapters.validation import Use, Validators
from smallcode.languages import ALL, Grammar
from smallcode.messages import Text

from .rows import Row, median, spread

LINES = 1000
TARGET = 15.0
MOST = 50

SNIPPETS = tomllib.loads(Path(__file__).with_name("snippets.toml").read_text("utf-8"))

# Those whose checkers every machine of a developer has, and JSON, whose checker runs in the process.
WHOLE = {"python": "py", "javascript": "js", "bash": "sh", "typescript": "ts", "json": "json"}


def content(language: str, broken: bool) -> str:
    """A thousand lines, with a line in the middle that does not belong there where ``broken``."""
    lines: list[str] = []
    while len(lines) < LINES:
        lines += SNIPPETS[language]["text"].replace("%", str(len(lines))).splitlines()
    if language == "json":
        lines = ["{", *lines, '  "z": 0', "}"]
    if broken:
        lines.insert(len(lines) // 2, SNIPPETS[language]["broken"])
    return "\n".join(lines) + "\n"


async def measure(folder: Path, rounds: int) -> list[Row]:
    trees = SyntaxTrees()
    grammars = {one.name: one.grammar for one in ALL if one.grammar and one.name in SNIPPETS}
    rows = [_parsing(trees, name, grammar, rounds) for name, grammar in grammars.items()]
    return rows + [await _whole(name, folder, rounds) for name in WHOLE]


def _parsing(trees: SyntaxTrees, name: str, grammar: Grammar, rounds: int) -> Row:
    text = content(name, broken=True).encode()

    def once() -> None:
        tree = trees.parse(grammar, text, timeout=10.0)
        assert tree is not None, f"the grammar of {name} is not installed"
        assert trees.faults(grammar, tree, MOST), f"no error was found in {name}"

    once()
    taken = [_processor(once) for _ in range(rounds)]
    return Row(f"errors by grammar, {name}", median(taken), "ms", rounds, spread(taken), target=TARGET)


def _processor(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


async def _whole(name: str, folder: Path, rounds: int) -> Row:
    judge = Validators(str(folder), Use(timeout=60.0))
    path = f"a.{WHOLE[name]}"
    before, after = (Text(path, content(name, broken), str(broken)) for broken in (False, True))
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        assert await judge.new_problems(before, after), f"no error was found in {name}"
        taken.append(1000 * (time.perf_counter() - began))
    return Row(f"validating a change, {name}", median(taken), "ms", rounds, spread(taken))
