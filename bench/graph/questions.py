"""``python -m bench.graph.questions [NAME ...]``: how long the code graph takes to answer, on pinned sources.

Each question is asked of many names, drawn by seed; times are those of the thread's processor, since other
processes share the machine, and without I/O: texts of definitions are not read. *hubs* are the 200 names with
the most users. The targets are of the design; a name of the project's own with its typing errors is a letter
replaced.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.graph.sources import fetch, sources
from smallcode.adapters.graph.extract import Extractor
from smallcode.adapters.measure import vocabulary_tokens
from smallcode.core.graph.explain import explain
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.lookup import Lookup
from smallcode.core.graph.repomap import repository_map
from smallcode.core.graph.resolve import Edges
from smallcode.core.graph.search import search
from smallcode.core.graph.updating import Updater
from smallcode.core.room import Room

SEED = 7
NAMES = 2000
HUBS = 200
MAPS = 30
WORDS = (
    "where are migrations applied",
    "send an email",
    "render a template with a context",
    "parse the multipart form data",
    "how is a task retried",
    "read the configuration file",
)
SUFFIXES = (".py", ".ts", ".tsx", ".js")


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds."""

    name: str
    times: Sequence[float]
    target: str = ""

    def row(self) -> str:
        ordered = sorted(self.times)
        shown = [ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.5, 0.9, 0.99)]
        figures = " | ".join(f"{value:,.0f}" for value in shown)
        return f"| {self.name} | {len(ordered)} | {figures} | {self.target} |"


def build(root: Path) -> tuple[Lookup, float]:
    """The graph of a folder and what answers questions to it, with the seconds that the latter took."""
    extractor, graph = Extractor(), Graph()
    updater = Updater(graph, Edges())
    updater.fill()
    for path in sorted(one for one in root.rglob("*") if one.suffix in SUFFIXES and one.is_file()):
        updater.put(extractor.facts(path.relative_to(root).as_posix(), path.read_text("utf-8", "replace")))
    updater.filled()
    updater.settle()
    began = time.thread_time()
    lookup = Lookup(graph)
    lookup.refresh()
    return lookup, time.thread_time() - began


def measured(lookup: Lookup) -> list[Times]:
    graph, dice = lookup.graph, random.Random(SEED)
    known = sorted(graph.names())
    names = dice.sample(known, min(NAMES, len(known)))
    hubs = sorted(known, key=lambda name: (-max(graph.degree(one.id) for one in graph.named(name)), name))
    paths = dice.sample(graph.paths(), min(MAPS, len(graph.paths())))
    room = Room(1000, 1 << 30, vocabulary_tokens)
    lookup.central(1)
    return [
        Times("resolve a name", _timed(lookup.resolve, names), ""),
        Times("explain a symbol", _timed(lambda name: explain(lookup, name), names), "200"),
        Times("explain a hub", _timed(lambda name: explain(lookup, name), hubs[:HUBS]), ""),
        Times(
            "did you mean", _timed(lookup.spelling.nearest, [_slip(one, dice) for one in names]), "p99 200"
        ),
        Times("search by name", _timed(lambda name: search(lookup, name), names), ""),
        Times("search by words", _timed(lambda words: search(lookup, words), WORDS * 5), ""),
        Times("map of 1,000 tokens", _timed(lambda path: repository_map(lookup, [path], room), paths), ""),
    ]


def _slip(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    return name[:at] + dice.choice("abcxyz") + name[at + 1 :]


def _timed(ask: Callable[[str], object], asked: Iterable[str]) -> list[float]:
    times = []
    for one in asked:
        began = time.thread_time()
        ask(one)
        times.append((time.thread_time() - began) * 1e6)
    return times


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.graph.questions", description=__doc__)
    parser.add_argument("names", nargs="*", default=["django"], metavar="NAME")
    known = sources()
    for name in parser.parse_args(argv).names:
        lookup, seconds = build(fetch(known[name]))
        sizes = lookup.graph.sizes()
        print(f"\n{name}: {sizes.files:,} files, {sizes.symbols:,} symbols, {sizes.edges:,} edges; names and")
        print(f"words taken in after {seconds:.2f} s of processor time.\n")
        print("| question | asked | p50 µs | p90 µs | p99 µs | target |\n|---|---|---|---|---|---|")
        for times in measured(lookup):
            print(times.row())
    return 0


if __name__ == "__main__":
    sys.exit(main())
