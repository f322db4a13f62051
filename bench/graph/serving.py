"""What an edit costs and how fast the graph answers, in this process."""

from __future__ import annotations

import difflib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.explain import explain
from smallcode.core.graph.graph import Graph, Symbol
from smallcode.core.graph.lookup import Lookup
from smallcode.core.graph.resolve import Edges
from smallcode.core.graph.updating import Updater

from ..speed.rows import median, percentile
from .drawing import SEED
from .peers import ctags, ripgrep_definition, ripgrep_uses

T = TypeVar("T")

LINES = 1_000
EDITS = 15
ASKED = 2_000
ASKED_OF_PROGRAMS = 9
MOST_SPELLED_SLOWLY = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """In microseconds; ``baseline`` is the median of another program or way, "" where there is none."""

    name: str
    p50: float
    p99: float
    samples: int
    baseline: float | None = None
    against: str = ""


def edits(graph: Graph, texts: dict[str, str], root: Path) -> list[Timing]:
    """One line typed into a function in the middle of the file that is nearest to a thousand lines, and a
    function added at its end, which other files can see. Processor time."""
    path = min(texts, key=lambda one: (abs(texts[one].count("\n") - LINES), one))
    extractor = Extractor()
    updater = Updater(graph, Edges())
    updater.settle()
    parts: dict[str, list[float]] = {}
    parsed = extractor.parse(path, texts[path])
    common = max(sorted(graph.names()), key=lambda name: len(graph.mentions(name)))
    plain = texts[path]
    with_lines = [("line", _with_line(plain, number)) for number in range(EDITS)]
    with_names = [
        ("name", plain + (f"\n\ndef {common}():\n    pass\n" if number % 2 == 0 else ""))
        for number in range(EDITS)
    ]
    for what, text in with_lines + with_names:
        began = time.process_time()
        parsed = extractor.parse(path, text, parsed)
        facts = extractor.extract(parsed)
        extracted = time.process_time()
        updater.put(facts)
        affected = updater.stale - 1
        updater.step()
        own = time.process_time()
        updater.settle()
        done = time.process_time()
        parts.setdefault(f"{what}: parse again and extract", []).append(extracted - began)
        parts.setdefault(f"{what}: put and resolve the file itself", []).append(own - extracted)
        parts.setdefault(f"{what}: resolve the files that are affected", []).append(done - own)
        parts.setdefault(f"{what}: files affected", []).append(affected / 1e6)
    whole = ctags(root / path).cpu * 1e6
    return [
        Timing(f"edit of {path}, {name}", median(took) * 1e6, percentile(took, 0.99) * 1e6, len(took),
               whole if "again" in name else None, "ctags of the file" if "again" in name else "")
        for name, took in parts.items()
    ]  # fmt: skip


def _with_line(text: str, number: int) -> str:
    """A call before the first one of a function behind the middle of the file."""
    lines = text.split("\n")
    place = next(
        (at for at in range(len(lines) // 2, len(lines)) if lines[at].strip().startswith("return ")), None
    )
    if place is None:
        return text
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    return "\n".join([*lines[:place], f"{indent}typed_{number}()", *lines[place:]])


def queries(graph: Graph, root: Path) -> list[Timing]:
    """Names drawn by seed, each asked once after one round that nobody counts. Time on the clock."""
    generator = random.Random(SEED)
    lookup = Lookup(graph)
    lookup.refresh()
    names = generator.choices(sorted(graph.names()), k=ASKED)
    symbols = [graph.named(name)[0] for name in names]
    misspelled = [_misspelled(name, generator) for name in names]
    few = names[:ASKED_OF_PROGRAMS]
    looked = median([ripgrep_definition(root, name).wall for name in few]) * 1e6
    used = median([ripgrep_uses(root, name).wall for name in few]) * 1e6
    every = sorted(graph.names())
    slow = median([
        took for name in misspelled[:MOST_SPELLED_SLOWLY]
        for took in _timed(lambda name: difflib.get_close_matches(name, every), [name])
    ]) * 1e6  # fmt: skip
    return [
        _timing("exists", graph.exists, names, looked, "ripgrep for a definition"),
        _timing("definition", graph.named, names, looked, "ripgrep for a definition"),
        _timing("callers", lambda one: graph.callers(one.id, 50), symbols, used, "ripgrep for calls"),
        _timing("two hops", lambda one: _two_hops(lookup, one), symbols),
        _timing("explain_symbol", lambda name: explain(lookup, name), names),
        _timing("did you mean", lookup.spelling.nearest, misspelled, slow, "difflib"),
    ]


def _two_hops(lookup: Lookup, symbol: Symbol) -> int:
    """Callers and callees of callers and callees, as far as the graph caps them."""
    graph = lookup.graph
    near = [e.source for e in graph.callers(symbol.id, 12)] + [
        e.target for e in graph.callees(symbol.id)[:12]
    ]
    found = set(near)
    for id in near:
        found.update(edge.source for edge in graph.callers(id, 12))
        found.update(edge.target for edge in graph.callees(id)[:12])
    return len(found)


def _misspelled(name: str, generator: random.Random) -> str:
    """Two letters changed their places."""
    if len(name) < 4:
        return name + "x"
    place = generator.randrange(1, len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _timing(
    name: str,
    ask: Callable[[T], object],
    values: Sequence[T],
    baseline: float | None = None,
    against: str = "",
) -> Timing:
    _timed(ask, values)
    took = _timed(ask, values)
    return Timing(name, median(took) * 1e6, percentile(took, 0.99) * 1e6, len(took), baseline, against)


def _timed(ask: Callable[[T], object], values: Sequence[T]) -> list[float]:
    took = []
    for value in values:
        began = time.perf_counter()
        ask(value)
        took.append(time.perf_counter() - began)
    return took
